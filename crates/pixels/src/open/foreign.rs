//! Known formats of photographers that are not supported: their names, and advice.

use crate::base::foreign::Foreign;
use crate::formats::heif::brand::Brand;

const AVIF: Foreign =
    Foreign { name: "AVIF", help: "convert the picture, for example with `avifdec photo.avif photo.png`" };
const VIDEO: Foreign = Foreign { name: "a video", help: "add `type: video`, beside `name`" };
const SVG: Foreign = Foreign { name: "SVG", help: "export the drawing as PNG from your drawing program" };
const WEB_PAGE: Foreign = Foreign {
    name: "a web page",
    help: "a server may have sent it in the picture's place: download the picture again",
};
const JPEG_2000: Foreign = Foreign {
    name: "JPEG 2000",
    help: "convert the picture, for example with `opj_decompress -i photo.jp2 -o photo.png`",
};
const OLD_RAW: &str = "export the photo as JPEG from your RAW program";
const LAYERS: &str = "export the picture as TIFF, PNG or JPEG from its program";
const CONVERT: &str = "save the picture as JPEG, PNG, WebP or TIFF";

/// First bytes of files.
const MAGICS: [(&[u8], Foreign); 19] = [
    (b"\0\0\0\x0CjP  ", JPEG_2000),
    (b"\xFF\x4F\xFF\x51", JPEG_2000),
    (b"II\xBC", Foreign { name: "JPEG XR", help: CONVERT }),
    (b"FOVb", Foreign { name: "camera RAW, X3F", help: OLD_RAW }),
    (b"II\x1A\0\0\0HEAPCCDR", Foreign { name: "camera RAW, CRW", help: OLD_RAW }),
    (b"\0MRM", Foreign { name: "camera RAW, MRW", help: OLD_RAW }),
    (b"8BPS", Foreign { name: "Photoshop", help: LAYERS }),
    (b"gimp xcf", Foreign { name: "GIMP", help: LAYERS }),
    (b"%PDF", Foreign { name: "PDF", help: LAYERS }),
    (b"%!PS", Foreign { name: "PostScript", help: LAYERS }),
    (b"\x76\x2F\x31\x01", Foreign { name: "OpenEXR", help: LAYERS }),
    (b"#?RADIANCE", Foreign { name: "Radiance HDR", help: LAYERS }),
    (b"\0\0\x01\0", Foreign { name: "an icon", help: CONVERT }),
    (b"\x1A\x45\xDF\xA3", VIDEO),
    (b"\0\0\x01\xBA", VIDEO),
    (b"\0\0\x01\xB3", VIDEO),
    (b"FLV\x01", VIDEO),
    (b"OggS", VIDEO),
    (b"PK\x03\x04", Foreign { name: "an archive", help: "unpack it, and name the pictures that are in it" }),
];

/// Returns the format of a file that is not a picture of a supported format.
pub(super) fn foreign(bytes: &[u8]) -> Option<Foreign> {
    match Brand::of(bytes) {
        Some(Brand::Avif) => return Some(AVIF),
        Some(Brand::Other) => return Some(VIDEO),
        Some(Brand::Heic) | None => {}
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"AVI ") {
        return Some(VIDEO);
    }
    let known = MAGICS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, foreign)| *foreign);
    known.or_else(|| of_markup(bytes))
}

/// Returns the format of text in angle brackets, by one of its first tags.
fn of_markup(bytes: &[u8]) -> Option<Foreign> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head = text.get(..text.len().min(1024))?.to_ascii_lowercase();
    let has = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
    match () {
        () if head.first() != Some(&b'<') => None,
        () if has(b"<html") || has(b"<!doctype html") => Some(WEB_PAGE),
        () if has(b"<svg") => Some(SVG),
        () => None,
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_told_by_its_tags() {
        let name = |text: &str| foreign(text.as_bytes()).map(|foreign| foreign.name);
        assert_eq!(name("\u{FEFF}<?xml version='1.0'?>\n<!-- drawn -->\n<svg xmlns='x'>"), Some("SVG"));
        assert_eq!(name("\n <!DOCTYPE HTML><title>404</title>"), Some("a web page"));
        assert_eq!(name("<note/>"), None);
        assert_eq!(name("a photo of a <svg> file"), None);
        assert_eq!(name(""), None);
    }
}
