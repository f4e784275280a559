//! Lists of files: those to read, and those that could be read.

use std::collections::BTreeMap;

use crate::cache::LedgerEntry;
use crate::site::read::facts::Facts;
use crate::source::{FileEntry, SitePath};

/// A file by its path in the site.
pub(in crate::site) type Listed<'a> = (&'a SitePath, &'a FileEntry);

/// Files by the path where they are published as they are.
pub(in crate::site) type Attached<'a> = BTreeMap<SitePath, Listed<'a>>;

/// Files of one kind. One that could not be read is left out, so that the rest can still be rendered.
pub(crate) struct FileList<T> {
    /// In the order of their paths.
    pub(in crate::site) list: Vec<T>,
    /// The place in the list by the number of the file.
    places: Vec<Option<usize>>,
}

impl<T> Default for FileList<T> {
    fn default() -> Self {
        Self { list: Vec::new(), places: Vec::new() }
    }
}

impl<T> FileList<T> {
    /// The place of a file in the list, by its number; `None` if it could not be read.
    pub(in crate::site) fn place(&self, number: usize) -> Option<usize> {
        self.places.get(number).copied().flatten()
    }
}

impl<T> FromIterator<Option<T>> for FileList<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(files: I) -> Self {
        let mut all = Self::default();
        for file in files {
            all.places.push(file.is_some().then_some(all.list.len()));
            all.list.extend(file);
        }
        all
    }
}

/// What was read of the files of a list, in the same order; `None` where that failed.
pub(in crate::site) type Entries = Vec<Option<LedgerEntry<Facts>>>;

impl<T> FileList<T> {
    /// The files of `listed` with what was read of them.
    pub(in crate::site) fn of(
        listed: &[Listed<'_>],
        entries: Entries,
        file: impl Fn(Listed<'_>, LedgerEntry<Facts>) -> Option<T>,
    ) -> Self {
        listed.iter().zip(entries).map(|(listed, entry)| file(*listed, entry?)).collect()
    }
}
