//! Galleries whose folders some systems cannot tell apart.
//!
//! In: the folders of galleries, sorted by path. Out: a warning for each folder that another one would replace where capitals do not count.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Folder, SitePath};

/// Warns about folders whose names differ only in capitals, or in the form of accented letters.
pub(super) fn warn<'a>(folders: impl Iterator<Item = &'a Folder>, report: &mut Report) {
    let mut seen = BTreeMap::<String, &Folder>::new();
    for folder in folders {
        match seen.entry(folded(&folder.path)) {
            Entry::Vacant(place) => drop(place.insert(folder)),
            // Folders inside such folders need no warning of their own.
            Entry::Occupied(first) if folder.path.parent() == first.get().path.parent() => {
                report.push(warning(first.get(), folder));
            }
            Entry::Occupied(_) => {}
        }
    }
}

/// Returns a path as systems that ignore capitals compare it.
fn folded(path: &SitePath) -> String {
    path.as_str().to_lowercase().nfc().collect()
}

fn warning(first: &Folder, second: &Folder) -> Diagnostic {
    let message = format!("the folders `{}` and `{}` differ only in capitals or accents", first.path, second.path);
    let title = |folder: &Folder| folder.settings.title.span;
    Diagnostic::new(Code::GalleryCase, message)
        .at(title(second))
        .also(title(first), "the other gallery")
        .help("rename one of them: macOS, Windows and some servers would show only one of the pages")
}
