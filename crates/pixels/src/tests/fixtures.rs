//! Formats without an encoder here, tested with small files of `tests/fixtures`.

use super::make::*;
use crate::base::format::Format;
use crate::base::recipe::{Encode, Encoding, Recipe};
use crate::open::header::read_header;
use crate::{leaks, read_about, render};

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .filter(|(name, _)| !name.ends_with(".md"))
        .collect();
    files.sort();
    files
}

fn try_to_render(bytes: &[u8]) {
    let _ = (read_about(bytes), leaks(bytes));
    if let Ok(header) = read_header(bytes) {
        let target = header.display();
        let png = Encode { encoding: Encoding::Png, ..recipe(&header, target) };
        let _ = render(bytes, &header, &[Recipe::Encode(png), placeholder(header.orientation)]);
    }
}

#[test]
fn headers_tell_size_transparency_and_time() {
    let file = |name: &str| fixtures().into_iter().find(|(found, _)| found == name).unwrap().1;
    let header = |name: &str| read_header(&file(name)).unwrap();
    let time = |name: &str| read_about(&file(name)).captured.unwrap().time.to_string();
    let turned = header("turned.heic");
    assert_eq!((turned.format, turned.display(), turned.alpha), (Format::Heic, size(64, 96), false));
    assert_eq!(time("turned.heic"), "2024-05-17T18:03:59");
    let turned = header("turned.jxl");
    assert_eq!((turned.format, turned.display(), turned.alpha), (Format::Jxl, size(64, 96), false));
    assert_eq!(time("turned.jxl"), "2024-05-17T18:03:59");
    assert!(header("alpha.heic").alpha && header("alpha.jxl").alpha);
    assert!(header("animated.jxl").animated && !header("lossy.jxl").animated);
    assert_eq!(header("grid.heic").display(), size(100, 120));
}

#[test]
fn fixtures_cut_anywhere_or_changed_anywhere_never_panic() {
    for (name, bytes) in fixtures() {
        assert!(read_header(&bytes).is_ok(), "{name}");
        for length in (0..bytes.len()).step_by(23) {
            try_to_render(&bytes[..length]);
        }
        for at in (0..bytes.len()).step_by(17) {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (at % 8);
            try_to_render(&changed);
        }
    }
}
