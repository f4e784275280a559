//! The media files that are published, each at its place.
//!
//! In: a plan. Out: the published path of every rendition, transcode, still and copy, for each of its audiences. Pure.

use super::audience::Audience;
use super::copies::{Copy, Naming};
use super::model::Plan;
use super::output_path::OutputPath;
use super::photos::Rendition;
use super::transcode::Transcode;
use super::videos::Still;

/// A media file of the plan, by its index in the plan's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MediaFile {
    /// An entry of [`Plan::renditions`].
    Rendition(usize),
    /// An entry of [`Plan::transcodes`].
    Transcode(usize),
    /// An entry of [`Plan::stills`].
    Still(usize),
    /// An entry of [`Plan::copies`].
    Copy(usize),
}

/// A media file at one of its published places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedFile<'a> {
    /// The file.
    pub file: MediaFile,
    /// Published path.
    pub place: &'a OutputPath,
    /// The readers for whom it is published there.
    pub audience: Audience,
    /// Origin of the file's name.
    pub naming: Naming,
}

impl Plan {
    /// Returns every published media file, with all its places.
    pub fn placed(&self) -> impl Iterator<Item = PlacedFile<'_>> {
        let renditions = self.renditions.iter().enumerate().filter_map(|(index, Rendition { path, naming, .. })| {
            Some((MediaFile::Rendition(index), path.as_ref()?, *naming))
        });
        let transcodes = self.transcodes.iter().enumerate();
        let transcodes =
            transcodes.map(|(index, Transcode { path, .. })| (MediaFile::Transcode(index), path, Naming::Content));
        let stills =
            self.stills.iter().enumerate().filter_map(|(index, Still { path, .. })| {
                Some((MediaFile::Still(index), path.as_ref()?, Naming::Content))
            });
        let copies = self.copies.iter().enumerate();
        let copies = copies.map(|(index, Copy { path, naming, .. })| (MediaFile::Copy(index), path, *naming));
        let all = renditions.chain(transcodes).chain(stills).chain(copies);
        all.flat_map(|(file, path, naming)| {
            let places = self.audiences.places(path);
            places.map(move |(audience, place)| PlacedFile { file, place, audience, naming })
        })
    }
}
