//! Entries of folders that cannot be used: why, and how bad that is.
//!
//! In: what the walk met at a path. Out: a [`Diagnostic`]. It is an error where a build that goes on would leave out, and therefore
//! remove from the output, what the author means to publish. Must not know what is in any file.

use std::io;
use std::path::Path;

use super::SitePath;
use crate::diagnostic::{Diagnostic, cure_reading};

/// What the root holds for the site as a whole.
const OF_THE_SITE: [&str; 4] = ["static", "templates", "custom.css", "custom.js"];

/// Whether the last build published a file or a folder.
pub type WasPublished<'a> = &'a dyn Fn(&SitePath) -> bool;

/// An entry that is left out.
#[derive(Debug)]
pub(super) struct Unusable {
    /// What it is, as a sentence about the entry.
    pub(super) why: String,
    /// What to do.
    help: String,
    /// Whether the cause is a failure, and no decision of the author.
    failed: bool,
}

impl Unusable {
    /// The file system did not give what was asked for.
    pub(super) fn unreadable(path: &Path, cause: &io::Error) -> Self {
        let help = cure_reading(cause, path, "remove it, or move it out of the site");
        Self { why: format!("cannot read it: {cause}"), help, failed: true }
    }

    /// Something that is there, and is not what a site is made of.
    pub(super) fn of_kind(why: impl Into<String>, help: impl Into<String>) -> Self {
        Self { why: why.into(), help: help.into(), failed: false }
    }

    /// Tells of it. `needed` says that the build depends on this path.
    pub(super) fn diagnostic(&self, path: &SitePath, needed: bool) -> Diagnostic {
        let message = self.why.clone();
        let severe = self.failed || needed;
        let diagnostic = if severe { Diagnostic::error(message) } else { Diagnostic::warning(message) };
        diagnostic.in_file(path.to_string()).help(self.help.clone())
    }
}

/// Whether a build without what is at this path would lose something: settings, what the root holds for the whole site, and what the
/// last build published.
pub(super) fn is_needed(path: &SitePath, before: WasPublished<'_>) -> bool {
    path.name() == super::path::SETTINGS || OF_THE_SITE.contains(&path.as_str()) || before(path)
}
