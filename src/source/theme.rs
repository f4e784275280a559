//! The registry of themes: names, and what other stages have to know of each.
//!
//! A new theme is a variant here and a folder of templates; `render::pages::themes` says which.

/// A theme: how pages look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Theme {
    /// Pictures as large as the screen.
    #[default]
    Exposure,
    /// Small pages without scripts.
    Light,
}

/// Names of themes of prosopopée and récitale that cimaise does not have.
pub(super) const UNSUPPORTED: [&str; 1] = ["material"];

impl Theme {
    /// All themes.
    pub const ALL: [Self; 2] = [Self::Exposure, Self::Light];

    /// The theme of light copies.
    pub const COPIES: Self = Self::Light;

    /// Name in settings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exposure => "exposure",
            Self::Light => "light",
        }
    }

    /// The theme of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// Whether pages are plain: every caption below its picture, no scripts, no linked data, no links to neighbours.
    #[must_use]
    pub fn is_plain(self) -> bool {
        match self {
            Self::Exposure => false,
            Self::Light => true,
        }
    }
}
