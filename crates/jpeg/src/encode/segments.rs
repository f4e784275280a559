//! The marker segments of a file (T.81, B.2).

use super::coding::Coding;
use super::frame::WrittenFrame;
use super::huffman::Code;
use super::script::Band;
use crate::error::Error;
use crate::markers::{APP2, DHT, DQT, SOS};
use crate::zigzag::ZIGZAG;

/// Marker: sequential frame.
const SOF0: u8 = 0xC0;
/// Marker: progressive frame.
const SOF2: u8 = 0xC2;

/// Limit on the payload of a segment, in bytes.
const LONGEST: usize = 65_533;

/// The use of a code table, as class and number (T.81, B.2.4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodeSlot {
    /// First coefficients of luma.
    DcLuma = 0x00,
    /// First coefficients of chroma.
    DcChroma = 0x01,
    /// Other coefficients of luma.
    AcLuma = 0x10,
    /// Other coefficients of chroma.
    AcChroma = 0x11,
}

/// Appends a segment.
pub(super) fn segment(bytes: &mut Vec<u8>, marker: u8, payload: &[u8]) -> Result<(), Error> {
    if payload.len() > LONGEST {
        return Err(Error::Encode("a segment is too long".to_owned()));
    }
    bytes.extend([0xFF, marker]);
    bytes.extend((payload.len() as u16 + 2).to_be_bytes());
    bytes.extend(payload);
    Ok(())
}

/// Appends a colour profile, cut into numbered segments (ICC.1:2010, B.4).
pub(super) fn profile(bytes: &mut Vec<u8>, profile: &[u8]) -> Result<(), Error> {
    let parts: Vec<&[u8]> = profile.chunks(LONGEST - 14).collect();
    let count = u8::try_from(parts.len()).map_err(|_| Error::Encode("the colour profile is too long".to_owned()))?;
    for (number, part) in (1..=count).zip(parts) {
        segment(bytes, APP2, &[&b"ICC_PROFILE\0"[..], &[number, count], part].concat())?;
    }
    Ok(())
}

/// Appends the quantization tables and the header of a frame.
pub(super) fn frame(bytes: &mut Vec<u8>, coding: Coding, frame: &WrittenFrame) -> Result<(), Error> {
    // A table that components share is written once.
    let mut tables: Vec<&[u8; 64]> = frame.steps.iter().collect();
    tables.dedup();
    for (number, table) in tables.iter().enumerate() {
        let mut payload = vec![number as u8];
        payload.extend(ZIGZAG.map(|place| table[usize::from(place)]));
        segment(bytes, DQT, &payload)?;
    }
    let [width, height] = frame.size;
    let mut payload = vec![8];
    payload.extend(height.to_be_bytes());
    payload.extend(width.to_be_bytes());
    payload.push(frame.factors.len() as u8);
    for (number, ([across, down], steps)) in (1..).zip(frame.factors.iter().zip(&frame.steps)) {
        let table = tables.iter().position(|table| *table == steps).unwrap_or(0);
        payload.extend([number, across << 4 | down, table as u8]);
    }
    segment(bytes, if coding.progressive { SOF2 } else { SOF0 }, &payload)
}

/// Appends code tables.
pub(super) fn codes(bytes: &mut Vec<u8>, codes: &[(CodeSlot, &Code)]) -> Result<(), Error> {
    for (table, code) in codes {
        let payload = [&[*table as u8], &code.counts[..], &code.symbols[..]].concat();
        segment(bytes, DHT, &payload)?;
    }
    Ok(())
}

/// Appends the header of a scan of these components.
pub(super) fn scan(bytes: &mut Vec<u8>, components: std::ops::Range<usize>, band: Band) -> Result<(), Error> {
    let mut payload = vec![components.len() as u8];
    for number in components {
        payload.extend([number as u8 + 1, if number == 0 { 0x00 } else { 0x11 }]);
    }
    payload.extend([band.first, band.last, band.high << 4 | band.low]);
    segment(bytes, SOS, &payload)
}
