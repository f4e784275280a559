//! The files that templates may ask for: those that the settings name.

use std::collections::{BTreeMap, BTreeSet};

use crate::site::lookup::compose;
use crate::site::model::{Named, PhotoId, SoundId, VideoId};
use crate::site::read::{FileList, ReadFiles};
use crate::site::resolve::references::{Numbered, References};
use crate::source::SitePath;

pub(super) fn named(references: &References<'_>, files: &ReadFiles) -> Named {
    let mut unread = BTreeSet::new();
    let photos = ids(&references.photos, &files.photos, PhotoId::at, &mut unread);
    let videos = ids(&references.videos, &files.videos, VideoId::at, &mut unread);
    let sounds = ids(&references.sounds, &files.sounds, SoundId::at, &mut unread);
    Named { photos, videos, sounds, unread }
}

fn ids<I, T>(
    numbered: &Numbered<'_>,
    files: &FileList<T>,
    id: fn(usize) -> I,
    unread: &mut BTreeSet<SitePath>,
) -> BTreeMap<SitePath, I> {
    let mut ids = BTreeMap::new();
    for (path, number) in &numbered.numbers {
        match files.place(*number) {
            Some(place) => drop(ids.insert(compose(path), id(place))),
            None => drop(unread.insert(compose(path))),
        }
    }
    ids
}
