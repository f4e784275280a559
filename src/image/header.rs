//! What the first bytes of a picture tell.

use std::io::Cursor;

use image::ImageDecoder;
use serde::{Deserialize, Serialize};

use super::color_space::{ColorSpace, Source, Tag};
use super::error::Error;
use super::icc::Model;
use super::interleaved::Alpha;
use super::metadata::exif::Exif;
use super::raw::Preview;
use super::recipe::{Recipe, halvings};
use super::{format, gif, heif, jpeg, jxl, limits, memory, png, tiff, webp};

/// A file format, recognised by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// JPEG (ITU-T T.81).
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// TIFF.
    Tiff,
    /// Windows bitmap.
    Bmp,
    /// HEIC: HEVC in a HEIF container.
    Heic,
    /// JPEG XL.
    Jxl,
    /// A camera's RAW file of any kind; its picture is the JPEG in it.
    Raw,
}

/// Width and height in pixels; neither is ever 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Size {
    /// Width × height.
    #[must_use]
    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// The longer side.
    #[must_use]
    pub fn long_edge(self) -> u32 {
        self.width.max(self.height)
    }

    /// Half of it on both sides, rounded up.
    pub(in crate::image) fn halved(self) -> Self {
        Self { width: self.width.div_ceil(2), height: self.height.div_ceil(2) }
    }
}

/// How the stored pixels have to be turned to stand upright (Exif 2.32, tag 0x0112).
///
/// The number is Exif's: 1 upright, 2 mirrored left-right, 3 turned by 180°, 4 mirrored top-bottom, 5 transposed,
/// 6 to be turned 90° clockwise, 7 transversed, 8 to be turned 90° counter-clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8")]
pub struct Orientation(u8);

impl TryFrom<u8> for Orientation {
    type Error = &'static str;

    fn try_from(value: u8) -> Result<Self, Self::Error> {
        if (1..=8).contains(&value) { Ok(Self(value)) } else { Err("no orientation of Exif's") }
    }
}

impl Orientation {
    /// As stored.
    pub const UPRIGHT: Self = Self(1);

    /// From Exif's number; anything but 1 to 8 counts as upright.
    #[must_use]
    pub fn from_exif(value: u32) -> Self {
        u8::try_from(value).ok().filter(|value| (1..=8).contains(value)).map_or(Self::UPRIGHT, Self)
    }

    /// Exif's number.
    #[must_use]
    pub fn exif(self) -> u8 {
        self.0
    }

    /// Whether width and height change places.
    #[must_use]
    pub fn swaps_sides(self) -> bool {
        self.0 >= 5
    }

    /// Whether each stored row is seen backwards, apart from a change of sides after that.
    pub(in crate::image) fn mirrors_rows(self) -> bool {
        matches!(self.0, 2 | 3 | 7 | 8)
    }

    /// Whether each stored column is seen backwards, apart from a change of sides after that.
    pub(in crate::image) fn mirrors_columns(self) -> bool {
        matches!(self.0, 3 | 4 | 6 | 7)
    }

    /// Whether stored rows are seen as rows, in their order.
    pub(in crate::image) fn keeps_rows(self) -> bool {
        !self.swaps_sides() && !self.mirrors_columns()
    }

    /// The size after turning (and, being its own inverse, the size before).
    #[must_use]
    pub fn apply(self, size: Size) -> Size {
        if self.swaps_sides() { Size { width: size.height, height: size.width } } else { size }
    }
}

/// What a JPEG holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coefficients {
    /// How many, of all components together.
    pub count: u64,
    /// Whether all of them have to be kept in memory, because they come in more scans than can be read at once.
    pub kept: bool,
}

impl Coefficients {
    fn of(bytes: &[u8], layout: &jpeg::layout::Layout<'_>) -> Option<Self> {
        // Of chroma that has less than half of luma's samples on a side (4:1:1) there is none to spare.
        let most = |factor: fn(&jpeg::layout::Component) -> u8| layout.components.iter().map(factor).max().unwrap_or(1);
        let (across, down) = (most(|c| c.horizontal), most(|c| c.vertical));
        let dense = layout.components.iter().all(|c| 2 * c.horizontal >= across && 2 * c.vertical >= down);
        (layout.precision == 8 && dense)
            .then(|| Self { count: layout.samples(), kept: jpeg::decode::keeps_all(bytes, layout) })
    }
}

