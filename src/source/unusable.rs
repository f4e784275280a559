//! Entries of folders that cannot be used: the reason, and the severity.
//!
//! In: an entry that the walk found. Out: a [`Diagnostic`]. It is an error if the build would otherwise leave out,
//! and therefore remove from the output, files that the author wants to publish. Must not know the content of any
//! file.

use std::io;
use std::path::Path;

use super::SitePath;
use crate::diagnostic::{Code, Diagnostic, cure_reading};

/// Entries of the root that belong to the whole site.
const OF_THE_SITE: [&str; 4] = ["static", "templates", "custom.css", "custom.js"];

/// Returns whether the last build published a file or a folder.
pub type WasPublished<'a> = &'a dyn Fn(&SitePath) -> bool;

/// An entry that is left out.
#[derive(Debug)]
pub(super) struct Unusable {
    /// Reason, as a sentence about the entry.
    pub(super) why: String,
    /// Advice.
    help: String,
    /// Whether the cause is a failure, not a decision of the author.
    failed: bool,
}

impl Unusable {
    /// Describes an entry that the file system could not read.
    pub(super) fn unreadable(path: &Path, cause: &io::Error) -> Self {
        let help = cure_reading(cause, path, "remove it, or move it out of the site");
        Self { why: format!("cannot read it: {cause}"), help, failed: true }
    }

    /// Describes an entry of a kind that sites cannot use.
    pub(super) fn of_kind(why: impl Into<String>, help: impl Into<String>) -> Self {
        Self { why: why.into(), help: help.into(), failed: false }
    }

    /// Returns the diagnostic. `needed` means that the build depends on this path.
    pub(super) fn diagnostic(&self, path: &SitePath, needed: bool) -> Diagnostic {
        let diagnostic = Diagnostic::new(Code::FileUnusable, self.why.clone());
        let diagnostic = if self.failed || needed { diagnostic.as_error() } else { diagnostic };
        diagnostic.in_file(path.to_string()).help(self.help.clone())
    }
}

/// Returns whether a build without this path would lose something: settings, entries of the root for the whole site,
/// and files that the last build published.
pub(super) fn is_needed(path: &SitePath, before: WasPublished<'_>) -> bool {
    path.name() == super::path::SETTINGS || OF_THE_SITE.contains(&path.as_str()) || before(path)
}
