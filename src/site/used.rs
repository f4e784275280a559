//! Which files the site shows, and their numbers.
//!
//! Numbers are given before anything is read: sections that are laid out by proportion need the headers, so all photos
//! are read between this first walk through the settings and the second, which builds the sections.

use std::collections::{BTreeMap, BTreeSet};

use crate::site::names::Names;
use crate::source::{Data, FileEntry, Folder, MediaKind, MediaRef, Rows, SectionKind, SitePath, Source, Spanned};
use pixels::Format;

/// The files that something shows. A file that is reached by several names through symlinks has one number, and the
/// first of the names that are used.
pub(super) struct Used<'a> {
    photos: Numbered<'a>,
    videos: Numbered<'a>,
    sounds: Numbered<'a>,
}

struct Numbered<'a> {
    numbers: BTreeMap<&'a SitePath, usize>,
    files: Vec<(&'a SitePath, &'a FileEntry)>,
}

impl<'a> Used<'a> {
    /// Walks through all galleries. Names that stand for nothing are passed over here. `root` is what stands in the root
    /// settings for the site's templates; `linked` are pictures that markup links to.
    pub(super) fn by(
        folders: impl Iterator<Item = &'a Folder>,
        root: &'a Data,
        linked: &BTreeSet<&'a SitePath>,
        names: &Names<'a>,
        files: &'a BTreeMap<SitePath, FileEntry>,
    ) -> Self {
        let (mut photos, mut videos, mut sounds) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut add = |folder: &SitePath, text: &str| {
            let kind = kind(text);
            let path = kind.and_then(|_| names.lookup(folder, text));
            match (kind, path) {
                (Some(Kind::Picture), Some(path)) => drop(photos.insert(path)),
                (Some(Kind::Video), Some(path)) => drop(videos.insert(path)),
                (Some(Kind::Sound), Some(path)) => drop(sounds.insert(path)),
                _ => {}
            }
        };
        let top = SitePath::root();
        root.texts().into_iter().for_each(|text| add(&top, text));
        let folders: Vec<&Folder> = folders.collect();
        for folder in &folders {
            let sections = folder.settings.sections.iter().flat_map(|sections| &sections.value);
            let data = std::iter::once(&folder.settings.data).chain(sections.map(|section| &section.data));
            data.flat_map(Data::texts).for_each(|text| add(&folder.path, text));
        }
        for folder in folders {
            for reference in references(folder) {
                let (name, used) = match reference {
                    Reference::Media(media) if media.kind == MediaKind::Video => (&media.name, &mut videos),
                    Reference::Media(media) if is_video(&media.name.value) => continue,
                    Reference::Media(media) => (&media.name, &mut photos),
                    Reference::Sound(name) => (name, &mut sounds),
                };
                used.extend(names.lookup(&folder.path, &name.value));
            }
        }
        photos.extend(linked);
        let number = |paths| Numbered::new(paths, files);
        Self { photos: number(photos), videos: number(videos), sounds: number(sounds) }
    }

    /// Every path with its number, as do the other two.
    pub(super) fn photo_numbers(&self) -> impl Iterator<Item = (&'a SitePath, usize)> {
        self.photos.numbers.iter().map(|(path, number)| (*path, *number))
    }

    pub(super) fn video_numbers(&self) -> impl Iterator<Item = (&'a SitePath, usize)> {
        self.videos.numbers.iter().map(|(path, number)| (*path, *number))
    }

    pub(super) fn sound_numbers(&self) -> impl Iterator<Item = (&'a SitePath, usize)> {
        self.sounds.numbers.iter().map(|(path, number)| (*path, *number))
    }

    pub(super) fn photo(&self, path: &SitePath) -> Option<usize> {
        self.photos.numbers.get(path).copied()
    }

    pub(super) fn video(&self, path: &SitePath) -> Option<usize> {
        self.videos.numbers.get(path).copied()
    }

    pub(super) fn sound(&self, path: &SitePath) -> Option<usize> {
        self.sounds.numbers.get(path).copied()
    }

    /// By number, as are the other two.
    pub(super) fn photos(&self) -> &[(&'a SitePath, &'a FileEntry)] {
        &self.photos.files
    }

    pub(super) fn videos(&self) -> &[(&'a SitePath, &'a FileEntry)] {
        &self.videos.files
    }

    pub(super) fn sounds(&self) -> &[(&'a SitePath, &'a FileEntry)] {
        &self.sounds.files
    }
}

