//! Tests of style sheets and scripts.

use super::assets::{EARLY, UNLOCK};
use super::themes::templates;
use crate::source::Theme;

/// Returns the length in bytes after compression at the usual default level of web servers.
fn gzipped(text: &str) -> usize {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(text.as_bytes()).expect("into memory");
    encoder.finish().expect("into memory").len()
}

#[test]
fn scripts_stay_within_twelve_kibibytes() {
    let length = gzipped(EARLY) + gzipped(templates(Theme::Exposure).script) + gzipped(UNLOCK);
    assert!(length <= 12 * 1024, "{length} bytes");
}

#[test]
fn the_style_sheet_stays_within_its_share_of_ten_kibibytes() {
    // The rest is for the page's own style sheet.
    let length = gzipped(templates(Theme::Exposure).style);
    assert!(length <= 8 * 1024, "{length} bytes");
}

#[test]
fn the_style_sheet_of_light_pages_stays_within_two_kibibytes() {
    let length = gzipped(templates(Theme::Light).style);
    assert!(length <= 2 * 1024, "{length} bytes");
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    let themes = Theme::ALL.map(templates).into_iter().flat_map(|theme| [theme.style, theme.script]);
    for text in themes.chain([EARLY, &UNLOCK.replace("http://www.w3.org/2000/svg", "")]) {
        assert!(!text.contains("://") && !text.contains("data:") && !text.contains("@import"));
    }
}
