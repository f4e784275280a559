//! The manifest: the files and folders of the output that cimaise created.
//!
//! A dot file in the output folder. Output folders are uploaded as they are, and private galleries are private because nobody knows
//! their names, so the manifest holds hashes of paths. Anyone who has a path can check whether it is listed; the manifest alone
//! reveals only the number of files. The same site always gives the same bytes.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::cache::Digest;
use crate::machine::fs;
use crate::plan::OutputPath;
use crate::source::SitePath;

/// File name of the manifest.
pub const NAME: &str = ".cimaise-manifest";

/// First line of the manifest.
const TITLE: &str = "cimaise manifest 1";

/// Number of hexadecimal digits kept of each hash: 128 bits.
const DIGITS: usize = 32;

/// A set of files and folders of the output, as hashes of their paths.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Manifest(BTreeSet<String>);

/// Result of reading the manifest of a folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ManifestState {
    /// There is no manifest.
    None,
    /// A readable manifest.
    Manifest(Manifest),
    /// A file of this name that is not a valid manifest.
    Unreadable,
}

impl Manifest {
    /// Creates the manifest of these files and of all folders above them.
    pub(super) fn of<'a>(files: impl IntoIterator<Item = &'a OutputPath>) -> Self {
        let mut marks = BTreeSet::new();
        for file in files {
            marks.insert(file_mark(file.as_path()));
            let mut folder = file.folder();
            // If a folder is listed already, so are those above it.
            while !folder.is_root() && marks.insert(folder_mark(&folder)) {
                folder = folder.parent().unwrap_or_default();
            }
        }
        Self(marks)
    }

    /// Returns everything that is in either manifest.
    pub(super) fn union(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).cloned().collect())
    }

    pub(super) fn has_file(&self, path: &SitePath) -> bool {
        self.0.contains(&file_mark(path))
    }

    /// Whether the folder is listed; the output folder itself always is.
    pub(super) fn has_folder(&self, path: &SitePath) -> bool {
        path.is_root() || self.0.contains(&folder_mark(path))
    }

    pub(super) fn read(output: &Path) -> io::Result<ManifestState> {
        match fs::read_to_string(output.join(NAME)) {
            Ok(text) => Ok(Self::parse(&text).map_or(ManifestState::Unreadable, ManifestState::Manifest)),
            Err(error) => match error.kind() {
                ErrorKind::NotFound | ErrorKind::NotADirectory => Ok(ManifestState::None),
                ErrorKind::InvalidData | ErrorKind::IsADirectory => Ok(ManifestState::Unreadable),
                _ => Err(error),
            },
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next() != Some(TITLE) {
            return None;
        }
        let is_mark = |line: &str| line.len() == DIGITS && line.bytes().all(|byte| byte.is_ascii_hexdigit());
        lines.map(|line| is_mark(line).then(|| line.to_owned())).collect::<Option<_>>().map(Self)
    }

    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{TITLE}\n");
        for mark in &self.0 {
            text.push_str(mark);
            text.push('\n');
        }
        text
    }
}

fn file_mark(path: &SitePath) -> String {
    mark(path.as_str())
}

/// Hash of a folder's path with a trailing slash, so that it differs from every file's.
fn folder_mark(path: &SitePath) -> String {
    mark(&format!("{}/", path.as_str()))
}

fn mark(text: &str) -> String {
    let mut hex = Digest::of(text.as_bytes()).hex();
    hex.truncate(DIGITS);
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::root().join(text).expect("inside")
    }

    fn manifest(files: &[&str]) -> Manifest {
        let files: Vec<_> = files.iter().map(|file| OutputPath::from_path(path(file))).collect();
        Manifest::of(&files)
    }

    #[test]
    fn files_and_their_folders_are_ours_and_nothing_else() {
        let manifest = manifest(&["a/b/1.jpg", "a/2.jpg", "index.html"]);
        assert!(manifest.has_file(&path("a/b/1.jpg")) && manifest.has_file(&path("index.html")));
        assert!(manifest.has_folder(&path("a/b")) && manifest.has_folder(&path("a")) && manifest.has_folder(&path("")));
        assert!(!manifest.has_file(&path("a/b")) && !manifest.has_folder(&path("index.html")));
        assert!(!manifest.has_file(&path("1.jpg")) && !manifest.has_folder(&path("b")));
    }

    #[test]
    fn it_is_read_as_it_was_written_and_names_nothing() {
        let manifest = manifest(&["secret wedding/index.html", "index.html"]);
        let text = manifest.to_text();
        assert_eq!(Manifest::parse(&text), Some(manifest));
        assert!(!text.contains("secret"));
        assert_eq!(text.lines().count(), 4);
    }

    #[test]
    fn what_is_no_manifest_is_not_taken_for_one() {
        let whole = manifest(&["a"]).to_text();
        for text in ["", "\n", "cimaise manifest 2\n", "cimaise manifest 1\nnot a hash\n", &whole[..whole.len() - 1]] {
            assert_eq!(Manifest::parse(text), None, "{text:?}");
        }
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Manifest::read(folder.path()).expect("readable"), ManifestState::None);
        assert_eq!(Manifest::read(&folder.path().join("missing")).expect("readable"), ManifestState::None);
        fs::write(folder.path().join(NAME), [0xff, 0xfe]).expect("written");
        assert_eq!(Manifest::read(folder.path()).expect("readable"), ManifestState::Unreadable);
    }
}
