//! Functions that make pictures and recipes, and that decode results.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use jpeg::{Effort, Orientation, Size};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::base::header::Header;
use crate::base::recipe::{Background, Chroma, Colors, Encode, Encoding, Metadata, Recipe, Requantize};
use crate::open::header::read_header;
use crate::render;

/// An upright picture, as a function of position and size.
pub(super) type Paint = fn(x: u32, y: u32, size: Size) -> [u8; 3];

/// Red, green, blue and white quarters.
pub(super) fn quarters(x: u32, y: u32, size: Size) -> [u8; 3] {
    match (2 * x < size.width, 2 * y < size.height) {
        (true, true) => [220, 30, 30],
        (false, true) => [30, 200, 30],
        (true, false) => [30, 30, 220],
        (false, false) => [240, 240, 240],
    }
}

/// Slow gradients of all colours, each in another direction.
pub(super) fn slopes(x: u32, y: u32, size: Size) -> [u8; 3] {
    let part = |value: u32, of: u32| (value * 200 / of.max(2) + 28) as u8;
    [part(x, size.width), part(y, size.height), part(x + size.height - y, size.width + size.height)]
}

/// Top, middle and bottom third in gray tones.
pub(super) fn bands(_: u32, y: u32, size: Size) -> [u8; 3] {
    [[40; 3], [120; 3], [200; 3]][(3 * y / size.height) as usize]
}

/// Returns the RGB pixels of an upright picture, as a camera with this orientation stores them.
pub(super) fn stored(upright: Size, turn: Orientation, paint: Paint) -> (Size, Vec<u8>) {
    let size = turn.apply(upright);
    let mut pixels = Vec::new();
    for sy in 0..size.height {
        for sx in 0..size.width {
            let x = if turn.mirrors_rows() { size.width - 1 - sx } else { sx };
            let y = if turn.mirrors_columns() { size.height - 1 - sy } else { sy };
            let (x, y) = if turn.swaps_sides() { (y, x) } else { (x, y) };
            pixels.extend(paint(x, y, upright));
        }
    }
    (size, pixels)
}

/// Returns an Exif block with an orientation, a camera, a time, a serial number and a location.
pub(super) fn exif(turn: Orientation) -> Vec<u8> {
    let mut block = b"MM\0\x2A\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value.to_be_bytes()].concat()
    };
    // First directory at 8: four entries; Exif directory at 62: two; location directory at 92: one; values from 110.
    block.extend([0, 4]);
    block.extend(entry(0x010F, 2, 9, 110));
    block.extend(entry(0x0112, 3, 1, u32::from(turn.exif()) << 16));
    block.extend(entry(0x8769, 4, 1, 62));
    block.extend(entry(0x8825, 4, 1, 92));
    block.extend([0; 4]);
    assert_eq!(block.len(), 62);
    block.extend([0, 2]);
    block.extend(entry(0x9003, 2, 20, 120));
    block.extend(entry(0xA431, 2, 10, 140));
    block.extend([0; 4]);
    assert_eq!(block.len(), 92);
    block.extend([0, 1]);
    block.extend(entry(0x0012, 2, 10, 150));
    block.extend([0; 4]);
    assert_eq!(block.len(), 110);
    block.extend(b"Maker 42\0\0");
    block.extend(b"2024:05:17 18:03:59\0");
    block.extend(b"SERIAL-99\0");
    block.extend(b"LOCATION!\0");
    block
}

/// Returns a JPEG.
pub(super) fn jpeg(upright: Size, turn: Orientation, sampling: SamplingFactor, paint: Paint) -> Vec<u8> {
    let (size, pixels) = stored(upright, turn, paint);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 97);
    encoder.set_sampling_factor(sampling);
    encoder.set_chroma_subsampling_method(jpeg_encoder::ChromaSubsamplingMethod::Average);
    encoder.add_exif_metadata(&exif(turn)).unwrap();
    encoder.add_app_segment(2, b"MPF\0LOCATION!".to_vec()).unwrap();
    encoder.encode(&pixels, size.width as u16, size.height as u16, ColorType::Rgb).unwrap();
    bytes
}

