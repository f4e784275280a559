//! Blocks of metadata in places that few programs read, and blocks that would be too large if all of them were unpacked.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jpeg::Orientation;
use jpeg_encoder::SamplingFactor as Sampling;

use super::make::*;
use crate::base::recipe::{Encode, Metadata, Recipe};
use crate::metadata::carriers::{Block, Depth};
use crate::open::carriers::blocks;
use crate::{LeakKind, leaks, read_about};

const NAME: &[u8; 32] = b"0123456789ABCDEF0123456789ABCDEF";

fn packet(properties: &str) -> String {
    format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:exif='http://ns.adobe.com/exif/1.0/' \
         xmlns:xmpNote='http://ns.adobe.com/xmp/note/'>{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
}

fn segment(payload: &[u8]) -> Vec<u8> {
    [&[0xFF, 0xE1][..], &(payload.len() as u16 + 2).to_be_bytes(), payload].concat()
}

/// Returns a JPEG with a packet that continues in another, whose second part comes first.
fn with_more(first: &str, name: &[u8; 32], more: &str) -> Vec<u8> {
    let plain = jpeg(size(40, 30), Orientation::UPRIGHT, Sampling::F_2_2, slopes);
    let part = |at: usize, part: &str| {
        let numbers = [more.len() as u32, at as u32].map(u32::to_be_bytes).concat();
        segment(&[b"http://ns.adobe.com/xmp/extension/\0", &name[..], &numbers, part.as_bytes()].concat())
    };
    let (a, b) = more.split_at(more.len() / 2);
    let first = segment(&[b"http://ns.adobe.com/xap/1.0/\0", first.as_bytes()].concat());
    [&plain[..2], &first, &part(a.len(), b), &part(0, a), &plain[2..]].concat()
}

#[test]
fn what_did_not_fit_into_one_packet_is_read_from_the_next() {
    let has_more = format!(
        "<xmpNote:HasExtendedXMP>{}</xmpNote:HasExtendedXMP><dc:title>First</dc:title>",
        String::from_utf8_lossy(NAME)
    );
    let more = packet(
        "<dc:title>Second</dc:title><dc:description>A sea</dc:description><dc:rights>CREDIT</dc:rights>\
         <exif:GPSLatitude>48,51.5N</exif:GPSLatitude>",
    );
    let bytes = with_more(&packet(&has_more), NAME, &more);
    let about = read_about(&bytes);
    assert_eq!(about.title.any(), Some("First"));
    assert_eq!(about.caption.any(), Some("A sea"));
    assert_eq!(about.credit.copyright.any(), Some("CREDIT"));
    let found = leaks(&bytes).unwrap();
    assert!(found.iter().any(|leak| leak.kind == LeakKind::Location && leak.value == "48,51.5N"), "{found:?}");
    for metadata in [Metadata::Credit, Metadata::AllButLocation] {
        let encode = |header: &_| Recipe::Encode(Encode { metadata, ..recipe(header, size(20, 15)) });
        let result = rendered(&bytes, encode);
        assert_eq!(read_about(&result).credit.copyright.any(), Some("CREDIT"));
        assert!(leaks(&result).unwrap().is_empty());
    }
}

#[test]
fn a_packet_that_belonged_to_another_is_not_heeded() {
    let more = packet("<dc:description>Left behind</dc:description>");
    let bytes = with_more(&packet("<dc:title>New</dc:title>"), NAME, &more);
    let about = read_about(&bytes);
    assert_eq!((about.title.any(), about.caption.any()), (Some("New"), None));
}

#[test]
fn a_further_packet_that_cannot_be_read_costs_nothing() {
    let has_more = format!("<xmpNote:HasExtendedXMP>{}</xmpNote:HasExtendedXMP>", String::from_utf8_lossy(NAME));
    let about = read_about(&with_more(&packet(&has_more), NAME, "no packet"));
    assert_eq!((about.caption.any(), about.unread), (None, None));
}

fn iso_box(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
}

/// Returns bytes in Brotli's uncompressed form (RFC 7932, 9.2): a window of 16 bits, a block, and an empty last one.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let head = (bytes.len() as u32 - 1) << 4 | 1 << 20;
    [&head.to_le_bytes()[..3], bytes, &[3]].concat()
}

#[test]
fn packed_boxes_of_jpeg_xl_are_unpacked() {
    let block = super::secret_files::exif_with_secrets(Orientation::UPRIGHT, true);
    let exif = [&[0; 4], &block[..]].concat();
    let xmp = packet("<dc:description>A sea</dc:description><exif:GPSLatitude>48,51.5N</exif:GPSLatitude>");
    let bytes = [
        &b"\0\0\0\x0CJXL \r\n\x87\n"[..],
        &iso_box(b"brob", &[b"Exif", &brotli(&exif)[..]].concat()),
        &iso_box(b"brob", &[b"xml ", &brotli(xmp.as_bytes())[..]].concat()),
        &iso_box(b"brob", b"jbrd"),
        &iso_box(b"brob", b"Exif\xFF\xFF"),
    ]
    .concat();
    let about = read_about(&bytes);
    assert_eq!(about.caption.any(), Some("A sea"));
    assert_eq!(about.captured.unwrap().time.to_string(), "2024-05-17T18:03:59.25");
    let found = leaks(&bytes).unwrap();
    for value in ["48,51.5N", "SECRET body"] {
        assert!(found.iter().any(|leak| leak.value == value), "{found:?}");
    }
}

#[test]
fn what_is_packed_unpacks_to_so_much_and_no_more() {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&vec![b'a'; 3 << 20]).unwrap();
    let data = [b"Comment\0\0", &packer.finish().unwrap()[..]].concat();
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    for _ in 0..20 {
        bytes.extend([&(data.len() as u32).to_be_bytes()[..], b"zTXt", &data, &[0; 4]].concat());
    }
    assert!(bytes.len() < 100_000);
    assert_eq!(blocks(&bytes, Depth::All).unwrap().len(), 3);
}

#[test]
fn items_that_lie_over_each_other_are_read_a_few_times_and_no_more() {
    const COUNT: u16 = 1000;
    let entries = |item: &dyn Fn(u16) -> Vec<u8>| (1..=COUNT).flat_map(item).collect::<Vec<u8>>();
    let info = |id: u16| {
        iso_box(b"infe", &[&[2, 0, 0, 0][..], &id.to_be_bytes(), &[0, 0], b"mime\0application/rdf+xml\0"].concat())
    };
    let info = [&[0; 4][..], &COUNT.to_be_bytes(), &entries(&info)].concat();
    // Each begins at the first byte and has no length, which means that it extends to the end.
    let place = |id: u16| [&id.to_be_bytes()[..], &[0, 0], &[0, 1], &[0; 8]].concat();
    let places = [&[0, 0, 0, 0, 0x44, 0][..], &COUNT.to_be_bytes(), &entries(&place)].concat();
    let meta = [&[0; 4][..], &iso_box(b"iinf", &info), &iso_box(b"iloc", &places)].concat();
    let bytes = [iso_box(b"ftyp", b"heic\0\0\0\0"), iso_box(b"meta", &meta)].concat();
    let found = blocks(&bytes, Depth::All).unwrap();
    assert!(found.iter().all(|block| matches!(block, Block::Xmp(_))));
    assert_eq!(found.len(), 4);
}
