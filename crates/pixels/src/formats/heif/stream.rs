//! Pictures coded with HEVC: their parameters, and their decoding with heifer-hevc-dec.
//!
//! In: the configuration and the data of an item. Out: planes of samples. Must not know how items belong together.

use heifer_hevc_dec::Error as HevcError;
use heifer_hevc_dec::decoder::{DecodeOptions, decode_picture};
use heifer_hevc_dec::nal::{NalUnit, NalUnitType};
use heifer_hevc_dec::params::Sps;
use heifer_hevc_dec::recon::Frame;
use jpeg::{Size, check_size};

use super::items::damaged;
use crate::base::box_cursor::BoxCursor;
use crate::base::error::Error;
use crate::base::format::Format;

/// A coded picture.
#[derive(Debug)]
pub(super) struct CodedItem<'a> {
    /// The body of its `hvcC` property.
    config: &'a [u8],
    data: Vec<&'a [u8]>,
    /// Whether the data may contain parameter sets.
    in_band: bool,
    pub(super) shape: CodedShape,
}

/// What a picture declares before its samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CodedShape {
    /// Size of the visible part.
    pub(super) size: Size,
    /// Number of coded pixels, with invisible ones.
    pub(super) coded: u64,
    /// Bits of luma and chroma samples.
    pub(super) bits: [u32; 2],
    /// Resolution of chroma: 0 for none, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4.
    pub(super) chroma: u8,
    /// The matrix, by its number in ITU-T H.273.
    pub(super) matrix: u16,
    pub(super) full_range: bool,
}

impl CodedShape {
    /// Returns the pixels for each sample of chroma, across and down.
    pub(super) fn chroma_cell(&self) -> [usize; 2] {
        match self.chroma {
            1 => [2, 2],
            2 => [2, 1],
            _ => [1, 1],
        }
    }

    /// Returns the number of samples for two pixels.
    pub(super) fn samples_of_two(&self) -> u64 {
        match self.chroma {
            0 => 2,
            1 => 3,
            2 => 4,
            _ => 6,
        }
    }

    fn of(set: &Sps) -> Result<Self, Error> {
        let (width, height) = set.output_size();
        if set.separate_colour_plane_flag {
            return Err(Error::unsupported(Format::Heic, "planes that are coded separately"));
        }
        // Without a declaration: the range that HEVC infers, and the matrix that encoders use then.
        let (matrix, full_range) =
            set.vui.as_ref().map_or((6, false), |vui| (vui.matrix_coeffs, vui.video_full_range_flag));
        Ok(Self {
            size: check_size(width, height)?,
            coded: u64::from(set.pic_width_in_luma_samples) * u64::from(set.pic_height_in_luma_samples),
            bits: [set.bit_depth_luma.into(), set.bit_depth_chroma.into()],
            chroma: set.chroma_format_idc,
            matrix: matrix.into(),
            full_range,
        })
    }

    fn is_that_of(&self, frame: &Frame) -> bool {
        [frame.widths[0], frame.heights[0]] == [self.size.width, self.size.height]
            && frame.bit_depth.map(u32::from) == self.bits
            && frame.chroma_format == self.chroma
    }
}

impl<'a> CodedItem<'a> {
    pub(super) fn new(config: &'a [u8], data: Vec<&'a [u8]>, in_band: bool) -> Result<Self, Error> {
        let mut sets = configured(config)?;
        let joined = if in_band { data.concat() } else { Vec::new() };
        sets.extend(units(&joined, length_size(config)?)?);
        let set = sets.iter().filter_map(|unit| NalUnit::parse(unit).ok());
        let set = set.into_iter().find(|unit| unit.header.unit_type == NalUnitType::Sps && unit.header.layer_id == 0);
        let set = set.ok_or_else(|| damaged("a parameter set is missing"))?;
        let shape = CodedShape::of(&Sps::parse(&set.rbsp).map_err(error)?)?;
        Ok(Self { config, data, in_band, shape })
    }

    /// Returns the bytes of its data, and of its configuration.
    pub(super) fn lengths(&self) -> [u64; 2] {
        [self.data.iter().map(|piece| piece.len() as u64).sum(), self.config.len() as u64]
    }

    /// Returns an upper bound of the bytes for decoding: a frame, the copy of its filter, and that without invisible pixels; properties
    /// of each block of 4 × 4 pixels; the stream in one piece, without padding, and a list of its units.
    pub(super) fn memory(&self) -> u64 {
        let [data, config] = self.lengths();
        (3 * self.shape.samples_of_two() + 3) * self.shape.coded + 16 * (data + config)
    }

    /// Decodes the picture.
    pub(super) fn decode(&self) -> Result<Frame, Error> {
        let stream = self.stream()?;
        // A parameter set may not declare more pixels than were counted before.
        let options = DecodeOptions { max_pixels: self.shape.coded, ..DecodeOptions::default() };
        let frame = decode_picture(&stream, options).map_err(error)?;
        if self.shape.is_that_of(&frame) { Ok(frame) } else { Err(damaged("its parameter sets contradict each other")) }
    }

    /// Returns the units of the base layer, each after a start code. Other layers are other views of a scene, or its depth.
    fn stream(&self) -> Result<Vec<u8>, Error> {
        let joined = self.data.concat();
        let (config, data) = (configured(self.config)?, units(&joined, length_size(self.config)?)?);
        let data = data.into_iter().filter(|unit| self.in_band || unit.first().is_some_and(|byte| byte >> 1 & 63 < 32));
        let mut stream = Vec::with_capacity(joined.len() + self.config.len() + 64);
        for unit in config.into_iter().chain(data).filter(|unit| is_base_layer(unit)) {
            stream.extend([0, 0, 1]);
            stream.extend(unit);
        }
        Ok(stream)
    }
}

fn is_base_layer(unit: &[u8]) -> bool {
    matches!(unit, [first, second, ..] if first & 1 == 0 && second >> 3 == 0)
}

/// Returns the number of bytes of the length before each unit of the data (ISO/IEC 14496-15, 8.3.2.1).
fn length_size(config: &[u8]) -> Result<usize, Error> {
    config.get(21).map(|byte| usize::from(byte & 3) + 1).ok_or(Error::Truncated(Format::Heic))
}

/// Returns the units in a configuration.
fn configured(config: &[u8]) -> Result<Vec<&[u8]>, Error> {
    let read = || {
        let mut cursor = BoxCursor::new(config.get(22..)?);
        let mut found = Vec::new();
        for _ in 0..cursor.small(1)? {
            cursor.bytes(1)?;
            for _ in 0..cursor.small(2)? {
                let length = cursor.small(2)? as usize;
                found.push(cursor.bytes(length)?);
            }
        }
        Some(found)
    };
    read().ok_or(Error::Truncated(Format::Heic))
}

/// Returns the units of data, each after its length.
fn units(data: &[u8], length_size: usize) -> Result<Vec<&[u8]>, Error> {
    let mut cursor = BoxCursor::new(data);
    let mut found = Vec::new();
    while !cursor.is_at_end() {
        let unit = cursor.small(length_size).and_then(|length| cursor.bytes(length as usize));
        found.push(unit.ok_or(Error::Truncated(Format::Heic))?);
    }
    Ok(found)
}

fn error(error: HevcError) -> Error {
    match error {
        HevcError::UnexpectedEof => Error::Truncated(Format::Heic),
        HevcError::Unimplemented(kind) => Error::unsupported(Format::Heic, kind),
        HevcError::Invalid(detail) | HevcError::HashMismatch(detail) => damaged(detail),
    }
}