/// What is known of a picture before its pixels are decoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// By content, whatever the file is called.
    pub format: Format,
    /// Size as stored.
    pub stored: Size,
    /// How to turn it upright.
    pub orientation: Orientation,
    /// Whether some pixel may be transparent.
    pub alpha: bool,
    /// Whether it has more than one frame.
    pub animated: bool,
    /// In which colours it is.
    pub color_space: ColorSpace,
    /// Whether it has a colour profile that cannot be used: one that is damaged, or not about such pixels.
    pub bad_profile: bool,
    /// Whether it is a JPEG whose coefficients can be written again: of gray or Y'CbCr with 8 bits a sample, and sampling
    /// factors that everybody reads.
    pub rewritable: bool,
    /// Upper bound of the memory needed to decode and render it, in bytes.
    pub working_memory: u64,
    /// Of a JPEG of 8 bits a sample with enough chroma, whose decoder halves it by itself, in a way that is as good as a filter.
    pub coefficients: Option<Coefficients>,
}

impl Header {
    /// Of pixels that are as they are to be seen, and have nothing else.
    #[must_use]
    pub fn plain(format: Format, size: Size) -> Self {
        Self {
            format,
            stored: size,
            orientation: Orientation::UPRIGHT,
            alpha: false,
            animated: false,
            color_space: ColorSpace::Srgb,
            bad_profile: false,
            rewritable: false,
            working_memory: 0,
            coefficients: None,
        }
    }

    /// Size as seen, after turning.
    #[must_use]
    pub fn display(&self) -> Size {
        self.orientation.apply(self.stored)
    }

    /// Whether its decoder halves it by itself.
    #[must_use]
    pub fn reduces(&self) -> bool {
        self.coefficients.is_some()
    }

    /// Memory in bytes that it takes to make these recipes of a file of `len` bytes, if so many are made at once; the file itself
    /// is not counted. No photograph takes more; pure noise may.
    #[must_use]
    pub fn memory_for<'r>(&self, recipes: impl Iterator<Item = &'r Recipe>, len: u64, at_once: usize) -> u64 {
        memory::rendering(self, recipes, len, at_once)
    }

    /// How often to halve it before the real filter makes something of a size, which is meant before turning. Level `k` measures its
    /// sides divided by 2^k, rounded up.
    ///
    /// Means of 2×2 blur what is just coarse enough for them, so the filter is to have twice as many pixels, on both sides, as it
    /// makes. A decoder that halves by itself blurs less, the less it halves; what is enough was measured (`docs/performance.md`).
    #[must_use]
    pub fn halvings(&self, target: Size) -> u8 {
        halvings(self.stored, target, |level| match level {
            1 if self.reduces() => (5, 4),
            2 if self.reduces() => (3, 2),
            _ => (2, 1),
        })
    }

    /// Whether a JPEG of the same size can be made of this file without making pixels ([`Recipe::Requantize`]): if it is a JPEG, or
    /// a RAW file's preview, that is [rewritable](Self::rewritable), and if browsers show its colours.
    #[must_use]
    pub fn requantizes(&self) -> bool {
        self.rewritable && self.color_space != ColorSpace::Foreign
    }

    /// The same with what the file says of its colours.
    pub(in crate::image) fn with_colors(mut self, tag: Tag, model: Model) -> Self {
        let (source, bad_profile) = Source::judge(tag, model);
        (self.color_space, self.bad_profile) = (source.space(), bad_profile);
        if self.color_space != ColorSpace::Srgb {
            // A conversion may need all channels at full size, of a JPEG too.
            self.working_memory = self.working_memory.max(memory::other(self.stored, 4, 1));
        }
        self
    }
}

/// Reads what a file tells before its pixels; nothing is decoded, and no length in it is believed.
///
/// # Errors
/// If this is no picture, one of a kind that is not read, one beyond the [limits], or one whose header is
/// damaged. Damage behind the header is only seen when it is rendered.
pub fn read_header(bytes: &[u8]) -> Result<Header, Error> {
    let format = format::sniff(bytes)?;
    match format {
        Format::Jpeg => jpeg_header(bytes),
        Format::Png => png_header(bytes),
        Format::WebP => webp_header(bytes),
        Format::Gif => gif_header(bytes),
        Format::Tiff => tiff_header(bytes),
        Format::Bmp => {
            let decoder = image::codecs::bmp::BmpDecoder::new(Cursor::new(bytes));
            let decoder = decoder.map_err(|error| super::decode::decode_error(format, error))?;
            bmp_header(&decoder)
        }
        Format::Heic => heif::heic::header(bytes),
        Format::Jxl => jxl::header::header(bytes),
        Format::Raw => raw_header(bytes),
    }
}

