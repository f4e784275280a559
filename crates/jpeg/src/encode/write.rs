//! Writing of coded components to the bytes of a file.

use super::coding::Coding;
use super::component::CodedComponent;
use super::frame::WrittenFrame;
use super::interleaved;
use super::script::{self, ScriptedScan};
use super::segments::{self, segment};
use crate::attachments::Attachments;
use crate::error::Error;
use crate::markers::{APP0, EOI, SOI};
use crate::strip::write_attachments;

/// Writes a picture from its coded components: gray, or luma and two of chroma, with any sampling factors of at most ten blocks in a
/// unit. The tokens of the components are consumed.
pub(crate) fn write(
    size: [u16; 2],
    steps: Vec<[u8; 64]>,
    components: &mut [CodedComponent],
    coding: Coding,
    attachments: &Attachments<'_>,
) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![0xFF, SOI];
    // JFIF 1.01, without a unit for the density, and without a thumbnail.
    segment(&mut bytes, APP0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")?;
    write_attachments(&mut bytes, attachments);
    if let Some(profile) = attachments.profile {
        segments::profile(&mut bytes, profile)?;
    }
    let factors = components.iter().map(|component| component.factors.map(|factor| factor as u8)).collect();
    segments::frame(&mut bytes, coding, &WrittenFrame { size, factors, steps })?;
    if coding.progressive {
        let mut scans = vec![(ScriptedScan::Means, interleaved::means(components)?)];
        for (number, component) in components.iter_mut().enumerate() {
            for noted in component.bands.drain(..) {
                scans.push((ScriptedScan::Band(number, noted.band), noted.write(number)?));
            }
        }
        script::smallest(coding.effort, scans).into_iter().for_each(|scan| bytes.extend(scan));
    } else {
        bytes.extend(interleaved::all(components)?);
    }
    bytes.extend([0xFF, EOI]);
    Ok(bytes)
}
