//! What in the output folder is ours.
//!
//! A dot file in the output folder. Such folders are uploaded as they are, and private galleries are private because
//! nobody knows their name: so the manifest holds hashes of paths. Who has a path can ask whether it is ours; who has
//! only the manifest learns how many files there are. The same site always gives the same bytes.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::cache::Digest;
use crate::machine::fs;
use crate::plan::OutputPath;
use crate::source::SitePath;

/// What the manifest is called.
pub const NAME: &str = ".cimaise-manifest";

/// Its first line.
const TITLE: &str = "cimaise manifest 1";

/// Digits of a hash that are kept: 128 bits.
const DIGITS: usize = 32;

/// A set of files and folders of the output.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Manifest(BTreeSet<String>);

/// What is said of a folder that may hold a manifest.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ManifestState {
    /// There is none.
    None,
    /// There is one.
    Manifest(Manifest),
    /// There is something of this name that cannot be understood.
    Unreadable,
}

impl Manifest {
    /// Of these files and all folders that they are in.
    pub(super) fn of<'a>(files: impl IntoIterator<Item = &'a OutputPath>) -> Self {
        let mut marks = BTreeSet::new();
        for file in files {
            marks.insert(file_mark(file.as_path()));
            let mut folder = file.folder();
            // As soon as a folder is known, so are those above it.
            while !folder.is_root() && marks.insert(folder_mark(&folder)) {
                folder = folder.parent().unwrap_or_default();
            }
        }
        Self(marks)
    }

    /// Everything that is in either.
    pub(super) fn union(&self, other: &Self) -> Self {
        Self(self.0.union(&other.0).cloned().collect())
    }

    pub(super) fn has_file(&self, path: &SitePath) -> bool {
        self.0.contains(&file_mark(path))
    }

    /// The output folder itself always belongs.
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

/// No file has a path that ends like this.
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
