//! Chunks that are JPEGs: with tables that all of them share, or complete.
//!
//! In: the bytes of a chunk. Out: its samples, interleaved, as stored: the colours are those of the TIFF file, whatever the JPEG's own
//! markers say.

use std::borrow::Cow;

use jpeg::{
    Axis, ColorModel, Damage, Density, Header, Orientation, Parallelism, Plane, Request, Size, resample, zeroed,
};

use super::fields::Fields;
use crate::base::error::Error;
use crate::base::format::Format;

const TABLES: u16 = 347;
const INTERCHANGE: u16 = 513;
const INTERCHANGE_LENGTH: u16 = 514;
const START: [u8; 2] = [0xFF, 0xD8];
const END: [u8; 2] = [0xFF, 0xD9];

/// Returns the segments that all chunks share.
pub(super) fn tables<'a>(fields: &Fields<'a>) -> &'a [u8] {
    let tables = fields.bytes(TABLES).and_then(|tables| tables.strip_prefix(&START)).unwrap_or_default();
    tables.strip_suffix(&END).unwrap_or(tables)
}

/// Returns the complete JPEG for the whole picture that the first edition of the standard allowed.
pub(super) fn whole<'a>(fields: &Fields<'a>, picture: Size) -> Option<&'a [u8]> {
    let start = usize::try_from(fields.number(INTERCHANGE)?).ok()?;
    let rest = fields.file.get(start..)?;
    let length = fields.number(INTERCHANGE_LENGTH).and_then(|length| usize::try_from(length).ok());
    let listed = &rest[..length.unwrap_or(rest.len()).min(rest.len())];
    // The scan may follow behind the segments that are counted.
    let fits = |bytes: &&[u8]| Header::read(bytes).is_ok_and(|header| header.size == picture);
    [listed, rest].into_iter().find(|bytes| bytes.starts_with(&START) && fits(bytes))
}

/// Returns the colours of a complete JPEG.
pub(super) fn color(chunk: &[u8]) -> Result<ColorModel, Error> {
    Header::read(chunk).map(|header| header.color).map_err(error)
}

/// Returns the bytes for decoding a chunk; an error if the chunk is larger than its place.
pub(super) fn memory(chunk: &[u8], place: Size) -> Result<u64, Error> {
    let header = Header::read(chunk).map_err(error)?;
    // Encoders pad to whole units.
    if header.size.width > place.width.next_multiple_of(32) || header.size.height > place.height.next_multiple_of(32) {
        return Err(Error::corrupt(Format::Tiff, "a part of it is larger than its place"));
    }
    // Planes, coefficients of two bytes for some files, and planes of the full size.
    Ok(4 * header.samples() + header.components.len() as u64 * header.size.pixels())
}

/// Decodes a chunk to rows of `place.width` pixels of `channels` channels; at least `needed` of them must exist.
pub(super) fn decode(
    [tables, chunk]: [&[u8]; 2],
    [place, needed]: [Size; 2],
    channels: usize,
    parallelism: &dyn Parallelism,
) -> Result<(Vec<u8>, Option<Damage>), Error> {
    let file = joined(tables, chunk)?;
    let header = Header::read(&file).map_err(error)?;
    if header.components.len() != channels {
        return Err(Error::corrupt(Format::Tiff, "a JPEG in it has another number of channels"));
    }
    if header.size.width < needed.width || header.size.height < needed.height {
        return Err(Error::corrupt(Format::Tiff, "a JPEG in it is smaller than its place"));
    }
    let decoded = jpeg::decode(&file, &header, &Request::default(), parallelism).map_err(error)?;
    let planes = decoded.levels.into_iter().next().map(|(_, planes)| planes).unwrap_or_default();
    let (across, down) = (place.width as usize, needed.height as usize);
    let mut rows = zeroed(across * channels, down)?;
    for (channel, plane) in planes.into_iter().enumerate() {
        let plane = grown(plane, header.size)?;
        for (y, row) in rows.chunks_exact_mut(across * channels).enumerate() {
            let places = row.iter_mut().skip(channel).step_by(channels);
            places.zip(plane.row(y)).for_each(|(place, sample)| *place = *sample);
        }
    }
    Ok((rows, decoded.damage))
}

/// Returns a plane with one sample for each pixel.
fn grown(plane: Plane, size: Size) -> Result<Plane, Error> {
    if plane.density == [Density::FULL; 2] {
        return Ok(plane);
    }
    Ok(resample(&plane, [size.width, size.height].map(|side| Axis::full(side, side)), Orientation::UPRIGHT)?)
}

fn joined<'a>(tables: &[u8], chunk: &'a [u8]) -> Result<Cow<'a, [u8]>, Error> {
    let Some(rest) = chunk.strip_prefix(&START) else {
        return Err(Error::corrupt(Format::Tiff, "a part of it is not a JPEG"));
    };
    Ok(if tables.is_empty() { Cow::Borrowed(chunk) } else { Cow::Owned([&START, tables, rest].concat()) })
}

fn error(error: jpeg::Error) -> Error {
    match error {
        jpeg::Error::Truncated => Error::Truncated(Format::Tiff),
        jpeg::Error::Corrupt(detail) => Error::corrupt(Format::Tiff, detail),
        jpeg::Error::Unsupported(kind) => Error::unsupported(Format::Tiff, format_args!("a JPEG in it with {kind}")),
        other => other.into(),
    }
}
