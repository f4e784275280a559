//! Checks the text of a single settings file, for tests.

use super::path::SETTINGS;
use super::{read, typed};
use crate::diagnostic::Report;

/// The kind of settings in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsKind {
    /// The root `settings.yaml`.
    Root,
    /// The `settings.yaml` of a gallery.
    Gallery,
}

/// Reads a text as `read` reads a settings file. Returns a report of its problems.
#[must_use]
pub fn check_text(text: &str, kind: SettingsKind) -> Report {
    let mut report = Report::default();
    let file = report.map.add(SETTINGS, text);
    match kind {
        SettingsKind::Root => drop(typed::settings(file, None, &mut report, read::Reader::root)),
        SettingsKind::Gallery => drop(typed::settings(file, None, &mut report, read::Reader::gallery)),
    }
    report
}

/// Returns the title of a gallery with these settings.
#[cfg(test)]
pub(crate) fn title_of(text: &str) -> Option<String> {
    let mut report = Report::default();
    let file = report.map.add(SETTINGS, text);
    typed::settings(file, None, &mut report, read::Reader::gallery).map(|settings| settings.title.value)
}
