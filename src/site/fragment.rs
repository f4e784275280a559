//! Text as authors write it: a piece of HTML.

/// A piece of HTML from a settings file, printed as it is wherever elements may stand.
///
/// prosopopée and récitale never escape, so titles and captions of existing sites hold markup. In attributes, in
/// `<title>` and in feeds, where markup cannot stand, [`plain`](Self::plain) is used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragment(String);

impl Fragment {
    /// Takes the text as it was written.
    #[must_use]
    pub fn new(html: impl Into<String>) -> Self {
        Self(html.into())
    }

    /// The markup.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}
