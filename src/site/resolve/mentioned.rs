//! The single walk through the settings of a gallery that collects every value that may name a file.

use std::collections::BTreeSet;

use crate::site::lookup::FileNames;
use crate::site::text::{links, style};
use crate::source::{Folder, MediaRef, SitePath, Source, Spanned};

/// The values in the settings of one gallery that may name files.
#[derive(Default)]
pub(super) struct Mentioned<'s> {
    pub(super) media: Vec<&'s MediaRef>,
    pub(super) sounds: Vec<&'s Spanned<String>>,
    texts: Vec<&'s Spanned<String>>,
    styles: Vec<&'s Spanned<String>>,
    /// Texts whose meaning only the site's templates know.
    pub(super) data: Vec<&'s str>,
}

impl<'s> Mentioned<'s> {
    pub(super) fn by(folder: &'s Folder) -> Self {
        let mut all = Self { media: folder.settings.cover.iter().collect(), ..Self::default() };
        all.data.extend(folder.settings.data.texts());
        // A gallery that contains galleries shows no sections, but its markup is scanned for links nevertheless.
        let shows_sections = folder.children.is_empty();
        for section in folder.settings.sections.iter().flat_map(|sections| &sections.value) {
            let parts = section.parts();
            if shows_sections {
                all.media.extend(parts.media);
                all.sounds.extend(parts.sounds);
            }
            all.texts.extend(parts.texts);
            all.styles.extend(parts.styles);
            all.data.extend(section.data.texts());
        }
        all
    }

    /// Returns the URLs in markup and styles.
    pub(super) fn urls(&self) -> impl Iterator<Item = String> {
        let texts = self.texts.iter().flat_map(|text| links::urls(&text.value)).map(str::to_owned);
        texts.chain(self.styles.iter().flat_map(|style| style::urls(&style.value)))
    }
}

/// The files that the settings of one gallery name.
#[derive(Debug)]
pub struct MentionedFiles<'a> {
    /// Existing files.
    pub files: BTreeSet<&'a SitePath>,
    /// Names for which there is no file.
    pub missing: Vec<&'a Spanned<String>>,
}

/// Returns every photo, video and sound that the settings of a gallery name, including those in sections of custom
/// types.
#[must_use]
pub fn mentioned_files<'a>(source: &'a Source, folder: &'a Folder) -> MentionedFiles<'a> {
    let (names, mentioned) = (FileNames::of(source), Mentioned::by(folder));
    let mut all = MentionedFiles { files: BTreeSet::new(), missing: Vec::new() };
    for name in mentioned.media.iter().map(|media| &media.name).chain(mentioned.sounds) {
        match names.lookup(&folder.path, &name.value) {
            Some(path) => drop(all.files.insert(path)),
            None => all.missing.push(name),
        }
    }
    let sections = folder.settings.sections.iter().flat_map(|sections| &sections.value);
    let texts = sections.flat_map(|section| section.data.texts());
    all.files.extend(texts.filter_map(|text| names.lookup(&folder.path, text)));
    all
}
