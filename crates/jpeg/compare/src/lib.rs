//! Our JPEG decoder and zune-jpeg with one interface: bytes of a file in, planes as they are stored out.
//!
//! Tests, fuzz targets and `benches/differential.sh` compare the two. This crate knows no thread and no file.

use jpeg::Plane;

pub mod errors;
pub mod ours;
pub mod zune;

/// Largest difference of a sample: two exact transforms of the same coefficients may round differently.
pub const TOLERANCE: u8 = 1;

/// Returns the largest difference of a sample; `None` if the number of planes or their sizes differ.
pub fn difference(ours: &[Plane], theirs: &[zune::Plane]) -> Option<u8> {
    let same_size = |(ours, theirs): (&Plane, &zune::Plane)| (ours.width, ours.height) == (theirs.0, theirs.1);
    let comparable = ours.len() == theirs.len() && ours.iter().zip(theirs).all(same_size);
    let samples = ours.iter().zip(theirs).flat_map(|(ours, theirs)| ours.samples.iter().zip(&theirs.2));
    comparable.then(|| samples.map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0))
}
