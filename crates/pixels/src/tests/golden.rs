//! The exact bytes of a few renditions, which are the same on every machine and from every thread.
//!
//! After an intended change, raise [`ENGINE`](crate::ENGINE), run the test with `CIMAISE_BLESS=1`, and commit the
//! file that it writes.

use std::fmt::Write as _;

use jpeg::{Effort, Orientation};
use jpeg_encoder::SamplingFactor as Sampling;

use super::make::*;
use crate::base::recipe::{Chroma, Encode, Encoding, Metadata, Recipe};
use crate::open::header::read_header;
use crate::render;

#[test]
fn renditions_have_the_bytes_they_always_had() {
    let mut found = String::new();
    for (name, bytes) in [
        ("jpeg-420", jpeg(size(301, 203), Orientation::from_exif(6), Sampling::F_2_2, quarters)),
        ("jpeg-444", jpeg(size(301, 203), Orientation::from_exif(3), Sampling::F_1_1, slopes)),
        ("png-alpha", png(size(160, 121), Orientation::UPRIGHT, true, slopes)),
    ] {
        let header = read_header(&bytes).unwrap();
        let small = recipe(&header, size(50, 34));
        let encode = |encoding, metadata| Recipe::Encode(Encode { encoding, metadata, ..small.clone() });
        let recipes = [
            encode(
                Encoding::Jpeg { quality: 75, progressive: false, effort: Effort::Balanced, chroma: Chroma::Half },
                Metadata::None,
            ),
            encode(
                Encoding::Jpeg { quality: 90, progressive: true, effort: Effort::Balanced, chroma: Chroma::Half },
                Metadata::AllButLocation,
            ),
            encode(Encoding::Png, Metadata::None),
            Recipe::Encode(recipe(&header, header.display())),
            placeholder(header.orientation),
            Recipe::Keep { metadata: Metadata::Credit },
        ];
        for (i, result) in render(&bytes, &header, &recipes).unwrap().iter().enumerate() {
            writeln!(found, "{name} {i} {}", blake3::hash(result).to_hex()).unwrap();
        }
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/golden.txt");
    if std::env::var_os("CIMAISE_BLESS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "other bytes than before:\n{found}");
}
