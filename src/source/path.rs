//! Paths inside a site: joined, relative, and percent-encoded.
//!
//! In: paths as authors write them, with `/` between parts. Out: [`SitePath`]s, and URLs. Pure: must not know which
//! files exist.

use std::fmt;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Characters that are escaped in a path segment of a URL (RFC 3986, section 3.3), plus `'`, which ends a CSS string.
/// All URLs use this set, since a page finds itself in the menu by comparing URLs.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'\'')
    .add(b'(')
    .add(b',')
    .add(b')')
    .add(b'/')
    .add(b':')
    .add(b';')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'@')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Name of settings files.
pub const SETTINGS: &str = "settings.yaml";

/// Returns a path as part of a URL: each part percent-encoded, with `/` between parts.
#[must_use]
pub fn percent_encoded(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for (at, part) in path.split('/').enumerate() {
        if at > 0 {
            url.push('/');
        }
        url.extend(utf8_percent_encode(part, SEGMENT));
    }
    url
}

/// A path relative to the root of the site (or of the output), with `/` between its parts, without `.` and `..`.
///
/// The root itself is the empty path. Paths are ordered by part, so that a folder comes directly before its content.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct SitePath(String);

impl SitePath {
    /// Returns the root.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Resolves a relative path as written in a settings file; `None` if it leaves the root or is absolute.
    #[must_use]
    pub fn join(&self, relative: &str) -> Option<Self> {
        if relative.starts_with('/') {
            return None;
        }
        let mut parts: Vec<&str> = self.parts().collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self(parts.join("/")))
    }

    /// Returns the path from `folder` to this path; [`join`](Self::join) on `folder` is the inverse.
    #[must_use]
    pub fn relative_to(&self, folder: &Self) -> String {
        let shared = folder.parts().zip(self.parts()).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..", folder.parts().count() - shared);
        up.chain(self.parts().skip(shared)).collect::<Vec<_>>().join("/")
    }

    /// Returns the child `name` of this folder; `name` must be a single part.
    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        debug_assert!(!name.contains('/') && !name.is_empty() && name != "." && name != "..");
        if self.0.is_empty() { Self(name.to_owned()) } else { Self(format!("{}/{name}", self.0)) }
    }

    /// Returns the parts, from the root; none for the root itself.
    pub fn parts(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    /// Returns the folder that contains it; `None` for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        if self.0.is_empty() {
            return None;
        }
        Some(Self(self.0.rfind('/').map_or(String::new(), |at| self.0[..at].to_owned())))
    }

    /// Returns the last part; empty for the root.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// Returns the last part without extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rfind('.') {
            Some(at) if at > 0 => &name[..at],
            _ => name,
        }
    }

    /// Returns the extension as written, without the dot; empty if there is none.
    #[must_use]
    pub fn extension(&self) -> &str {
        let name = self.name();
        match name.rfind('.') {
            Some(at) if at > 0 => &name[at + 1..],
            _ => "",
        }
    }

    /// Returns the path as text, with `/` between parts.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether this is the root.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether this is `folder` or something below it.
    #[must_use]
    pub fn is_within(&self, folder: &Self) -> bool {
        folder.is_root()
            || self.0 == folder.0
            || self.0.strip_prefix(folder.0.as_str()).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Returns the path on disk, below `root`.
    #[must_use]
    pub fn under(&self, root: &Path) -> PathBuf {
        self.parts().fold(root.to_owned(), |path, part| path.join(part))
    }
}

impl Ord for SitePath {
    /// Compares part by part. A separator ends a part, so it precedes every character; no part contains NUL.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let rank = |byte: u8| if byte == b'/' { 0 } else { byte };
        let (one, two) = (self.0.as_bytes(), other.0.as_bytes());
        // Paths of one folder have a long beginning in common.
        let (pieces, others) = (one.as_chunks::<8>().0, two.as_chunks::<8>().0);
        let same = pieces.iter().zip(others).take_while(|(a, b)| a == b).count() * 8;
        match one[same..].iter().zip(&two[same..]).find(|(a, b)| a != b) {
            Some((a, b)) => rank(*a).cmp(&rank(*b)),
            None => one.len().cmp(&two.len()),
        }
    }
}

impl PartialOrd for SitePath {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_root() { "." } else { &self.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::SitePath;

    fn path(text: &str) -> SitePath {
        SitePath::root().join(text).expect("inside the root")
    }

    #[test]
    fn join_follows_dots_and_refuses_to_leave_the_root() {
        assert_eq!(path("a/b").join("../c/./d.jpg"), Some(path("a/c/d.jpg")));
        assert_eq!(path("a").join("../../x"), None);
        assert_eq!(path("a").join("/etc/passwd"), None);
    }

    #[test]
    fn the_way_to_a_path_leads_there() {
        for (folder, to, way) in
            [("", "a/b", "a/b"), ("a", "a/b", "b"), ("a/b", "a/c/d", "../c/d"), ("a", "a", ""), ("a/b", "a", "..")]
        {
            let (folder, to) = (path(folder), path(to));
            assert_eq!(to.relative_to(&folder), way);
            assert_eq!(folder.join(way), Some(to));
        }
        assert_eq!(super::percent_encoded("été 1/a#b.jpg"), "%C3%A9t%C3%A9%201/a%23b.jpg");
        assert_eq!(super::percent_encoded(".."), "..");
    }

    #[test]
    fn names_split_at_the_last_dot_but_not_at_the_first() {
        assert_eq!((path("a/b.tar.gz").stem(), path("a/b.tar.gz").extension()), ("b.tar", "gz"));
        assert_eq!((path(".hidden").stem(), path(".hidden").extension()), (".hidden", ""));
    }

    #[test]
    fn order_is_by_part() {
        let mut paths = [path("a-b/x"), path("a/x"), path("a"), path("a b")];
        paths.sort();
        assert_eq!(paths.map(|path| path.to_string()), ["a", "a/x", "a b", "a-b/x"]);
    }

    #[test]
    fn within_is_by_part() {
        assert!(path("a/b").is_within(&path("a")));
        assert!(!path("ab").is_within(&path("a")));
        assert!(path("ab").is_within(&SitePath::root()));
    }
}
