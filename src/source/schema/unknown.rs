//! What a schema makes of names that it does not know.

/// Whether keys and types of sections that cimaise does not know are mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// They are mistakes.
    Refused,
    /// They may be keys and types of the site's own templates.
    Accepted,
}
