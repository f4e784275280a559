//! The content of the first directory of a TIFF file: size, channels, and their storage.

use std::borrow::Cow;
use std::io::Cursor;

use jpeg::{Size, check_size};
use tiff::ColorType;
use tiff::decoder::{Decoder, Limits};
use tiff::tags::Tag;

use super::chunks;
use super::reader::{Reader, error};
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::limits::MAX_DECODED_BYTES;
use crate::formats::interleaved::Alpha;
use crate::icc::{LONGEST, Model};
use crate::metadata::tiff::Tiff;

/// Whether a file begins like a TIFF with 32-bit or 64-bit offsets.
pub(super) fn is_tiff(bytes: &[u8]) -> bool {
    [b"II\x2A\0", b"MM\0\x2A", b"II\x2B\0", b"MM\0\x2B"].iter().any(|magic| bytes.starts_with(*magic))
}

/// Properties of a TIFF file that precede its pixels.
#[derive(Debug, Clone)]
pub(crate) struct TiffLayout {
    /// Size as stored.
    pub(crate) size: Size,
    /// Meaning of the channels.
    pub(crate) model: Model,
    /// Kind of the alpha channel after them.
    pub(crate) alpha: Alpha,
    /// Number of bits of a sample.
    pub(crate) bits: u8,
    /// Whether samples are floating-point numbers.
    pub(super) float: bool,
    /// Number of channels in the file, including those without a meaning, which are dropped.
    pub(super) stored: usize,
    /// Whether each channel is stored separately.
    pub(super) planar: bool,
    /// Conversion of samples that are not plain channels.
    pub(super) special: Option<Special>,
    /// Memory for decoding one strip or tile, in bytes.
    pub(crate) beside: u64,
}

/// Colour models that the `tiff` crate does not support, but whose samples it can read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Special {
    /// Indices of a palette: all reds, all greens, all blues.
    Palette(Vec<u16>),
    /// L\*a\*b\* with signed a\* and b\*.
    SignedLab,
    /// L\*a\*b\* with unsigned a\* and b\*, neutral in the middle.
    Lab,
    /// Y'CbCr.
    YCbCr,
}

/// Limit on the memory of a list while it is read, in bytes: 32 for each number, of which there is one for each strip or tile.
const LONGEST_LIST: usize = 32 << 20;

const PHOTOMETRIC: u16 = 0x0106;
const PALETTE: u32 = 3;
const CIE_LAB: u32 = 8;
const ICC_LAB: u32 = 9;

