//! What is wrong with a file of the store or of the output, as a message.

use std::path::PathBuf;

use crate::cache::Flaw;
use crate::diagnostic::{Code, Diagnostic};

/// How a file becomes whole again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cure {
    /// It is whole: there was a good copy, or it could be written anew.
    Copy,
    /// By a build.
    Build,
    /// Not at all: nothing was to be changed.
    None,
}

/// What is wrong with one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it is.
    pub path: PathBuf,
    /// What is wrong.
    pub flaw: Flaw,
    /// Where something is now that was in its place and is not cimaise's.
    pub aside: Option<PathBuf>,
    /// How it becomes whole.
    pub cure: Cure,
}

impl Finding {
    /// The message: a warning if the file is whole again, an error if it is not. `built` says how a build went, if there was one.
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
