//! Values for the tests of this module.

use std::path::PathBuf;

use crate::cache::Stat;
use crate::diagnostic::{SourceMap, Span};
use crate::source::{FileEntry, SitePath, Spanned};

/// Returns a path in the site.
pub(crate) fn path(path: &str) -> SitePath {
    SitePath::root().join(path).expect("inside the root")
}

/// Returns the beginning of a settings file.
pub(crate) fn span() -> Span {
    Span { file: SourceMap::default().add("settings.yaml", ""), start: 0, end: 0 }
}

/// Returns a value at [`span`].
pub(crate) fn spanned<T: Given>(value: T) -> Spanned<T::Value> {
    Spanned::new(value.value(), span())
}

/// Lets tests write `"text"` for a `String`.
pub(crate) trait Given {
    /// Type of the value that is stored.
    type Value;
    /// Converts to the stored type.
    fn value(self) -> Self::Value;
}

impl Given for &str {
    type Value = String;
    fn value(self) -> String {
        self.to_owned()
    }
}

impl Given for bool {
    type Value = bool;
    fn value(self) -> bool {
        self
    }
}

impl Given for u8 {
    type Value = u8;
    fn value(self) -> u8 {
        self
    }
}

/// Returns a file that tests look up but never open.
pub(crate) fn entry(path: &str) -> FileEntry {
    let stat = Stat { len: 1, modified: 0, changed: 0, inode: (0, 0) };
    FileEntry { absolute: PathBuf::from("/nowhere").join(path), stat }
}
