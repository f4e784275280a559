use std::io::Cursor;

use super::*;
use crate::leaks;

const MIB: usize = 1 << 20;

/// Returns a block of Exif with a location: 48.5 north.
fn exif() -> Vec<u8> {
    let mut block = b"MM\0\x2A\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0".to_vec();
    block.extend(b"\0\x02\0\x01\0\x02\0\0\0\x02N\0\0\0\0\x02\0\x05\0\0\0\x03\0\0\0\x38\0\0\0\0");
    for number in [48_u32, 1, 30, 1, 0, 1] {
        block.extend(number.to_be_bytes());
    }
    block
}

fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
    let len = u16::try_from(payload.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, marker], &len[..], payload].concat()
}

fn jpeg(pixels: &[u8], behind: &[u8]) -> Vec<u8> {
    let exif = segment(0xE1, &[b"Exif\0\0", &exif()[..]].concat());
    [&[0xFF, 0xD8][..], &exif, &segment(0xDA, b"scan"), pixels, b"\xFF\xD9", behind].concat()
}

fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32).to_be_bytes()[..], name, data, b"sum."].concat()
}

fn riff(name: &[u8], data: &[u8]) -> Vec<u8> {
    [name, &(data.len() as u32).to_le_bytes(), data].concat()
}

fn iso(kind: &[u8], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32 + 8).to_be_bytes()[..], kind, data].concat()
}

#[test]
fn without_pixels_a_file_tells_the_same() {
    let pixels = b"\x11\xFF\0\x22\xFF\xD0\x33".repeat(MIB / 7 + 1);
    let place = b"\0\0\0\x2Amoov\0\0\0\x22udta\0\0\0\x1A\xA9xyz\0\x0E\x15\xC7+48.85+002.29/";
    let png = [SIGNATURE, &chunk(b"IDAT", &pixels)[..], &chunk(b"eXIf", &exif()), &chunk(b"IEND", b"")].concat();
    let chunks = [riff(b"VP8 ", &pixels[..MIB]), riff(b"EXIF", &exif())].concat();
    let webp = [b"RIFF", &(chunks.len() as u32 + 4).to_le_bytes()[..], b"WEBP", &chunks].concat();
    let film = [&iso(b"ftyp", b"mp42")[..], &iso(b"mdat", &pixels), place].concat();
    let jxl =
        [&iso(b"JXL ", b"\r\n\x87\n")[..], &iso(b"jxlc", &pixels), &iso(b"Exif", &[&[0; 4], &exif()[..]].concat())];
    for file in [
        jpeg(&pixels, b""),
        jpeg(&pixels, &jpeg(b"", b"")),
        jpeg(&pixels, &[b"padding", &film[..]].concat()),
        jpeg(&pixels, b"")[..MIB].to_vec(),
        png,
        webp,
        film,
        jxl.concat(),
    ] {
        assert!(carries_metadata(&file[..HEAD]));
        let found = leaks(&file).expect("a kind that is known");
        assert!(!found.is_empty(), "{:?}", &file[..HEAD]);
        let excerpt = excerpt(Cursor::new(&file), 2 * MIB as u64).expect("read").expect("it can be cut");
        assert!(excerpt.len() < file.len() / 2 || file.windows(4).filter(|four| four == b"mdat").count() > 0);
        assert_eq!(leaks(&excerpt), Some(found));
    }
}

#[test]
fn nothing_is_kept_beyond_the_limit() {
    let long = jpeg(b"", &vec![1; MIB]);
    let kept = excerpt(Cursor::new(&long), 1000).expect("read").expect("it can be cut");
    assert!((990..=1010).contains(&kept.len()), "{}", kept.len());
    let film = [iso(b"ftyp", b"mp42"), iso(b"moov", &vec![0; MIB])].concat();
    assert_eq!(excerpt(Cursor::new(&film), 1000).expect("read").expect("it can be cut").len(), 1000);
}

#[test]
fn what_is_found_by_its_place_is_not_cut() {
    for whole in [b"II\x2A\0\x08\0\0\0\0\0".to_vec(), b"GIF89a".to_vec(), b"FUJIFILMCCD-RAW 0201".to_vec()] {
        assert!(carries_metadata(&whole[..whole.len().min(HEAD)]));
        assert_eq!(excerpt(Cursor::new(&whole), 1000).expect("read"), None);
    }
    let heic = [iso(b"ftyp", b"heic"), iso(b"meta", b"items"), iso(b"mdat", b"x")].concat();
    assert_eq!(excerpt(Cursor::new(&heic), 1000).expect("read"), None);
}

#[test]
fn other_files_carry_nothing() {
    for other in [&b"# Title"[..], b"", b"MM", b"body { color: red }", b"%PDF-1.7 abcdefgh", b"\0\0\0\0\0\0\0\0"] {
        assert!(!carries_metadata(other), "{other:?}");
        assert_eq!(leaks(other), None);
        assert_eq!(excerpt(Cursor::new(other), 1000).expect("read"), Some(Vec::new()));
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read(mut bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300), kind in 0_usize..5) {
        let head: &[u8] = [&b"\xFF\xD8\xFF\xE1"[..], SIGNATURE, b"RIFF....WEBP", b"\0\0\0\x08ftyp", b""][kind];
        bytes.splice(0..0, head.iter().copied());
        let _ = excerpt(Cursor::new(&bytes), 200);
    }
}
