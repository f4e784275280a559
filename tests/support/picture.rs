//! Pictures that tests can recognise.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

use super::Metadata;

/// A generated picture, with its metadata.
#[derive(Clone)]
pub struct Picture {
    pixels: RgbImage,
    orientation: u8,
    location: bool,
    profile: Option<Vec<u8>>,
    segments: Vec<(u8, Vec<u8>)>,
    comment: Option<String>,
}

/// Red, green, blue and gray-white quarters, with a little texture so that no two sizes compress alike.
pub fn quadrants(width: u32, height: u32) -> Picture {
    seeded(width, height, 0)
}

/// The same with another texture: a different photo of the same scene.
pub fn seeded(width: u32, height: u32, seed: u32) -> Picture {
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        let base = match (x * 2 < width, y * 2 < height) {
            (true, true) => [200, 30, 30],
            (false, true) => [30, 180, 30],
            (true, false) => [30, 30, 200],
            (false, false) => [220, 220, 220],
        };
        let noise = ((x ^ y ^ seed.wrapping_mul(0x9E37_79B9)).wrapping_mul(2_654_435_761) >> 28) as u8;
        Rgb(base.map(|channel: u8| channel.saturating_add(noise)))
    });
    Picture { pixels, orientation: 1, location: false, profile: None, segments: Vec::new(), comment: None }
}

impl Picture {
    /// Sets the Exif orientation; the pixels stay as they are.
    pub fn orientation(self, orientation: u8) -> Self {
        Self { orientation, ..self }
    }

    /// Returns the pixels turned upright.
    pub fn upright(&self) -> RgbImage {
        let mut seen = DynamicImage::from(self.pixels.clone());
        seen.apply_orientation(image::metadata::Orientation::from_exif(self.orientation).expect("1 to 8"));
        seen.into_rgb8()
    }

    /// Adds a GPS position to the Exif block.
    pub fn located(self) -> Self {
        Self { location: true, ..self }
    }

    /// Adds a colour profile, for a JPEG.
    pub fn profile(self, profile: Vec<u8>) -> Self {
        Self { profile: Some(profile), ..self }
    }

    /// Adds a packet of XMP with these elements in its description, for a JPEG.
    pub fn xmp(self, elements: &str) -> Self {
        let packet = format!(
            "http://ns.adobe.com/xap/1.0/\0<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
             <rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' \
             xmlns:cc='http://creativecommons.org/ns#' xmlns:aux='http://ns.adobe.com/exif/1.0/aux/' \
             xmlns:iptc='http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/' \
             xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'>{elements}</rdf:Description></rdf:RDF>"
        );
        self.segment(1, packet.as_bytes())
    }

    /// Adds an Exif block with this time, like `2020:05:01 10:00:00`, for a JPEG.
    pub fn taken(self, time: &str) -> Self {
        let mut block = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x32\x01\x02\0\x14\0\0\0\x1a\0\0\0\0\0\0\0".to_vec();
        block.extend(time.as_bytes());
        block.push(0);
        self.segment(1, &block)
    }

    /// Adds a block of metadata, for a JPEG.
    pub fn metadata(self, metadata: Metadata) -> Self {
        let (number, payload) = metadata.segment();
        self.segment(number, &payload)
    }

    /// Adds a comment to a JPEG, or a description to a PNG.
    pub fn comment(self, comment: &str) -> Self {
        Self { comment: Some(comment.to_owned()), ..self }
    }

    /// Adds an application segment, for a JPEG.
    pub fn segment(mut self, number: u8, payload: &[u8]) -> Self {
        self.segments.push((number, payload.to_vec()));
        self
    }

