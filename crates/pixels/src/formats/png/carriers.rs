//! Metadata of PNG: chunks of Exif and texts, and the texts in which ImageMagick stores data for which PNG once had no chunk.

use std::io::Read;

use flate2::read::ZlibDecoder;
use jpeg::markers::{RESOURCES, XMP as XMP_IN_JPEG};

use super::chunks::{SIGNATURE, chunks};
use crate::metadata::carriers::{Block, Depth, MOST_UNPACKED, of_resources};
use crate::metadata::text::{clean, decode_latin};

/// Name of the text that contains a packet of XMP.
pub(crate) const XMP: &[u8] = b"XML:com.adobe.xmp";
/// Prefix of the names of ImageMagick's texts.
const RAW_PROFILE: &str = "Raw profile type ";

/// Finds the blocks of metadata.
pub(crate) fn blocks<'a>(bytes: &'a [u8], _: Depth, found: &mut Vec<Block<'a>>) -> bool {
    if !(bytes.starts_with(SIGNATURE)) {
        return false;
    }
    let mut left = MOST_UNPACKED;
    for chunk in chunks(bytes) {
        if &chunk.name == b"eXIf" {
            found.push(Block::Exif(chunk.data.strip_prefix(b"Exif\0\0").unwrap_or(chunk.data).into()));
            continue;
        }
        let mut parts = chunk.data.splitn(2, |byte| *byte == 0);
        let (name, Some(rest)) = (parts.next().unwrap_or_default(), parts.next()) else { continue };
        match &chunk.name {
            b"tEXt" => text(name, decode_latin(rest), found),
            b"zTXt" => {
                if let Some(unpacked) = rest.get(1..).and_then(|data| unpacked(data, &mut left)) {
                    text(name, decode_latin(&unpacked), found);
                }
            }
            b"iTXt" => international(name, rest, &mut left, found),
            _ => {}
        }
    }
    true
}

/// Reads an international text: two flags for compression, language, translated name, text.
fn international<'a>(name: &[u8], rest: &'a [u8], left: &mut u64, found: &mut Vec<Block<'a>>) {
    let &[is_packed, _, ref rest @ ..] = rest else { return };
    let Some(body) = rest.splitn(3, |byte| *byte == 0).nth(2) else { return };
    if is_packed == 0 {
        match name == XMP {
            true => found.push(Block::Xmp(body.into())),
            false => text(name, String::from_utf8_lossy(body).into_owned(), found),
        }
    } else if let Some(unpacked) = unpacked(body, left) {
        match name == XMP {
            true => found.push(Block::Xmp(unpacked.into())),
            false => text(name, String::from_utf8_lossy(&unpacked).into_owned(), found),
        }
    }
}

fn text<'a>(name: &[u8], text: String, found: &mut Vec<Block<'a>>) {
    let name = decode_latin(name);
    let Some(kind) = name.strip_prefix(RAW_PROFILE) else {
        found.extend(clean(&text).map(|text| Block::Text(name, text)));
        return;
    };
    let Some(profile) = raw_profile(&text) else { return };
    match kind {
        "exif" | "APP1" | "xmp" => match profile.strip_prefix(XMP_IN_JPEG) {
            Some(packet) => found.push(Block::Xmp(packet.to_vec().into())),
            None if profile.starts_with(b"<") => found.push(Block::Xmp(profile.into())),
            None => {
                let block = profile.strip_prefix(b"Exif\0\0").map(<[u8]>::to_vec);
                found.push(Block::Exif(block.unwrap_or(profile).into()));
            }
        },
        "iptc" | "8bim" => {
            let resources = profile.strip_prefix(RESOURCES).map(<[u8]>::to_vec).unwrap_or(profile);
            match resources.first() {
                Some(0x1C) => found.push(Block::Iptc(resources.into())),
                _ => found.extend(of_resources(resources.into())),
            }
        }
        _ => {}
    }
}

/// Decodes a raw profile: name, length, and bytes as pairs of hexadecimal digits.
fn raw_profile(text: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.trim_start().split_once('\n')?;
    let (_, digits) = rest.trim_start().split_once('\n')?;
    let digits: Vec<u8> = digits.chars().filter_map(|c| c.to_digit(16)).map(|digit| digit as u8).collect();
    Some(digits.as_chunks().0.iter().map(|[high, low]| high << 4 | low).collect())
}

/// Unpacks at most `left` bytes, and subtracts the result's length from `left`.
fn unpacked(data: &[u8], left: &mut u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    // Data that is damaged at its end is used as far as possible.
    let _ = ZlibDecoder::new(data).take(*left).read_to_end(&mut bytes);
    *left -= bytes.len() as u64;
    (!bytes.is_empty()).then_some(bytes)
}
