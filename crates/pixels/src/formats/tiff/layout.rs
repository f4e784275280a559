//! The content of the first directory of a TIFF file: size, channels, and their storage.

use jpeg::{ColorModel, Size, check_size};

use super::chunks::Chunks;
use super::compression::Compression;
use super::fields::Fields;
use super::jpeg_chunk;
use super::model::{Meaning, Special, is_fax};
use super::predictor::Predictor;
use super::samples::{Kind, SampleDepth};
use super::subsampled::Subsampling;
use crate::base::error::Error;
use crate::base::format::Format;

const WIDTH: u16 = 256;
const HEIGHT: u16 = 257;
const BITS: u16 = 258;
const FILL_ORDER: u16 = 266;
const SAMPLES: u16 = 277;
const PLANAR: u16 = 284;
const SAMPLE_FORMAT: u16 = 339;

/// Number of channels that a picture may have, with those that have no meaning.
const MOST_CHANNELS: u64 = 64;

/// Properties of a TIFF file that precede its pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct TiffLayout<'a> {
    /// Size as stored.
    pub(super) size: Size,
    /// Meaning of the channels.
    pub(super) meaning: Meaning<'a>,
    /// Storage of samples.
    pub(super) depth: SampleDepth,
    /// Number of channels in a chunk, including those without a meaning.
    pub(super) stored: usize,
    /// Compression of chunks.
    pub(super) compression: Compression,
    /// Whether samples are stored as differences.
    pub(super) predictor: Predictor,
    /// Whether the lowest bit of a byte comes first.
    pub(super) turned_bits: bool,
    /// The chunks.
    pub(super) chunks: Chunks<'a>,
    /// Sampling of Cb and Cr; `None` if they have all samples, or a JPEG stores them.
    pub(super) subsampling: Option<Subsampling>,
}

impl<'a> TiffLayout<'a> {
    /// Interprets a directory.
    pub(super) fn read(fields: &Fields<'a>) -> Result<Self, Error> {
        let side = |tag| fields.number(tag).ok_or_else(|| Error::corrupt(Format::Tiff, "it has no width or no height"));
        let limited = |side: u64| u32::try_from(side).unwrap_or(u32::MAX);
        let size = check_size(limited(side(WIDTH)?), limited(side(HEIGHT)?))?;
        let compression = Compression::read(fields)?;
        let channels = channels(fields)?;
        let depth = depth(fields, compression)?;
        let meaning = Meaning::read(fields, depth, channels, is_fax(compression))?;
        meaning.check(depth)?;
        let planar = fields.number(PLANAR) == Some(2) && channels > 1;
        let predictor = match compression.predicts() {
            true => Predictor::read(fields, depth.bits, depth.kind == Kind::Float)?,
            false => Predictor::None,
        };
        let subsampling = match meaning.special {
            Special::YCbCr if planar || !compression.is_jpeg() => {
                Subsampling::read(fields, planar, channels, predictor)?
            }
            _ => None,
        };
        let stored = if planar { 1 } else { channels };
        let planes = if planar { channels } else { 1 };
        let mut layout = Self {
            size,
            meaning,
            depth,
            stored,
            compression,
            predictor,
            turned_bits: fields.number(FILL_ORDER) == Some(2) && !compression.is_jpeg(),
            chunks: Chunks::read(fields, size, planes)?,
            subsampling,
        };
        layout.check(channels)?;
        if compression == Compression::OldJpeg {
            layout.complete_files(fields)?;
        }
        Ok(layout)
    }

    fn check(&self, channels: usize) -> Result<(), Error> {
        if is_fax(self.compression) && (self.depth.bits, channels) != (1, 1) {
            return Err(Error::corrupt(Format::Tiff, "a fax has one channel of one bit"));
        }
        Ok(())
    }

    /// Finds the complete JPEGs of the first edition of the standard: their own colours count. Other forms of that edition are refused.
    fn complete_files(&mut self, fields: &Fields<'a>) -> Result<(), Error> {
        if let Some(file) = jpeg_chunk::whole(fields, self.size) {
            self.stored *= self.chunks.planes;
            self.chunks.whole(file, self.size);
        }
        self.chunks.tables = &[];
        let color = self.chunks.bytes(0)?.and_then(|first| jpeg_chunk::color(first).ok());
        match color {
            Some(ColorModel::YCbCr) => self.meaning.special = Special::YCbCr,
            Some(ColorModel::Rgb) => self.meaning.special = Special::Plain,
            Some(_) => {}
            None => {
                return Err(Error::unsupported(
                    Format::Tiff,
                    "JPEG of the first edition, with its tables in the directory",
                ));
            }
        }
        Ok(())
    }

    /// Returns the bytes of a row of a chunk, as decompressed.
    pub(super) fn row_bytes(&self) -> usize {
        (self.chunks.size.width as usize * self.stored * usize::from(self.depth.bits)).div_ceil(8)
    }

    /// Returns the bytes of a sample, as decompressed.
    pub(super) fn sample_bytes(&self) -> usize {
        usize::from(self.depth.bits.div_ceil(8))
    }

    /// Returns the bytes for decompressing `rows` rows of a chunk.
    pub(super) fn chunk_bytes(&self, rows: usize) -> u64 {
        let rows = match &self.subsampling {
            Some(sampling) => sampling.packed(self.chunks.size.width as usize, rows),
            None => return self.row_bytes() as u64 * rows as u64,
        };
        rows as u64
    }
}

fn channels(fields: &Fields<'_>) -> Result<usize, Error> {
    match fields.number(SAMPLES).unwrap_or(1) {
        0 => Err(Error::corrupt(Format::Tiff, "it has no channels")),
        count if count > MOST_CHANNELS => Err(Error::unsupported(Format::Tiff, format_args!("{count} channels"))),
        count => Ok(count as usize),
    }
}

/// Reads the storage of samples; all channels must have the same.
fn depth(fields: &Fields<'_>, compression: Compression) -> Result<SampleDepth, Error> {
    if fields.is_empty(SAMPLE_FORMAT) {
        return Err(Error::corrupt(Format::Tiff, "it lists no kinds of samples"));
    }
    let bits = same(fields, BITS)?.unwrap_or(1);
    let kind = match same(fields, SAMPLE_FORMAT)?.unwrap_or(1) {
        1 | 4 => Kind::Unsigned,
        2 => Kind::Signed,
        3 => Kind::Float,
        _ => return Err(Error::unsupported(Format::Tiff, "complex numbers")),
    };
    let bits = u16::try_from(bits).unwrap_or(u16::MAX);
    // Samples of 12 bits in a JPEG are decoded to 8.
    Ok(SampleDepth { bits: if compression.is_jpeg() && bits == 12 { 8 } else { bits }, kind })
}

fn same(fields: &Fields<'_>, tag: u16) -> Result<Option<u64>, Error> {
    let Some(mut list) = fields.numbers(tag).map(|list| list.iter().take(MOST_CHANNELS as usize)) else {
        return Ok(None);
    };
    let first = list.next();
    match list.all(|next| Some(next) == first) {
        true => Ok(first),
        false => Err(Error::unsupported(Format::Tiff, "channels that are stored in different ways")),
    }
}
