//! Lists of files: those to read, and those that could be read.

use std::collections::BTreeMap;

use crate::cache::LedgerEntry;
use crate::site::read::facts::Facts;
use crate::source::{FileEntry, SitePath};

/// A file with its path in the site.
pub(in crate::site) type Listed<'a> = (&'a SitePath, &'a FileEntry);

/// Files by the path where they are published unchanged.
pub(in crate::site) type Attached<'a> = BTreeMap<SitePath, Listed<'a>>;

/// The files to read; each list is sorted by path.
pub(in crate::site) struct ToRead<'a> {
    pub(in crate::site) photos: &'a [Listed<'a>],
    pub(in crate::site) videos: &'a [Listed<'a>],
    pub(in crate::site) sounds: &'a [Listed<'a>],
    pub(in crate::site) attached: &'a Attached<'a>,
}

/// Files of one kind. Files that could not be read are left out, so that the others can still be rendered.
pub(crate) struct FileList<T> {
    /// Sorted by path.
    pub(in crate::site) list: Vec<T>,
    /// Index in the list, by the number of the file.
    places: Vec<Option<usize>>,
}

impl<T> Default for FileList<T> {
    fn default() -> Self {
        Self { list: Vec::new(), places: Vec::new() }
    }
}

impl<T> FileList<T> {
    /// Returns the index of a file in the list, by its number; `None` if the file could not be read.
    pub(in crate::site) fn place(&self, number: usize) -> Option<usize> {
        self.places.get(number).copied().flatten()
    }
}

impl<T> FileList<T> {
    /// Leaves out files of the list, as if they could not be read.
    pub(in crate::site) fn without(self, is_left_out: impl Fn(&T) -> bool) -> Self {
        let mut list = Vec::with_capacity(self.list.len());
        let mut moved = Vec::with_capacity(self.list.len());
        for file in self.list {
            let stays = !is_left_out(&file);
            moved.push(stays.then_some(list.len()));
            list.extend(stays.then_some(file));
        }
        let places = self.places.into_iter().map(|place| moved[place?]).collect();
        Self { list, places }
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

/// The facts about the files of a list, in the same order; `None` for files that could not be read.
pub(in crate::site) type Entries = Vec<Option<LedgerEntry<Facts>>>;

impl<T> FileList<T> {
    /// Combines the files of `listed` with their facts.
    pub(in crate::site) fn of(
        listed: &[Listed<'_>],
        entries: Entries,
        file: impl Fn(Listed<'_>, LedgerEntry<Facts>) -> Option<T>,
    ) -> Self {
        listed.iter().zip(entries).map(|(listed, entry)| file(*listed, entry?)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_left_out_keep_the_numbers_of_the_others() {
        let files: FileList<char> = [Some('a'), None, Some('b'), Some('c')].into_iter().collect();
        let files = files.without(|file| *file == 'b');
        assert_eq!(files.list, ['a', 'c']);
        assert_eq!([0, 1, 2, 3, 4].map(|number| files.place(number)), [Some(0), None, None, Some(1), None]);
    }
}
