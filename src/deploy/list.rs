//! The list of files that cimaise put at the destination.
//!
//! A file at the destination contains marks of paths, so any machine can deploy, and only listed files are ever deleted. Others may be
//! able to fetch the file, and some pages are private because nobody knows their names, so a mark must not reveal its path. It is a
//! keyed hash with a random key for each destination, which the list itself contains: nobody can compute marks in advance, or
//! see that two destinations contain the same page. Anyone who has the list can still guess names, but each guess of a folder's name
//! costs [`ROUNDS`] rounds of PBKDF2. Only the user who deploys can read the list, and on most hosts that is not the web server.
//! `docs/commands.md` explains how much protection this gives.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use rayon::prelude::*;
use sha2::Sha256;

use crate::diagnostic::Failure;

/// File name of the list.
pub(super) const NAME: &str = ".cimaise-deployed";

/// First line of the list.
const TITLE: &str = "cimaise deployed 1";

/// Prefix of the second line.
const KEY: &str = "key ";

/// Rounds of PBKDF2 per folder name: some milliseconds, in which a graphics card tries some thousand names.
const ROUNDS: u32 = 20_000;

/// Number of hexadecimal digits of a mark: 128 bits.
const DIGITS: usize = 32;

/// A key, and the marks of files and folders made with it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct List {
    key: [u8; 32],
    pub(super) marks: BTreeSet<String>,
}

impl List {
    /// Creates an empty list with a new random key.
    pub(super) fn new() -> Result<Self, Failure> {
        let mut key = [0; 32];
        getrandom::fill(&mut key)
            .map_err(|error| Failure::on("make", Path::new(NAME))(io::Error::other(error.to_string())))?;
        Ok(Self { key, marks: BTreeSet::new() })
    }

    /// Parses a list; `None` if it is invalid.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next() != Some(TITLE) {
            return None;
        }
        let key = *blake3::Hash::from_hex(lines.next()?.strip_prefix(KEY)?).ok()?.as_bytes();
        let is_mark = |line: &str| line.len() == DIGITS && line.bytes().all(|byte| byte.is_ascii_hexdigit());
        let marks = lines.map(|line| is_mark(line).then(|| line.to_owned())).collect::<Option<_>>()?;
        Some(Self { key, marks })
    }

    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{TITLE}\n{KEY}{}\n", blake3::Hash::from_bytes(self.key).to_hex());
        for mark in &self.marks {
            text.push_str(mark);
            text.push('\n');
        }
        text
    }

    pub(super) fn with(&self, marks: BTreeSet<String>) -> Self {
        Self { key: self.key, marks }
    }
}

/// Computes marks with the key of one list.
pub(super) struct Marker {
    key: [u8; 32],
    folders: BTreeMap<Vec<u8>, [u8; 32]>,
}

impl Marker {
    pub(super) fn new(list: &List) -> Self {
        Self { key: list.key, folders: BTreeMap::new() }
    }

    /// Computes the keys of these folders in parallel, because it takes time.
    pub(super) fn learn(&mut self, folders: impl IntoIterator<Item = Vec<u8>>) {
        let new: BTreeSet<_> = folders.into_iter().filter(|folder| !self.folders.contains_key(folder)).collect();
        let made: Vec<_> = new.into_par_iter().map(|folder| (folder_key(&self.key, &folder), folder)).collect();
        self.folders.extend(made.into_iter().map(|(key, folder)| (folder, key)));
    }

    /// Computes the mark of a file (`a/b.jpg`) or of a folder (`a/`).
    pub(super) fn mark(&self, path: &[u8]) -> String {
        let (folder, name) = folder_and_name(path);
        let key = self.folders.get(folder).copied().unwrap_or_else(|| folder_key(&self.key, folder));
        blake3::keyed_hash(&key, name).to_hex()[..DIGITS].to_owned()
    }
}

fn folder_key(key: &[u8; 32], folder: &[u8]) -> [u8; 32] {
    let mut made = [0; 32];
    pbkdf2::pbkdf2_hmac::<Sha256>(folder, key, ROUNDS, &mut made);
    made
}

/// Splits a path: `a/b.jpg` is `b.jpg` in `a`; `a/` is the empty name in `a`.
pub(super) fn folder_and_name(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|&byte| byte == b'/') {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => (&[], path),
    }
}

/// Returns the folders above a path, inner ones first, each with a slash at the end.
pub(super) fn folders_of(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end = path.len().saturating_sub(1);
    (0..end).rev().filter(|&at| path[at] == b'/').map(|at| &path[..=at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written_and_nothing_else_is() {
        let list = List::new().expect("randomness");
        let marker = Marker::new(&list);
        let list = list.with(BTreeSet::from([marker.mark(b"a/index.html"), marker.mark(b"a/")]));
        let text = list.to_text();
        assert!(List::parse(&text).is_some_and(|read| read == list));
        for broken in ["", "x\n", TITLE, &text[..text.len() - 1], &text[..text.len() - 9], &text.replace("key ", "")] {
            assert!(List::parse(broken).is_none(), "{broken}");
        }
    }

    #[test]
    fn marks_depend_on_the_key_and_the_whole_path_and_name_nothing() {
        let (one, other) = (List::new().expect("randomness"), List::new().expect("randomness"));
        let (marker, elsewhere) = (Marker::new(&one), Marker::new(&other));
        let marks = [&b"a/b"[..], b"a/b/", b"a/c", b"ab", b"b/b", b"a"].map(|path| marker.mark(path));
        assert_eq!(marks.iter().collect::<BTreeSet<_>>().len(), marks.len());
        assert_ne!(marker.mark(b"a/b"), elsewhere.mark(b"a/b"));
        let mut learned = Marker::new(&one);
        learned.learn([b"a".to_vec(), b"a/b".to_vec()]);
        assert_eq!([learned.mark(b"a/b"), learned.mark(b"a/b/")], marks[..2]);
    }

    #[test]
    fn folders_are_those_around_a_path() {
        let all =
            |path| folders_of(path).map(|folder| String::from_utf8_lossy(folder).into_owned()).collect::<Vec<_>>();
        assert_eq!(all(b"a/b/c.jpg"), ["a/b/", "a/"]);
        assert_eq!(all(b"a/b/"), ["a/"]);
        assert!(all(b"a/").is_empty() && all(b"c.jpg").is_empty() && all(b"").is_empty());
    }
}
