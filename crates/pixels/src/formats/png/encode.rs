//! From planes to the bytes of a PNG file.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use jpeg::Plane;

use crate::base::color::divide;
use crate::base::error::Error;
use crate::metadata::kept::Kept;

/// Encodes one plane as gray, two as gray with alpha, three as RGB, four as RGB with alpha. With `multiplied`,
/// colours are premultiplied with alpha; the file contains them unmultiplied.
pub(crate) fn encode(
    planes: &[Plane],
    multiplied: bool,
    profile: Option<&[u8]>,
    kept: &Kept,
) -> Result<Vec<u8>, Error> {
    let color = match planes.len() {
        1 => ExtendedColorType::L8,
        2 => ExtendedColorType::La8,
        3 => ExtendedColorType::Rgb8,
        4 => ExtendedColorType::Rgba8,
        _ => return Err(Error::Encode("a PNG has one to four channels".to_owned())),
    };
    let (width, height) = (planes[0].width, planes[0].height);
    let mut pixels = jpeg::zeroed(width * planes.len(), height)?;
    let alpha = planes.last().filter(|_| multiplied);
    for (channel, plane) in planes.iter().enumerate() {
        let samples = pixels[channel..].iter_mut().step_by(planes.len()).zip(&plane.samples);
        match alpha.filter(|_| channel + 1 < planes.len()) {
            // Without a copy of the planes, which would be the largest buffer of all.
            Some(alpha) => {
                samples.zip(&alpha.samples).for_each(|((pixel, sample), alpha)| *pixel = divide(*sample, *alpha));
            }
            None => samples.for_each(|(pixel, sample)| *pixel = *sample),
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    let failed = |error: &dyn std::fmt::Display| Error::Encode(error.to_string());
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile.to_vec()).map_err(|error| failed(&error))?;
    }
    encoder.write_image(&pixels, width as u32, height as u32, color).map_err(|error| failed(&error))?;
    // The encoder cannot write XMP.
    if *kept == Kept::default() { Ok(bytes) } else { super::strip::strip(&bytes, kept) }
}
