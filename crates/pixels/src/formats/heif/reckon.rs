//! Upper bound on the memory for decoding a HEIC, from its parameter sets: each tile has its own, and need not have the size of the
//! part of the picture that it covers.
//!
//! In: the boxes, as parsed by the decoder. Out: bytes.

use heic_decoder::bitreader::strip_emulation_prevention;
use heic_decoder::hevc::nal::{NAL_SPS, parse_nal_header};
use heic_decoder::hevc::params::{Sps, parse_sps};
use heic_decoder::isobmff::{ParsedHeif, ResolvedImage};
use heic_decoder::{HeifError, ImageInfo};

/// Memory of the decoder for each unit of a stream, apart from its bytes.
const UNIT: u64 = 24;
/// Number of copies of the stream: in the item, split into units, and without padding.
const STREAM_COPIES: u64 = 3;

/// Coded pictures: a single one, or the tiles of a grid.
#[derive(Debug, Clone, Copy, Default)]
struct CodedTiles {
    pixels: u64,
    /// Samples of all components.
    samples: u64,
    /// Memory of the streams.
    stream: u64,
}

/// Returns an upper bound on the bytes that the decoder needs, including its result. `info`: the properties of the whole picture.
pub(super) fn decoding(parsed: &ParsedHeif, info: &ImageInfo) -> Result<u64, HeifError> {
    let canvas = info.coded_width as u64 * info.coded_height as u64;
    let color = CodedTiles::of(&parsed.images)?;
    let color_canvas = canvas * color.samples.div_ceil(color.pixels.max(1));
    let reference = match &parsed.reference_image {
        Some(image) => CodedTiles::of(std::slice::from_ref(image))?.at_work(),
        None => 0,
    };
    let mut most = reference.saturating_add(color.peak(color_canvas));
    if let Some(alpha) = &parsed.alpha {
        let coded = CodedTiles::of(&alpha.image.images)?;
        let beside = (4 * color_canvas).saturating_add(color.stream);
        most = most.max(beside.saturating_add(coded.peak(canvas.max(coded.pixels)))).saturating_add(coded.stream);
    }
    Ok(most)
}

impl CodedTiles {
    fn of(images: &[ResolvedImage]) -> Result<Self, HeifError> {
        let mut all = Self::default();
        for image in images {
            let set = parameters(image)?;
            let pixels = u64::from(set.pic_width_in_luma_samples) * u64::from(set.pic_height_in_luma_samples);
            let halves = match set.chroma_format_idc {
                0 => 2,
                1 => 3,
                2 => 4,
                _ => 6,
            };
            let length_size = usize::from(image.hevc_config.length_size_minus_one) + 1;
            let stream = UNIT * units(&image.data, length_size) + STREAM_COPIES * image.data.len() as u64;
            all.pixels = all.pixels.saturating_add(pixels);
            all.samples = all.samples.saturating_add((pixels * halves).div_ceil(2));
            all.stream = all.stream.saturating_add(stream);
        }
        Ok(all)
    }

    /// Returns the memory during decoding: four bytes and a presence flag for each sample, the properties of its block for each pixel,
    /// and a copy of luma for the loop filter.
    fn at_work(&self) -> u64 {
        (5 * self.samples).saturating_add(6 * self.pixels).saturating_add(self.stream)
    }

    /// Returns the peak: during decoding, or when tiles, the assembled picture and its turned copy exist at the same time.
    fn peak(&self, canvas: u64) -> u64 {
        let side_by_side = (4 * self.samples).saturating_add(8 * canvas).saturating_add(self.stream);
        self.at_work().max(side_by_side)
    }
}

/// Returns the first sequence parameter set of the base layer, the one that the decoder uses.
fn parameters(image: &ResolvedImage) -> Result<Sps, HeifError> {
    for unit in image.hevc_config.nalus_of_type(NAL_SPS) {
        let (header, payload) = parse_nal_header(unit)?;
        if header.nal_unit_type == NAL_SPS && header.nuh_layer_id == 0 {
            return parse_sps(&strip_emulation_prevention(payload));
        }
    }
    Err(HeifError::MalformedHevc("a parameter set is missing"))
}

/// Returns the number of units in a stream of length-prefixed units.
fn units(stream: &[u8], length_size: usize) -> u64 {
    let (mut rest, mut count) = (stream, 0);
    while let Some((length, after)) = rest.split_at_checked(length_size) {
        count += 1;
        let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        let Some(after) = after.get(length..) else { break };
        rest = after;
    }
    count
}