impl TiffLayout {
    /// Reads the first directory.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        Self::open(bytes).map(|(layout, _)| layout)
    }

    /// The same, with the decoder for the pixels.
    pub(super) fn open(bytes: &[u8]) -> Result<(Self, Reader<'_>), Error> {
        if has_no_sample_format(bytes) {
            return Err(Error::corrupt(Format::Tiff, "it lists no kinds of samples"));
        }
        let photometric = photometric(bytes);
        let source = bytes;
        let bytes = match photometric {
            // Models that the crate does not support are read as a supported one with the same number of channels.
            Some((at, PALETTE)) => with_photometric(bytes, at, 1),
            Some((at, CIE_LAB | ICC_LAB)) => with_photometric(bytes, at, 2),
            _ => Cow::Borrowed(bytes),
        };
        let mut limits = Limits::default();
        // The limit on lists of numbers; pixels are decoded into a buffer of our own.
        limits.decoding_buffer_size = LONGEST_LIST;
        limits.intermediate_buffer_size = MAX_DECODED_BYTES as usize;
        limits.ifd_value_size = 4 * LONGEST;
        let mut reader = Decoder::new(Cursor::new(bytes)).map_err(error)?.with_limits(limits);
        let (width, height) = reader.dimensions().map_err(error)?;
        let size = check_size(width, height)?;
        let beside = chunks::check(&mut reader, source, size)?;
        let number = |reader: &mut Reader<'_>, tag| reader.find_tag_unsigned_vec::<u16>(tag).map_err(error);
        let extra = number(&mut reader, Tag::ExtraSamples)?.and_then(|extra| extra.first().copied());
        let format = number(&mut reader, Tag::SampleFormat)?.and_then(|format| format.first().copied());
        let planar = number(&mut reader, Tag::PlanarConfiguration)?.is_some_and(|planar| planar.first() == Some(&2));
        let alpha = match extra {
            Some(0) => Alpha::None,
            Some(1) => Alpha::Premultiplied,
            _ => Alpha::Straight,
        };
        let kind = reader.colortype().map_err(error)?;
        let (model, bits, stored, alpha) = match kind {
            ColorType::Gray(bits) => (Model::Gray, bits, 1, Alpha::None),
            ColorType::GrayA(bits) => (Model::Gray, bits, 2, alpha),
            ColorType::Multiband { bit_depth, num_samples: 2 } => (Model::Gray, bit_depth, 2, alpha),
            ColorType::RGB(bits) | ColorType::YCbCr(bits) => (Model::Rgb, bits, 3, Alpha::None),
            ColorType::RGBA(bits) => (Model::Rgb, bits, 4, alpha),
            ColorType::CMYK(bits) => (Model::Cmyk, bits, 4, Alpha::None),
            ColorType::CMYKA(bits) => (Model::Cmyk, bits, 5, Alpha::None),
            other => return Err(Error::unsupported(Format::Tiff, format_args!("pixels of type {other:?}"))),
        };
        let float = format == Some(3);
        let mut layout = Self { size, model, alpha, bits, float, stored, planar, special: None, beside };
        match photometric {
            Some((_, PALETTE)) => {
                let colors = number(&mut reader, Tag::ColorMap)?.unwrap_or_default();
                if bits > 8 || stored != 1 || colors.len() != 3 << bits {
                    return Err(Error::corrupt(Format::Tiff, "its palette does not fit its pixels"));
                }
                layout.model = Model::Rgb;
                layout.special = Some(Special::Palette(colors));
            }
            Some((_, lab @ (CIE_LAB | ICC_LAB))) => {
                layout.model = Model::Lab;
                layout.alpha = Alpha::None;
                layout.special = Some(if lab == CIE_LAB { Special::SignedLab } else { Special::Lab });
            }
            _ if matches!(kind, ColorType::YCbCr(_)) => layout.special = Some(Special::YCbCr),
            _ => {}
        }
        layout.check(format)?;
        Ok((layout, reader))
    }

    /// Refuses unsupported combinations.
    fn check(&self, format: Option<u16>) -> Result<(), Error> {
        let readable = match (self.bits, format) {
            (1 | 2 | 4, None | Some(1 | 4)) => self.stored == 1,
            (8 | 16, None | Some(1 | 4)) => true,
            // L*a*b* is written with signed numbers.
            (8 | 16, Some(2)) => self.model == Model::Lab,
            (16 | 32, Some(3)) => self.special.is_none(),
            _ => false,
        };
        if readable && !(self.bits == 16 && self.special == Some(Special::YCbCr)) {
            Ok(())
        } else {
            let kind = match format {
                Some(3) => "floating-point numbers",
                Some(2) => "signed numbers",
                _ => "numbers",
            };
            Err(Error::unsupported(Format::Tiff, format_args!("{kind} of {} bits", self.bits)))
        }
    }

    /// Returns the bytes of a sample during decoding.
    pub(crate) fn sample_bytes(&self) -> u64 {
        u64::from(self.bits.div_ceil(8))
    }

    /// Returns the number of channels after decoding.
    pub(crate) fn channels(&self) -> u64 {
        if matches!(self.special, Some(Special::Palette(_))) { 3 } else { self.stored as u64 }
    }
}

/// Whether the list of sample formats exists and is empty: the `tiff` crate would still read its first item.
fn has_no_sample_format(bytes: &[u8]) -> bool {
    const SAMPLE_FORMAT: u64 = 339;
    let little_endian = bytes.starts_with(b"II");
    let number = |at: usize, length: usize| {
        let bytes = bytes.get(at..at.checked_add(length)?)?.iter();
        let join = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        Some(if little_endian { bytes.rev().fold(0, join) } else { bytes.fold(0, join) })
    };
    // Lengths of numbers and entries of a directory; those of BigTIFF are longer.
    let (offset, links, count, entry) = if number(2, 2) == Some(43) { (8, 8, 8, 20) } else { (4, 4, 2, 12) };
    let directory = number(offset, links).and_then(|at| usize::try_from(at).ok());
    let Some((first, entries)) = directory.and_then(|at| Some((at.checked_add(count)?, number(at, count)?))) else {
        return false;
    };
    let mut places =
        (0..entries).map_while(|place| first.checked_add(usize::try_from(place).ok()?.checked_mul(entry)?));
    places
        .by_ref()
        .map_while(|at| Some((number(at, 2)?, number(at.checked_add(4)?, links)?)))
        .any(|entry| entry == (SAMPLE_FORMAT, 0))
}

/// Returns the position and the value of the tag for the meaning of the channels. BigTIFF is not supported.
fn photometric(bytes: &[u8]) -> Option<(usize, u32)> {
    let tiff = Tiff::parse(bytes)?;
    let entry = tiff.find(tiff.first_ifd()?, PHOTOMETRIC)?;
    let at = (entry.value.as_ptr() as usize).checked_sub(bytes.as_ptr() as usize)?;
    (entry.kind == 3 && entry.count == 1).then_some((at, entry.uint()?))
}

fn with_photometric(bytes: &[u8], at: usize, value: u16) -> Cow<'_, [u8]> {
    let mut bytes = bytes.to_vec();
    let value = if bytes.starts_with(b"II") { value.to_le_bytes() } else { value.to_be_bytes() };
    bytes[at..at + 2].copy_from_slice(&value);
    Cow::Owned(bytes)
}