/// Returns a PNG, opaque or with its left half transparent.
pub(super) fn png(upright: Size, turn: Orientation, alpha: bool, paint: Paint) -> Vec<u8> {
    let (size, mut pixels) = stored(upright, turn, paint);
    let mut color = ExtendedColorType::Rgb8;
    if alpha {
        color = ExtendedColorType::Rgba8;
        let left: Paint = |x, _, size| if 2 * x < size.width { [0; 3] } else { [255; 3] };
        let (_, opacity) = stored(upright, turn, left);
        let pairs = pixels.as_chunks::<3>().0.iter().zip(opacity.as_chunks::<3>().0);
        pixels = pairs.flat_map(|(pixel, opacity)| [pixel[0], pixel[1], pixel[2], opacity[0]]).collect();
    }
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif(turn)).unwrap();
    encoder.write_image(&pixels, size.width, size.height, color).unwrap();
    bytes
}

/// Returns the size.
pub(super) fn size(width: u32, height: u32) -> Size {
    Size { width, height }
}

/// Returns all orientations.
pub(super) fn turns() -> impl Iterator<Item = Orientation> {
    (1..=8).map(Orientation::from_exif)
}

/// Returns the recipe for a JPEG of this size, at a quality that makes differences of the resampling visible.
pub(super) fn recipe(header: &Header, size: Size) -> Encode {
    Encode {
        size,
        halvings: header.halvings(header.orientation.apply(size)),
        turn: header.orientation,
        encoding: Encoding::Jpeg { quality: 97, progressive: false, effort: Effort::Balanced, chroma: Chroma::Half },
        metadata: Metadata::None,
        colors: Colors::Keep,
        background: Background::WHITE,
    }
}

/// Returns the recipe for the same size without decoding pixels, at such a quality.
pub(super) fn requantize(header: &Header) -> Requantize {
    let Encode { turn, encoding, metadata, .. } = recipe(header, header.display());
    Requantize { size: header.display(), turn, encoding, metadata }
}

/// Returns the recipe of a placeholder.
pub(super) fn placeholder(turn: Orientation) -> Recipe {
    Recipe::Survey { turn, colors: Colors::Keep, background: Background::WHITE }
}

/// Returns one rendition.
pub(super) fn rendered(bytes: &[u8], recipe: impl Fn(&Header) -> Recipe) -> Vec<u8> {
    let header = read_header(bytes).unwrap();
    let mut results = render(bytes, &header, &[recipe(&header)]).unwrap();
    assert_eq!(results.len(), 1);
    results.remove(0)
}

/// Decodes a result with decoders that are independent of the code under test. Returns size, number of channels, and interleaved pixels.
pub(super) fn look(bytes: &[u8]) -> (Size, usize, Vec<u8>) {
    if bytes.starts_with(b"\xFF\xD8") {
        use zune_jpeg::zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions};
        let options = DecoderOptions::default().set_max_width(65_535).set_max_height(65_535);
        let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
        decoder.decode_headers().unwrap();
        if decoder.input_colorspace() == Some(ColorSpace::Luma) {
            decoder.set_options(options.jpeg_set_out_colorspace(ColorSpace::Luma));
        }
        let pixels = decoder.decode().unwrap();
        let info = decoder.info().unwrap();
        let (width, height) = (u32::from(info.width), u32::from(info.height));
        let channels = pixels.len() / (width * height) as usize;
        (size(width, height), channels, pixels)
    } else {
        let picture = image::load_from_memory_with_format(bytes, image::ImageFormat::Png).unwrap();
        let channels = usize::from(picture.color().channel_count());
        (size(picture.width(), picture.height()), channels, picture.into_bytes())
    }
}

/// Returns one pixel.
pub(super) fn pixel(found: &(Size, usize, Vec<u8>), x: u32, y: u32) -> &[u8] {
    let (size, channels, pixels) = found;
    &pixels[(y * size.width + x) as usize * channels..][..*channels]
}

/// Whether two colours differ only by coding errors.
pub(super) fn near(a: &[u8], b: &[u8], tolerance: u8) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.abs_diff(*b) <= tolerance)
}
