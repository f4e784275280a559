//! The colours that a PNG declares (third edition, 4.3). The first of these chunks takes precedence: cICP, iCCP, sRGB,
//! gAMA with cHRM.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::chunks::chunks;
use crate::icc::tag::Tag;
use crate::icc::write::Chromaticities;
use crate::icc::{Curve, LONGEST};

/// Reads the chunks before the pixels.
pub(crate) fn tag(bytes: &[u8]) -> Tag {
    let mut numbers = None;
    let mut profile = None;
    let mut srgb = false;
    let mut gamma = None;
    let mut places = None;
    for chunk in chunks(bytes).take_while(|chunk| &chunk.name != b"IDAT") {
        match (&chunk.name, chunk.data) {
            // A PNG can only contain RGB in the full range.
            (b"cICP", &[primaries, transfer, 0, 1]) => numbers = numbers.or(Tag::of_cicp(primaries, transfer)),
            (b"iCCP", data) => profile = profile.or_else(|| Some(inflated(data).unwrap_or_default())),
            (b"sRGB", _) => srgb = true,
            (b"gAMA", data) => gamma = gamma.or(number(data, 0).filter(|gamma| *gamma > 0.0)),
            (b"cHRM", data) => places = places.or(chromaticities(data)),
            _ => {}
        }
    }
    match (numbers, profile, gamma) {
        (Some(tag), _, _) => tag,
        (None, Some(profile), _) => Tag::Icc(profile),
        (None, None, Some(gamma)) if !srgb => {
            let places = places.filter(|places| !near(places, &Chromaticities::SRGB));
            // 1 / 2.2 is how encoders have always written the curve of sRGB.
            let curve = if (gamma - 0.45455).abs() < 0.01 { Curve::SRGB } else { Curve::Power(1.0 / gamma) };
            match (places, curve) {
                (None, Curve::SRGB) => Tag::Srgb,
                (places, curve) => Tag::Primaries(places.unwrap_or(Chromaticities::SRGB), curve),
            }
        }
        _ => Tag::Srgb,
    }
}

/// Returns the profile after its name, unless it exceeds the limit.
fn inflated(data: &[u8]) -> Option<Vec<u8>> {
    let end = data.iter().take(80).position(|byte| *byte == 0)?;
    let compressed = data.get(end + 2..)?;
    let mut profile = Vec::new();
    // Some programs leave out the checksum: the data read so far may be complete, which the profile's parser checks.
    let _ = ZlibDecoder::new(compressed).take(LONGEST as u64 + 1).read_to_end(&mut profile);
    (profile.len() <= LONGEST).then_some(profile)
}

/// Returns the number at a place, in units of 1/100000.
fn number(data: &[u8], place: usize) -> Option<f64> {
    let bytes = data.get(4 * place..4 * place + 4)?.try_into().ok()?;
    Some(f64::from(u32::from_be_bytes(bytes)) / 100_000.0)
}

fn chromaticities(data: &[u8]) -> Option<Chromaticities> {
    let pair = |place: usize| Some([number(data, 2 * place)?, number(data, 2 * place + 1)?]);
    Some(Chromaticities { white: pair(0)?, primaries: [pair(1)?, pair(2)?, pair(3)?] })
}

fn near(a: &Chromaticities, b: &Chromaticities) -> bool {
    let close = |a: &[f64; 2], b: &[f64; 2]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 0.002);
    close(&a.white, &b.white) && a.primaries.iter().zip(&b.primaries).all(|(a, b)| close(a, b))
}
