//! The photos and videos of a folder that a story shows.
//!
//! In: the files of a source. Out: their paths, without those that show the same moment as another: the RAW or HEIC file beside its
//! JPEG, and the video that a phone adds to a photo. Opens no file.

use std::collections::BTreeMap;

use crate::site::story::twin::Twin;
use crate::source::{FileEntry, SitePath, Source, is_content, is_picture, is_raw, is_video};
use pixels::Format;

/// Returns the photos and videos directly in a folder, sorted by path.
#[must_use]
pub fn own_media<'a>(source: &'a Source, folder: &SitePath) -> Vec<(&'a SitePath, &'a FileEntry)> {
    let shown = Stems::of(source, folder);
    media(source, folder).filter(|(path, _)| shown.twin_of(path).is_none()).collect()
}

/// Returns the files directly in a folder that `own_media` omits, each with the photo that it shows, sorted by path.
#[must_use]
pub fn own_twins(source: &Source, folder: &SitePath) -> Vec<Twin> {
    let shown = Stems::of(source, folder);
    let twin = |path: &SitePath| Some(Twin { left_out: path.clone(), of: shown.twin_of(path)?.clone() });
    media(source, folder).filter_map(|(path, _)| twin(path)).collect()
}

fn media<'a>(source: &'a Source, folder: &SitePath) -> impl Iterator<Item = (&'a SitePath, &'a FileEntry)> {
    let from = source.files.range(folder..).take_while(move |(path, _)| path.is_within(folder));
    let own = from.filter(move |(path, _)| path.parent().as_ref() == Some(folder) && is_content(path.name()));
    own.filter(|(path, _)| is_picture(path.name()) || is_video(path.name()))
}

/// Photos of a folder by their names without extension, in lower case.
struct Stems<'a> {
    /// Those that are not RAW files.
    developed: BTreeMap<String, &'a SitePath>,
    /// JPEGs.
    converted: BTreeMap<String, &'a SitePath>,
}

impl<'a> Stems<'a> {
    fn of(source: &'a Source, folder: &SitePath) -> Self {
        let pictures = || media(source, folder).map(|(path, _)| path).filter(|path| is_picture(path.name()));
        let developed = pictures().filter(|path| !is_raw(path.name())).map(|path| (stem(path), path)).collect();
        let converted = pictures().filter(|path| has_format(path, Format::Jpeg)).map(|path| (stem(path), path));
        Self { developed, converted: converted.collect() }
    }

    /// Returns the photo that is shown instead of this file. It is the JPEG if there is one.
    fn twin_of(&self, path: &SitePath) -> Option<&'a SitePath> {
        let is_live = ["mov", "mp4"].iter().any(|extension| path.extension().eq_ignore_ascii_case(extension));
        let converted = self.converted.get(&stem(path)).copied();
        match is_raw(path.name()) || is_live {
            true => converted.or_else(|| self.developed.get(&stem(path)).copied()),
            false => converted.filter(|_| has_format(path, Format::Heic)),
        }
    }
}

fn stem(path: &SitePath) -> String {
    path.stem().to_lowercase()
}

fn has_format(path: &SitePath, format: Format) -> bool {
    format.extensions().iter().any(|end| path.extension().eq_ignore_ascii_case(end))
}