fn jpeg_header(bytes: &[u8]) -> Result<Header, Error> {
    let layout = jpeg::layout::Layout::read(bytes)?;
    let exif = Exif::read(layout.exif.unwrap_or_default());
    let header = Header {
        format: Format::Jpeg,
        stored: layout.size,
        orientation: exif.orientation(),
        alpha: false,
        animated: false,
        color_space: ColorSpace::Srgb,
        bad_profile: false,
        rewritable: jpeg::requantize::suits(&layout),
        working_memory: memory::jpeg(layout.size, layout.samples()),
        coefficients: Coefficients::of(bytes, &layout),
    };
    Ok(header.with_colors(Tag::of_jpeg(&layout), layout.color.model()))
}

/// The header of the JPEG in a RAW file, with what the RAW file says of the photo.
fn raw_header(bytes: &[u8]) -> Result<Header, Error> {
    let Preview { jpeg, layout, orientation, .. } = Preview::find(bytes)?;
    let header = Header {
        format: Format::Raw,
        stored: layout.size,
        orientation,
        alpha: false,
        animated: false,
        color_space: ColorSpace::Srgb,
        bad_profile: false,
        rewritable: jpeg::requantize::suits(&layout),
        working_memory: memory::jpeg(layout.size, layout.samples()),
        coefficients: Coefficients::of(jpeg, &layout),
    };
    Ok(header.with_colors(Tag::of_jpeg(&layout), layout.color.model()))
}

fn png_header(bytes: &[u8]) -> Result<Header, Error> {
    let layout = png::chunks::Layout::read(bytes)?;
    let exif = Exif::read(layout.exif.unwrap_or_default());
    let channels = if layout.gray { 1 } else { 3 } + u64::from(layout.alpha);
    let header = Header {
        format: Format::Png,
        stored: layout.size,
        orientation: exif.orientation(),
        alpha: layout.alpha,
        animated: layout.animated,
        color_space: ColorSpace::Srgb,
        bad_profile: false,
        rewritable: false,
        working_memory: memory::other(layout.size, channels, u64::from(layout.depth.max(8) / 8)),
        coefficients: None,
    };
    Ok(header.with_colors(png::color::tag(bytes), if layout.gray { Model::Gray } else { Model::Rgb }))
}

fn webp_header(bytes: &[u8]) -> Result<Header, Error> {
    let layout = webp::chunks::Layout::read(bytes)?;
    let exif = Exif::read(layout.exif.unwrap_or_default());
    let header = Header {
        format: Format::WebP,
        stored: layout.size,
        orientation: exif.orientation(),
        alpha: layout.alpha,
        animated: layout.animated,
        color_space: ColorSpace::Srgb,
        bad_profile: false,
        rewritable: false,
        working_memory: memory::other(layout.size, 4, 1),
        coefficients: None,
    };
    Ok(header.with_colors(Tag::read(bytes, Format::WebP), Model::Rgb))
}

fn gif_header(bytes: &[u8]) -> Result<Header, Error> {
    let layout = gif::blocks::Layout::read(bytes)?;
    Ok(Header {
        format: Format::Gif,
        stored: layout.size,
        orientation: Orientation::UPRIGHT,
        alpha: layout.alpha,
        animated: layout.animated,
        color_space: ColorSpace::Srgb,
        bad_profile: false,
        rewritable: false,
        working_memory: memory::gif(layout.size, layout.frame),
        coefficients: None,
    })
}

fn tiff_header(bytes: &[u8]) -> Result<Header, Error> {
    let layout = tiff::Layout::read(bytes)?;
    let exif = Exif::read(bytes);
    // The decoder may need a copy of the file.
    let memory = memory::other(layout.size, layout.channels(), layout.sample_bytes());
    let memory = memory + bytes.len() as u64 + layout.beside;
    let header = Header {
        format: Format::Tiff,
        stored: layout.size,
        orientation: exif.orientation(),
        alpha: layout.alpha != Alpha::None,
        animated: false,
        color_space: ColorSpace::Srgb,
        bad_profile: false,
        rewritable: false,
        working_memory: memory,
        coefficients: None,
    };
    Ok(header.with_colors(Tag::read(bytes, Format::Tiff), layout.model))
}

fn bmp_header(decoder: &impl ImageDecoder) -> Result<Header, Error> {
    let (width, height) = decoder.dimensions();
    let stored = limits::check(width, height)?;
    let color = decoder.color_type();
    Ok(Header {
        format: Format::Bmp,
        stored,
        orientation: Orientation::UPRIGHT,
        alpha: color.has_alpha(),
        animated: false,
        color_space: ColorSpace::Srgb,
        bad_profile: false,
        rewritable: false,
        working_memory: memory::other(stored, u64::from(color.channel_count()), 1),
        coefficients: None,
    })
}
