//! What all pages share: style sheet, scripts and icon, each named after its content.

use super::File;
use crate::cache::Digest;
use crate::plan::OutputPath;
use crate::source::SitePath;

/// The style sheet: one file for the whole site, so that the second page finds it in the browser's cache.
const STYLE: &str = concat!(
    include_str!("../../../templates/assets/css/base.css"),
    include_str!("../../../templates/assets/css/index.css"),
    include_str!("../../../templates/assets/css/gallery.css"),
    include_str!("../../../templates/assets/css/pictures.css"),
    include_str!("../../../templates/assets/css/words.css"),
    include_str!("../../../templates/assets/css/lightbox.css"),
    include_str!("../../../templates/assets/css/unlock.css"),
    include_str!("../../../templates/assets/css/preferences.css"),
);

/// The style sheet of the theme `light`.
const LIGHT: &str = include_str!("../../../templates/assets/css/light.css");

/// The script that runs before anything is painted.
const EARLY: &str = include_str!("../../../templates/assets/js/early.js");

/// The script that runs once the page is there.
const SCRIPT: &str = concat!(
    include_str!("../../../templates/assets/js/scheme.js"),
    include_str!("../../../templates/assets/js/video.js"),
    include_str!("../../../templates/assets/js/panorama.js"),
    include_str!("../../../templates/assets/js/lightbox.js"),
);

/// The script of pages that ask for a password.
const UNLOCK: &str = include_str!("../../../templates/assets/js/unlock.js");

const ICON: &str = include_str!("../../../templates/assets/icon.svg");

/// The shared files.
#[derive(Debug, Clone)]
pub(super) struct Assets {
    /// Style sheet.
    pub(super) style: File,
    /// Style sheet of light pages.
    pub(super) light: File,
    /// Script for the head, blocking.
    pub(super) early: File,
    /// Script, deferred.
    pub(super) script: File,
    /// Script that opens protected pages, deferred.
    pub(super) unlock: File,
    /// Icon of the site.
    pub(super) icon: File,
}

impl Assets {
    /// As they were compiled in.
    pub(super) fn new() -> Self {
        Self {
            style: file("exposure", "css", STYLE),
            light: file("light", "css", LIGHT),
            early: file("early", "js", EARLY),
            script: file("exposure", "js", SCRIPT),
            unlock: file("unlock", "js", UNLOCK),
            icon: file("icon", "svg", ICON),
        }
    }

    /// All that a site needs, which may have protected pages and light ones.
    pub(super) fn into_files(self, has_protected: bool, has_light: bool) -> Vec<File> {
        let unlock = has_protected.then_some(self.unlock);
        let light = has_light.then_some(self.light);
        [self.style, self.early, self.script, self.icon].into_iter().chain(unlock).chain(light).collect()
    }
}

fn file(stem: &str, extension: &str, text: &str) -> File {
    let name = format!("{stem}-{}.{extension}", Digest::of(text.as_bytes()).short());
    File { path: OutputPath::new(&SitePath::root().child("assets"), &name), bytes: text.as_bytes().to_vec() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Length after compression at the level that web servers use by default.
    fn gzipped(text: &str) -> usize {
        use std::io::Write;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
        encoder.write_all(text.as_bytes()).expect("into memory");
        encoder.finish().expect("into memory").len()
    }

    #[test]
    fn scripts_stay_within_twelve_kibibytes() {
        let length = gzipped(EARLY) + gzipped(SCRIPT) + gzipped(UNLOCK);
        assert!(length <= 12 * 1024, "{length} bytes");
    }

    #[test]
    fn the_style_sheet_stays_within_its_share_of_ten_kibibytes() {
        // What is left is for the page's own sheet.
        let length = gzipped(STYLE);
        assert!(length <= 8 * 1024, "{length} bytes");
    }

    #[test]
    fn the_style_sheet_of_light_pages_stays_within_two_kibibytes() {
        let length = gzipped(LIGHT);
        assert!(length <= 2 * 1024, "{length} bytes");
    }

    #[test]
    fn nothing_is_fetched_from_elsewhere() {
        for text in [STYLE, LIGHT, EARLY, SCRIPT, &UNLOCK.replace("http://www.w3.org/2000/svg", "")] {
            assert!(!text.contains("://") && !text.contains("data:") && !text.contains("@import"));
        }
    }
}