impl<'a> Numbered<'a> {
    fn new(paths: BTreeSet<&'a SitePath>, all: &'a BTreeMap<SitePath, FileEntry>) -> Self {
        let (mut numbers, mut files) = (BTreeMap::new(), Vec::new());
        let mut known = BTreeMap::new();
        for path in paths {
            let entry = &all[path];
            let number = *known.entry(&entry.absolute).or_insert_with(|| {
                files.push((path, entry));
                files.len() - 1
            });
            numbers.insert(path, number);
        }
        Self { numbers, files }
    }
}

/// Whether a name can only be a video's.
pub(super) fn is_video(name: &str) -> bool {
    ends_in(name, &["mp4", "m4v", "mov", "webm", "mkv", "avi", "ogv", "mpg", "mpeg"])
}

/// Whether a name can only be that of a picture that does not move.
pub(super) fn is_still(name: &str) -> bool {
    is_picture(name) && !ends_in(name, &["gif", "png", "apng", "webp", "avif"])
}

/// Whether a name can only be a picture's.
#[must_use]
pub fn is_picture(name: &str) -> bool {
    Format::ALL.iter().any(|format| ends_in(name, format.extensions())) || ends_in(name, &["avif"])
}

/// What a text in the settings can name, where no key says what it is.
#[derive(Clone, Copy)]
enum Kind {
    Picture,
    Video,
    Sound,
}

fn kind(name: &str) -> Option<Kind> {
    if is_video(name) {
        Some(Kind::Video)
    } else if Format::ALL.iter().any(|format| ends_in(name, format.extensions())) {
        Some(Kind::Picture)
    } else if ends_in(name, &["mp3", "ogg", "oga", "opus", "flac", "wav", "m4a", "aac"]) {
        Some(Kind::Sound)
    } else {
        None
    }
}

/// Whether a name can only be that of a picture that browsers show, which may tell what it should not.
pub(super) fn is_shown(name: &str) -> bool {
    let shown = Format::ALL.iter().filter(|format| format.is_shown_by_browsers());
    shown.into_iter().any(|format| ends_in(name, format.extensions()))
}

fn ends_in(name: &str, extensions: &[&str]) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// What the settings of one gallery name.
#[derive(Debug)]
pub struct NamedFiles<'a> {
    /// The files.
    pub files: BTreeSet<&'a SitePath>,
    /// Names that stand for none.
    pub missing: Vec<&'a Spanned<String>>,
}

/// Every photo, video and sound that the settings of a gallery name, in sections of the site's own types as well.
#[must_use]
pub fn named<'a>(source: &'a Source, folder: &'a Folder) -> NamedFiles<'a> {
    let names = Names::of(source);
    let mut named = NamedFiles { files: BTreeSet::new(), missing: Vec::new() };
    for reference in references(folder) {
        let name = match reference {
            Reference::Media(media) => &media.name,
            Reference::Sound(name) => name,
        };
        match names.lookup(&folder.path, &name.value) {
            Some(path) => drop(named.files.insert(path)),
            None => named.missing.push(name),
        }
    }
    let sections = folder.settings.sections.iter().flat_map(|sections| &sections.value);
    let texts = sections.flat_map(|section| section.data.texts());
    named.files.extend(texts.filter_map(|text| names.lookup(&folder.path, text)));
    named
}

enum Reference<'a> {
    Media(&'a MediaRef),
    Sound(&'a Spanned<String>),
}

/// Every name in the settings of one gallery. A gallery with galleries inside shows no sections.
fn references(folder: &Folder) -> Vec<Reference<'_>> {
    let mut references: Vec<_> = folder.settings.cover.iter().map(Reference::Media).collect();
    let sections = folder.settings.sections.iter().filter(|_| folder.children.is_empty());
    for section in sections.flat_map(|sections| &sections.value) {
        match &section.kind {
            SectionKind::FullPicture { image, .. }
            | SectionKind::BorderedPicture { image, .. }
            | SectionKind::Panorama { image }
            | SectionKind::Author { image, .. } => references.push(Reference::Media(image)),
            SectionKind::PicturesGroup { images: Rows::Given(rows), .. } => {
                references.extend(rows.iter().flatten().map(Reference::Media));
            }
            SectionKind::PicturesGroup { images: Rows::Automatic(images), .. } => {
                references.extend(images.iter().map(Reference::Media));
            }
            SectionKind::Paragraph { image, .. } => references.extend(image.iter().map(Reference::Media)),
            SectionKind::Audio { image, .. } => references.push(Reference::Sound(image)),
            SectionKind::Text { .. }
            | SectionKind::Quote { .. }
            | SectionKind::Html { .. }
            | SectionKind::Iframe { .. }
            | SectionKind::Custom { .. } => {}
        }
    }
    references
}
