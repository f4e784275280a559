//! From planes to the bytes of a JPEG file: gray, or Y'CbCr with chroma of half the size on both sides (4:2:0); or from coefficients,
//! with any sampling.
//!
//! Planes are transformed and quantized once; what is left of them is few numbers. A sequential file has one scan, a
//! progressive one several; each scan gets the Huffman codes that are best for it. All of it is integer arithmetic, so the
//! bytes are the same on every machine.

mod bits;
mod coefficients;
mod further;
mod huffman;
mod progressive;
mod row;
mod scan;
mod sequential;
mod tables;
mod tokens;
mod trellis;

pub(in crate::image) use coefficients::Component;
pub(in crate::image) use tables::quantization;
pub(in crate::image) use tokens::Tokens;

use progressive::Scan;
use row::Row;
use scan::Layout;
use tokens::Table;
use trellis::Trellis;

use super::markers::{APP0, APP2, EOI, SOI, SOS};
use super::strip::write_kept;
use super::zigzag::ZIGZAG;
use crate::image::error::Error;
use crate::image::metadata::kept::Kept;
use crate::image::plane::Plane;
use crate::image::recipe::Effort;

/// Parameters of the coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::image) struct Coding {
    /// 1 to 100, in the IJG's scale.
    pub(in crate::image) quality: u8,
    /// Progressive rather than sequential.
    pub(in crate::image) progressive: bool,
    /// How much time goes into it.
    pub(in crate::image) effort: Effort,
}

/// Define quantization tables.
const DQT: u8 = 0xDB;
/// Define Huffman tables.
const DHT: u8 = 0xC4;
/// A sequential frame.
const SOF0: u8 = 0xC0;
/// A progressive frame.
const SOF2: u8 = 0xC2;

/// The most bytes in a segment, apart from its length.
const LONGEST_SEGMENT: usize = 65_533;

/// Encodes pictures, one after the other, in the same buffers.
#[derive(Debug)]
pub(in crate::image) struct Encoder {
    components: [Component; 3],
    row: Row,
    tokens: Tokens,
}

impl Encoder {
    /// Without buffers yet.
    pub(in crate::image) fn new() -> Self {
        Self { components: Default::default(), row: Row::default(), tokens: Tokens::new() }
    }

    /// Encodes one plane as gray, or three as Y'CbCr of which the last two have half the width and height, rounded up. The
    /// result depends on nothing that was encoded before.
    pub(in crate::image) fn encode(
        &mut self,
        planes: &[Plane],
        coding: Coding,
        profile: Option<&[u8]>,
        kept: &Kept,
    ) -> Result<Vec<u8>, Error> {
        let size = check(planes)?;
        let quantization = quantization(coding.quality, coding.effort, planes.len() == 1);
        for (number, (plane, component)) in planes.iter().zip(&mut self.components).enumerate() {
            let quantization = &quantization[number.min(1)];
            let quantizer = quantization.quantizer();
            let trellis = (coding.effort == Effort::Small)
                .then(|| Trellis::new(&self.row.sample(plane, &quantizer), quantization.zigzag()));
            let factors = if number == 0 && planes.len() > 1 { [2; 2] } else { [1; 2] };
            component.transform(plane, &quantizer, trellis.as_ref(), factors, &mut self.row)?;
        }
        let steps = (0..planes.len()).map(|number| quantization[number.min(1)].steps).collect();
        let components = &self.components[..planes.len()];
        write(&Frame { size, steps }, components, &mut self.tokens, coding, profile, kept)
    }
}

/// What is told of a picture beside its coefficients.
#[derive(Debug)]
pub(in crate::image) struct Frame {
    /// Width and height in pixels.
    pub(in crate::image) size: [u16; 2],
    /// The quantization of each component, in natural order.
    pub(in crate::image) steps: Vec<[u8; 64]>,
}

