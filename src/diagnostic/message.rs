//! One diagnostic: a message to the author of the site, with its places.

use super::code::Code;
use super::severity::Severity;
use super::span::Span;

/// The place of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A range in a settings file.
    Span(Span),
    /// A whole file or folder, by its path relative to the site.
    File(String),
    /// The run as a whole.
    Run,
}

/// A secondary place in a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Range of the place.
    pub span: Span,
    /// Role of the place in a few words: "first defined here".
    pub label: &'static str,
}

/// The labels of a diagnostic with several places.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Labels {
    primary: Option<&'static str>,
    related: Vec<Related>,
}

/// A message to the author of the site.
///
/// Messages are lower case without a full stop, put names in backticks, and state the expected and the found value. `help` gives the
/// cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Kind of the problem.
    pub code: Code,
    /// Severity in this run.
    pub severity: Severity,
    /// Primary place.
    pub place: Place,
    /// Labels and secondary places. Boxed, because few diagnostics have any, and a `Result` with a diagnostic should stay small.
    pub(crate) labels: Option<Box<Labels>>,
    /// Description of the problem, in one line.
    pub message: String,
    /// Cure, in one line.
    pub help: Option<String>,
    /// Internal cause, for developers. Printed under `--verbose` only.
    pub cause: Option<String>,
}

impl Diagnostic {
    /// Creates a diagnostic about the run as a whole, with the usual severity of its code.
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

    /// Sets the severity to error.
    #[must_use]
    pub fn as_error(self) -> Self {
        Self { severity: Severity::Error, ..self }
    }

    /// Sets the severity to warning.
    #[must_use]
    pub fn as_warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// Sets the place to a range in a settings file.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        Self { place: Place::Span(span), ..self }
    }

    /// Sets the place to a file or folder, by its path relative to the site.
    #[must_use]
    pub fn in_file(self, path: impl Into<String>) -> Self {
        Self { place: Place::File(path.into()), ..self }
    }

    /// Labels the primary place of a diagnostic with several places.
    #[must_use]
    pub fn label(mut self, label: &'static str) -> Self {
        self.labels.get_or_insert_default().primary = Some(label);
        self
    }

    /// Returns the label of the primary place.
    #[must_use]
    pub fn primary_label(&self) -> Option<&'static str> {
        self.labels.as_ref().and_then(|labels| labels.primary)
    }

    /// Returns the secondary places, in the order of their addition.
    #[must_use]
    pub fn related(&self) -> &[Related] {
        self.labels.as_ref().map_or(&[], |labels| &labels.related)
    }

    /// Adds a secondary place with its label.
    #[must_use]
    pub fn also(mut self, span: Span, label: &'static str) -> Self {
        self.labels.get_or_insert_default().related.push(Related { span, label });
        self
    }

    /// Adds the cure.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Adds the internal cause.
    #[must_use]
    pub fn cause(self, cause: impl ToString) -> Self {
        Self { cause: Some(cause.to_string()), ..self }
    }
}
