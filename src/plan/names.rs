//! Names of output files.

use super::output_path::OutputPath;
use crate::cache::{Digest, Key};
use crate::source::SitePath;
use pixels::{Encode, Format, Recipe, Requantize, Size};

/// Limit for the part of a source's name that is kept, in bytes. With key, size and extension, the name stays well below the 255 bytes that
/// file systems allow.
const LONGEST_STEM: usize = 120;

/// The part of a name that all renditions of one source share.
pub(super) struct SourceName {
    folder: SitePath,
    stem: String,
}

impl SourceName {
    pub(super) fn of(source: &SitePath) -> Self {
        Self { folder: source.parent().unwrap_or_default(), stem: stem(source) }
    }

    /// Returns the path of a rendition: `holiday/IMG_1.jpg` → `holiday/IMG_1-0123456789ab-960x640.jpg`.
    pub(super) fn rendition(&self, key: Key, size: Size, extension: &str) -> OutputPath {
        let name = format!("{}-{}-{}x{}.{extension}", self.stem, key.short(), size.width, size.height);
        OutputPath::new(&self.folder, &name)
    }

    /// Returns the path of the file that `recipe` makes from a picture in `format`; `None` for a survey, which is not published.
    pub(super) fn of_recipe(&self, key: Key, recipe: &Recipe, size: Size, format: Format) -> Option<OutputPath> {
        let extension = match recipe {
            Recipe::Survey { .. } => return None,
            Recipe::Encode(Encode { encoding, .. }) | Recipe::Requantize(Requantize { encoding, .. }) => {
                encoding.extension()
            }
            Recipe::Keep { .. } => format.extensions()[0],
        };
        Some(self.rendition(key, size, extension))
    }
}

/// Returns the path of a converted sound: `holiday/song.ogg` → `holiday/song-0123456789ab.mp3`.
pub(super) fn track(source: &SitePath, key: Key, extension: &str) -> OutputPath {
    OutputPath::new(&source.parent().unwrap_or_default(), &format!("{}-{}.{extension}", stem(source), key.short()))
}

/// Returns the path of an unchanged file: `holiday/song.mp3` → `holiday/song-0123456789ab.mp3`.
pub(super) fn copy(source: &SitePath, digest: Digest) -> OutputPath {
    let extension = source.extension();
    let dot = if extension.is_empty() { "" } else { "." };
    let name = format!("{}-{}{dot}{}", stem(source), digest.short(), plain(extension));
    OutputPath::new(&source.parent().unwrap_or_default(), &name)
}

fn stem(source: &SitePath) -> String {
    let mut stem = shown(&plain(source.stem())).to_owned();
    let mut end = stem.len().min(LONGEST_STEM);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    stem.truncate(end);
    stem
}

/// Returns a name without `_`, `.` and spaces at its beginning: GitHub Pages leaves out files whose names begin so (`_DSC0042`, `.cover`).
fn shown(stem: &str) -> &str {
    match stem.trim_start_matches(['_', '.', ' ']) {
        "" => "file",
        stem => stem,
    }
}

/// Replaces characters that some file system or server rejects, because output folders are copied to all kinds of machines. The key in the
/// name keeps names distinct.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || r#"\/:*?"<>|"#.contains(c) { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(source: &str) -> String {
        let source = SitePath::root().join(source).expect("inside the root");
        SourceName::of(&source).rendition(Key::of(b""), Size { width: 3, height: 2 }, "jpg").to_string()
    }

    #[test]
    fn names_keep_what_the_author_called_the_photo() {
        assert_eq!(name("été/ma photo.JPG"), "été/ma photo-af1349b9f5f9-3x2.jpg");
    }

    #[test]
    fn no_name_begins_as_hidden_files_do() {
        for (source, shown) in [
            ("a/_DSC0042.JPG", "a/DSC0042-"),
            ("a/.cover.jpg", "a/cover-"),
            ("_a/__.x.tif", "_a/x-"),
            ("a/_.jpg", "a/file-"),
            ("a/_ cover.jpg", "a/cover-"),
            ("a/._", "a/file-"),
        ] {
            assert!(name(source).starts_with(shown), "{}", name(source));
            let path = SitePath::root().join(source).expect("inside the root");
            assert!(track(&path, Key::of(b""), "mp3").to_string().starts_with(shown));
            assert!(copy(&path, Digest::of(b"")).to_string().starts_with(shown));
        }
    }

    #[test]
    fn names_are_short_and_portable() {
        assert_eq!(name("a/x\n\"?*.jpg"), "a/x-----af1349b9f5f9-3x2.jpg");
        let long = name(&format!("a/{}.jpg", "é".repeat(120)));
        assert!(long.len() < 200, "{long}");
    }
}
