//! One diagnostic: a message to the author of the site, with its places.

use super::code::Code;
use super::severity::Severity;
use super::span::Span;

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a settings file.
    Span(Span),
    /// In a file that has no lines (a photo), or about a folder as a whole; path relative to the site.
    File(String),
    /// Nowhere in particular.
    Run,
}

/// A further place in a settings file, and what it has to do with the diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub span: Span,
    /// What is there, in a few words: "first defined here".
    pub label: &'static str,
}

/// The labels of a diagnostic with several places.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Labels {
    primary: Option<&'static str>,
    related: Vec<Related>,
}

/// One message to the author of the site.
///
/// Messages are lower case without a full stop, name things in backticks, and state what was found and what was
/// expected. `help` says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// Few diagnostics have any; in a box, so that a `Result` with a diagnostic stays small.
    pub(crate) labels: Option<Box<Labels>>,
    /// What it is, in one line.
    pub message: String,
    /// What to do, in one line.
    pub help: Option<String>,
    /// What went wrong inside of the program, for those who are to mend it. Only shown if asked for.
    pub cause: Option<String>,
}

impl Diagnostic {
    /// A diagnostic without a place, as severe as its code says.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            place: Place::Run,
            labels: None,
            message: message.into(),
            help: None,
            cause: None,
        }
    }

    /// Makes it an error, whatever its code says.
    #[must_use]
    pub fn as_error(self) -> Self {
        Self { severity: Severity::Error, ..self }
    }

    /// Makes it a warning, whatever its code says.
    #[must_use]
    pub fn as_warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// Puts it at a place in a settings file.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        Self { place: Place::Span(span), ..self }
    }

    /// Puts it at a whole file or folder, named relative to the site.
    #[must_use]
    pub fn in_file(self, path: impl Into<String>) -> Self {
        Self { place: Place::File(path.into()), ..self }
    }

    /// Says what is at the place, for a diagnostic with several places.
    #[must_use]
    pub fn label(mut self, label: &'static str) -> Self {
        self.labels.get_or_insert_default().primary = Some(label);
        self
    }

    /// What is at `place`, in a few words, for a diagnostic with several places.
    #[must_use]
    pub fn primary_label(&self) -> Option<&'static str> {
        self.labels.as_ref().and_then(|labels| labels.primary)
    }

    /// Further places, in the order in which they were added.
    #[must_use]
    pub fn related(&self) -> &[Related] {
        self.labels.as_ref().map_or(&[], |labels| &labels.related)
    }

    /// Adds a further place, and what is there.
    #[must_use]
    pub fn also(mut self, span: Span, label: &'static str) -> Self {
        self.labels.get_or_insert_default().related.push(Related { span, label });
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Adds what went wrong inside of the program.
    #[must_use]
    pub fn cause(self, cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), ..self }
    }
}
