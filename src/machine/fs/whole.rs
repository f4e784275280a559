//! Resolving a path whose end need not exist.

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::canonicalize;

/// The absolute path without symlinks and dots. A part that does not exist yet is taken by its name: `missing/..` is the folder that
/// `missing` would be created in.
///
/// # Errors
/// If a folder on the way cannot be read.
pub fn whole(path: impl AsRef<Path>) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut parts: Vec<Component<'_>> = absolute.components().collect();
    let mut missing: Vec<OsString> = Vec::new();
    loop {
        let existing: PathBuf = parts.iter().collect();
        match canonicalize(&existing) {
            Ok(real) => return Ok(missing.iter().rev().fold(real, climb)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match parts.pop() {
                Some(part @ (Component::Normal(_) | Component::ParentDir | Component::CurDir)) => {
                    missing.push(part.as_os_str().to_owned());
                }
                _ => return Err(error),
            },
            Err(error) => return Err(error),
        }
    }
}

fn climb(path: PathBuf, part: &OsString) -> PathBuf {
    match part.to_str() {
        Some(".") => path,
        Some("..") => path.parent().map_or(path.clone(), Path::to_owned),
        _ => path.join(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_exist_is_taken_by_its_name() {
        let folder = tempfile::tempdir().expect("a folder");
        let real = folder.path().canonicalize().expect("there");
        for (given, expected) in [
            ("new", "new"),
            ("new/", "new"),
            ("new/deep/", "new/deep"),
            ("new/..", ""),
            ("new/../other/./x", "other/x"),
            ("new/deep/../../other", "other"),
        ] {
            let found = whole(folder.path().join(given)).expect("resolved");
            assert_eq!(found, if expected.is_empty() { real.clone() } else { real.join(expected) }, "{given}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn dots_behind_a_link_count_from_where_the_link_leads() {
        let folder = tempfile::tempdir().expect("a folder");
        let real = folder.path().canonicalize().expect("there");
        std::fs::create_dir_all(real.join("far/away")).expect("made");
        std::os::unix::fs::symlink(real.join("far/away"), real.join("link")).expect("made");
        assert_eq!(whole(real.join("link/../new")).expect("resolved"), real.join("far/new"));
    }
}
