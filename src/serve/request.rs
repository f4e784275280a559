//! Finding the file for a request.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use crate::cache;
use crate::machine::fs;

/// The target of a URL.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resource {
    /// A file.
    File(PathBuf),
    /// A folder whose URL lacks the trailing slash.
    Folder,
    /// Nothing, or nothing that may be served.
    Nothing,
}

/// Looks up the path of a URL in a folder, given by its real path. Hidden files are not served, and symlinks may not lead outside.
pub(super) fn find(folder: &Path, url: &str) -> Resource {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let Ok(path) = percent_decode_str(path).decode_utf8() else { return Resource::Nothing };
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| part.starts_with('.') && *part != ".well-known" || part.contains(['\\', '\0'])) {
        return Resource::Nothing;
    }
    let mut file: PathBuf = parts.iter().fold(folder.to_owned(), |path, part| path.join(part));
    if fs::metadata(&file).is_ok_and(|metadata| metadata.is_dir()) {
        if !path.ends_with('/') {
            return Resource::Folder;
        }
        file.push("index.html");
    } else if path.ends_with('/') {
        return Resource::Nothing;
    }
    match fs::canonicalize(&file) {
        // A cache that somebody put there contains secrets.
        Ok(file) if cache::is_in_cache(&file) => Resource::Nothing,
        Ok(file) if fs::metadata(&file).is_ok_and(|metadata| metadata.is_file()) && file.starts_with(folder) => {
            Resource::File(file)
        }
        _ => Resource::Nothing,
    }
}

/// Parses `Range: bytes=…` for a file of `len` bytes: the first byte and the number of bytes. Only single ranges are supported; `None`
/// for other kinds, which may be ignored (RFC 9110, section 14.2); `Some(None)` if the range is outside the file.
pub(super) fn range(header: &str, len: u64) -> Option<Option<(u64, u64)>> {
    let (first, last) = header.trim().strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| text.trim().parse::<u64>();
    let (first, last) = match (first.trim(), last.trim()) {
        ("", "") => return None,
        ("", suffix) => (len.saturating_sub(number(suffix).ok()?), len.saturating_sub(1)),
        (first, "") => (number(first).ok()?, len.saturating_sub(1)),
        (first, last) => (number(first).ok()?, number(last).ok()?.min(len.saturating_sub(1))),
    };
    Some((first <= last && first < len).then(|| (first, last - first + 1)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn only_what_is_in_the_folder_is_found() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().canonicalize().expect("there").join("build");
        fs::create_dir_all(folder.join("a b")).expect("made");
        for file in ["index.html", "a b/index.html", "a b/1.jpg", ".hidden", "../secret"] {
            fs::write(folder.join(file), "x").expect("written");
        }
        assert_eq!(find(&folder, "/"), Resource::File(folder.join("index.html")));
        assert_eq!(find(&folder, "/a%20b/1.jpg?x#y"), Resource::File(folder.join("a b/1.jpg")));
        assert_eq!(find(&folder, "/a%20b"), Resource::Folder);
        assert_eq!(find(&folder, "/a%20b/"), Resource::File(folder.join("a b/index.html")));
        for url in [
            "/../secret",
            "/%2e%2e/secret",
            "/a%20b/../../secret",
            "/.hidden",
            "/none",
            "/%ff",
            "/a%20b/1.jpg/",
            "/..%5csecret",
        ] {
            assert_eq!(find(&folder, url), Resource::Nothing, "{url}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.join("../secret"), folder.join("link")).expect("made");
            assert_eq!(find(&folder, "/link"), Resource::Nothing);
        }
    }

    #[test]
    fn a_cache_is_not_served() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().canonicalize().expect("there");
        fs::create_dir_all(folder.join("old/store/ab")).expect("made");
        for file in ["old/secret", "old/store/ab/1"] {
            fs::write(folder.join(file), "x").expect("written");
            assert_eq!(find(&folder, file), Resource::File(folder.join(file)));
        }
        fs::write(folder.join("old/version"), "cimaise cache 0\n").expect("written");
        for file in ["/old/secret", "/old/store/ab/1", "/old/version"] {
            assert_eq!(find(&folder, file), Resource::Nothing);
        }
    }

    #[test]
    fn ranges_are_those_of_films() {
        assert_eq!(range("bytes=0-", 10), Some(Some((0, 10))));
        assert_eq!(range("bytes=2-3", 10), Some(Some((2, 2))));
        assert_eq!(range("bytes=2-99", 10), Some(Some((2, 8))));
        assert_eq!(range("bytes=-4", 10), Some(Some((6, 4))));
        assert_eq!(range("bytes=10-", 10), Some(None));
        assert_eq!(range("bytes=5-2", 10), Some(None));
        assert_eq!(range("bytes=0-", 0), Some(None));
        for other in ["items=0-", "bytes=-", "bytes=0-1,3-4", "bytes=x-", ""] {
            assert_eq!(range(other, 10), None, "{other}");
        }
    }
}