    /// Returns a file of the format with this extension.
    pub fn encode(&self, extension: &str) -> Vec<u8> {
        match extension.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" => self.jpeg(),
            "dng" => self.raw(),
            extension => {
                let format = ImageFormat::from_extension(extension).expect("a known extension");
                let mut bytes = Cursor::new(Vec::new());
                DynamicImage::from(self.pixels.clone()).write_to(&mut bytes, format).expect("encodable");
                let mut bytes = bytes.into_inner();
                if let (ImageFormat::Png, Some(comment)) = (format, &self.comment) {
                    let chunk = [b"tEXtDescription\0", comment.as_bytes()].concat();
                    let mut sum = flate2::Crc::new();
                    sum.update(&chunk);
                    let length = (chunk.len() as u32 - 4).to_be_bytes();
                    // After the signature and the header.
                    bytes.splice(33..33, [&length[..], &chunk, &sum.sum().to_be_bytes()].concat());
                }
                bytes
            }
        }
    }

    fn jpeg(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 92);
        if self.orientation != 1 || self.location {
            let mut block = b"Exif\0\0".to_vec();
            block.extend(self.exif());
            encoder.add_app_segment(1, block).expect("a short segment");
        }
        if let Some(profile) = &self.profile {
            encoder.add_icc_profile(profile).expect("a short profile");
        }
        for (number, payload) in &self.segments {
            encoder.add_app_segment(*number, payload.clone()).expect("a short segment");
        }
        let (width, height) = self.pixels.dimensions();
        let side = |side: u32| u16::try_from(side).expect("a JPEG's side");
        encoder
            .encode(self.pixels.as_raw(), side(width), side(height), jpeg_encoder::ColorType::Rgb)
            .expect("encodable");
        if let Some(comment) = &self.comment {
            let length = (comment.len() as u16 + 2).to_be_bytes();
            bytes.splice(2..2, [&[0xFF, 0xFE][..], &length, comment.as_bytes()].concat());
        }
        bytes
    }

    /// Returns a RAW file with the preview alone, a strip in a subdirectory of the first.
    fn raw(&self) -> Vec<u8> {
        let preview = Self { orientation: 1, location: false, ..self.clone() }.jpeg();
        let long = |tag: u16, kind: u16, count: u32, value: u32| {
            [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
        };
        let first = [long(0x0112, 3, 1, self.orientation.into()), long(0x014A, 4, 1, 50), long(0xC612, 1, 4, 0x0401)];
        let inside = [long(0x0103, 3, 1, 7), long(0x0111, 4, 1, 92), long(0x0117, 4, 1, preview.len() as u32)];
        let mut raw = b"II*\0\x08\0\0\0".to_vec();
        for rows in [first, inside] {
            raw.extend(3u16.to_le_bytes());
            raw.extend(rows.concat());
            raw.extend([0; 4]);
        }
        assert_eq!(raw.len(), 92);
        raw.extend(preview);
        raw
    }

    /// Returns a little-endian TIFF structure: orientation, and optionally a GPS directory with a latitude.
    fn exif(&self) -> Vec<u8> {
        let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
            let mut entry = Vec::new();
            entry.extend(tag.to_le_bytes());
            entry.extend(kind.to_le_bytes());
            entry.extend(count.to_le_bytes());
            entry.extend(value);
            entry
        };
        let mut exif = b"II*\0\x08\0\0\0".to_vec();
        let entries = 1 + u16::from(self.location);
        exif.extend(entries.to_le_bytes());
        exif.extend(entry(0x0112, 3, 1, [self.orientation, 0, 0, 0]));
        if self.location {
            exif.extend(entry(0x8825, 4, 1, 38u32.to_le_bytes()));
        }
        exif.extend([0; 4]);
        if self.location {
            assert_eq!(exif.len(), 38);
            exif.extend(2u16.to_le_bytes());
            exif.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
            exif.extend(entry(0x0002, 5, 3, 68u32.to_le_bytes()));
            exif.extend([0; 4]);
            for part in [48u32, 51, 29] {
                exif.extend(part.to_le_bytes());
                exif.extend(1u32.to_le_bytes());
            }
        }
        exif
    }
}

/// Returns the colour of a quarter of a decoded picture, by name: "red", "green", "blue", "white".
pub fn quarter(picture: &RgbImage, right: bool, bottom: bool) -> &'static str {
    let (width, height) = picture.dimensions();
    let at = |side: u32, far: bool| if far { side * 3 / 4 } else { side / 4 };
    let Rgb([r, g, b]) = *picture.get_pixel(at(width, right), at(height, bottom));
    match (r > 128, g > 128, b > 128) {
        (true, false, false) => "red",
        (false, true, false) => "green",
        (false, false, true) => "blue",
        (true, true, true) => "white",
        _ => "something else",
    }
}
