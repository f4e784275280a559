//! The photos and videos of a folder that a story shows.
//!
//! In: the files of a source. Out: their paths, without those that show the same moment as another: the RAW or HEIC file beside its
//! JPEG, and the video that a phone adds to a photo. Opens no file.

use std::collections::BTreeSet;

use crate::source::{FileEntry, SitePath, Source, is_content, is_picture, is_raw, is_video};
use pixels::Format;

/// Returns the photos and videos directly in a folder, sorted by path.
#[must_use]
pub fn own_media<'a>(source: &'a Source, folder: &SitePath) -> Vec<(&'a SitePath, &'a FileEntry)> {
    let own = || {
        let from = source.files.range(folder..).take_while(|(path, _)| path.is_within(folder));
        from.filter(|(path, _)| path.parent().as_ref() == Some(folder) && is_content(path.name()))
    };
    let stem = |path: &SitePath| path.stem().to_lowercase();
    let developed: BTreeSet<String> =
        own().filter(|(path, _)| is_picture(path.name()) && !is_raw(path.name())).map(|(path, _)| stem(path)).collect();
    let is_jpeg =
        |path: &SitePath| Format::Jpeg.extensions().iter().any(|end| path.extension().eq_ignore_ascii_case(end));
    let is_heic =
        |path: &SitePath| Format::Heic.extensions().iter().any(|end| path.extension().eq_ignore_ascii_case(end));
    let converted: BTreeSet<String> = own().filter(|(path, _)| is_jpeg(path)).map(|(path, _)| stem(path)).collect();
    let doubles = |path: &SitePath| {
        let is_live = ["mov", "mp4"].iter().any(|extension| path.extension().eq_ignore_ascii_case(extension));
        let is_developed = (is_raw(path.name()) || is_live) && developed.contains(&stem(path));
        is_developed || is_heic(path) && converted.contains(&stem(path))
    };
    own().filter(|(path, _)| (is_picture(path.name()) || is_video(path.name())) && !doubles(path)).collect()
}
