//! Messages about damaged files of the store or the output.

use std::path::PathBuf;

use crate::cache::Flaw;
use crate::diagnostic::{Code, Diagnostic};

/// How a damaged file is repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cure {
    /// It was restored from a good copy, or written again.
    Copy,
    /// A build repairs it.
    Build,
    /// Not at all: nothing was to be changed.
    None,
}

/// A damaged file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Path of the file.
    pub path: PathBuf,
    /// The kind of damage.
    pub flaw: Flaw,
    /// New path of foreign content that was moved out of the way.
    pub aside: Option<PathBuf>,
    /// How the file is repaired.
    pub cure: Cure,
}

impl Finding {
    /// The message: a warning if the file is intact again, otherwise an error. `built` is the success of a build, if there was one.
    #[must_use]
    pub fn diagnostic(&self, built: Option<bool>) -> Diagnostic {
        let what = match self.flaw {
            Flaw::Content => "the contents differ from what cimaise wrote",
            Flaw::Unreadable => "the file cannot be read",
            Flaw::NoFile => "expected a file, found a folder, a link or a device",
            Flaw::Missing => "the file is missing",
        };
        let (is_whole, cure) = match (self.cure, built) {
            (Cure::Copy, _) => (true, "cimaise restored the file from a good copy"),
            (Cure::Build, Some(true)) => (true, "cimaise restored the file, or rendered it again if the site needs it"),
            (Cure::Build, _) => (false, "cimaise cannot render the file again, because the build of the site fails"),
            (Cure::None, _) => (false, "run `cimaise verify` without `--dry-run` to repair the file"),
        };
        let aside = self.aside.as_ref().map(|path| format!("; the previous content is now `{}`", path.display()));
        let diagnostic = Diagnostic::new(Code::VerifyDamaged, what);
        let diagnostic = if is_whole { diagnostic.as_warning() } else { diagnostic };
        diagnostic.in_file(self.path.to_string_lossy()).help(format!("{cure}{}", aside.unwrap_or_default()))
    }
}