/// Writes a picture whose coefficients are known: gray, or luma and two of chroma, with any sampling factors whose blocks in a unit
/// are ten at most. `tokens` serve as a buffer.
pub(in crate::image) fn write(
    frame: &Frame,
    components: &[Component],
    tokens: &mut Tokens,
    coding: Coding,
    profile: Option<&[u8]>,
    kept: &Kept,
) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![0xFF, SOI];
    // JFIF 1.01, without a unit for the density, and without a preview.
    segment(&mut bytes, APP0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")?;
    write_kept(&mut bytes, kept);
    if let Some(profile) = profile {
        profile_segments(&mut bytes, profile)?;
    }
    // What components have in common is told once.
    let mut tables: Vec<&[u8; 64]> = frame.steps.iter().collect();
    tables.dedup();
    for (number, table) in tables.iter().enumerate() {
        let mut payload = vec![number as u8];
        payload.extend(ZIGZAG.map(|place| table[usize::from(place)]));
        segment(&mut bytes, DQT, &payload)?;
    }
    write_frame(&mut bytes, coding, frame, components, &tables)?;

    if coding.progressive {
        let mut smallest: Option<Vec<u8>> = None;
        for script in progressive::scripts(coding.effort) {
            let mut scans = Vec::new();
            for scan in script.iter().filter(|scan| scan.concerns(components.len())) {
                scan.note(components, tokens)?;
                write_scan(&mut scans, scan, components.len(), tokens)?;
            }
            if smallest.as_ref().is_none_or(|smallest| scans.len() < smallest.len()) {
                smallest = Some(scans);
            }
        }
        bytes.extend(smallest.unwrap_or_default());
    } else {
        sequential::scan(components, tokens)?;
        let whole = Scan { layout: Layout::Interleaved, band: (0, 63), high: 0, low: 0 };
        write_scan(&mut bytes, &whole, components.len(), tokens)?;
    }
    bytes.extend([0xFF, EOI]);
    Ok(bytes)
}

fn check(planes: &[Plane]) -> Result<[u16; 2], Error> {
    let (Some(luma), 1 | 3) = (planes.first(), planes.len()) else {
        return Err(Error::Encode("a JPEG has one component or three".to_owned()));
    };
    let half = (luma.width.div_ceil(2), luma.height.div_ceil(2));
    if planes[1..].iter().any(|plane| (plane.width, plane.height) != half) {
        return Err(Error::Encode("chroma is not half as large as luma".to_owned()));
    }
    let side = |side: usize| match u16::try_from(side) {
        Ok(side @ 1..) => Ok(side),
        _ => Err(Error::Encode("a side is not 1 to 65535 samples long".to_owned())),
    };
    Ok([side(luma.width)?, side(luma.height)?])
}

fn segment(bytes: &mut Vec<u8>, marker: u8, payload: &[u8]) -> Result<(), Error> {
    if payload.len() > LONGEST_SEGMENT {
        return Err(Error::Encode("a segment is too long".to_owned()));
    }
    bytes.extend([0xFF, marker]);
    bytes.extend((payload.len() as u16 + 2).to_be_bytes());
    bytes.extend(payload);
    Ok(())
}

/// A colour profile, cut into numbered segments (ICC.1:2010, B.4).
fn profile_segments(bytes: &mut Vec<u8>, profile: &[u8]) -> Result<(), Error> {
    let parts: Vec<&[u8]> = profile.chunks(LONGEST_SEGMENT - 14).collect();
    let count = u8::try_from(parts.len()).map_err(|_| Error::Encode("the colour profile is too long".to_owned()))?;
    for (number, part) in (1..=count).zip(parts) {
        segment(bytes, APP2, &[&b"ICC_PROFILE\0"[..], &[number, count], part].concat())?;
    }
    Ok(())
}

fn write_frame(
    bytes: &mut Vec<u8>,
    coding: Coding,
    frame: &Frame,
    components: &[Component],
    tables: &[&[u8; 64]],
) -> Result<(), Error> {
    let [width, height] = frame.size;
    let mut payload = vec![8];
    payload.extend(height.to_be_bytes());
    payload.extend(width.to_be_bytes());
    payload.push(components.len() as u8);
    for (number, (component, steps)) in (1..).zip(components.iter().zip(&frame.steps)) {
        let [across, down] = component.factors.map(|factor| factor as u8);
        let table = tables.iter().position(|table| *table == steps).unwrap_or(0);
        payload.extend([number, across << 4 | down, table as u8]);
    }
    segment(bytes, if coding.progressive { SOF2 } else { SOF0 }, &payload)
}

/// The tables of a scan, its header, and its bits.
fn write_scan(bytes: &mut Vec<u8>, scan: &Scan, components: usize, tokens: &Tokens) -> Result<(), Error> {
    let codes = tokens.codes();
    for (table, code) in Table::ALL.into_iter().zip(&codes) {
        if let Some(code) = code {
            let payload = [&[table.class_and_number()], &code.counts[..], &code.symbols[..]].concat();
            segment(bytes, DHT, &payload)?;
        }
    }
    let numbers = match scan.layout {
        Layout::Interleaved => 0..components,
        Layout::Single(number) => number..number + 1,
    };
    let mut payload = vec![numbers.len() as u8];
    for number in numbers {
        payload.extend([number as u8 + 1, if number == 0 { 0x00 } else { 0x11 }]);
    }
    payload.extend([scan.band.0, scan.band.1, scan.high << 4 | scan.low]);
    segment(bytes, SOS, &payload)?;
    tokens.write(&codes, bytes);
    Ok(())
}

#[cfg(test)]
mod tests;
