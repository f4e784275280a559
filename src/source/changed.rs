//! Detects settings that change while a site is built.
//!
//! In: the texts that were read, and the files now. Out: an error for each that differs. A run that waited for
//! another one, or took long, must not publish content that its author has protected or removed in the meantime. Must
//! not know the meaning of the texts.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, SourceMap};
use crate::machine::fs;

/// Returns an error for each settings file and template in `read` that has changed. `site` is the folder of the site.
#[must_use]
pub fn changed(site: &Path, read: &SourceMap) -> Vec<Diagnostic> {
    let differs = |(path, text): &(&str, &str)| {
        let now = fs::read(site.join(path)).ok();
        let now = now.as_deref().map(|bytes| bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        now != Some(text.as_bytes())
    };
    let diagnostic = |(path, _): (&str, &str)| {
        let error = Diagnostic::new(Code::FileChanged, "the file changed during the build").in_file(path);
        error.help("run the build again")
    };
    read.files().filter(differs).map(diagnostic).collect()
}
