//! The files of a folder with their content, to compare two folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Content by relative path.
#[derive(Clone, PartialEq, Eq)]
pub struct Tree(pub BTreeMap<String, Vec<u8>>);

impl Tree {
    /// Reads a whole folder; symlinks are followed.
    pub fn read(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        collect(folder, "", &mut files);
        Self(files)
    }

    /// Returns the paths, sorted.
    pub fn paths(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// Returns the only path that starts and ends like this.
    #[track_caller]
    pub fn only(&self, start: &str, end: &str) -> &str {
        let found: Vec<&str> =
            self.paths().into_iter().filter(|path| path.starts_with(start) && path.ends_with(end)).collect();
        assert_eq!(found.len(), 1, "files `{start}…{end}`: {found:?} of {:?}", self.paths());
        found[0]
    }

    /// Fails with the names of the files that differ.
    #[track_caller]
    pub fn assert_equal(&self, other: &Self, what: &str) {
        let missing: Vec<&String> = self.0.keys().filter(|path| !other.0.contains_key(*path)).collect();
        let extra: Vec<&String> = other.0.keys().filter(|path| !self.0.contains_key(*path)).collect();
        let changed: Vec<&String> = self
            .0
            .iter()
            .filter(|(path, bytes)| other.0.get(*path).is_some_and(|other| other != *bytes))
            .map(|(path, _)| path)
            .collect();
        assert!(
            missing.is_empty() && extra.is_empty() && changed.is_empty(),
            "{what}: missing {missing:?}, extra {extra:?}, changed {changed:?}"
        );
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.expect("a readable folder");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if fs::metadata(entry.path()).expect("a readable file").is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).expect("a readable file"));
        }
    }
}
