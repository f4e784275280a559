//! The registry of themes: names, and properties that other stages need.
//!
//! A new theme needs a variant here and a folder of templates; see `render::pages::themes`.

/// A theme: how pages look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Theme {
    /// Pictures that fill the screen.
    #[default]
    Exposure,
    /// Small pages without scripts.
    Light,
}

/// Themes of prosopopée and récitale that cimaise does not support.
pub(super) const UNSUPPORTED: [&str; 1] = ["material"];

impl Theme {
    /// All themes.
    pub const ALL: [Self; 2] = [Self::Exposure, Self::Light];

    /// The theme of light copies.
    pub const COPIES: Self = Self::Light;

    /// Returns the name in settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exposure => "exposure",
            Self::Light => "light",
        }
    }

    /// Returns the theme with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// Returns whether pages are plain: captions below pictures, no scripts, no linked data, no links to neighbours.
    #[must_use]
    pub fn is_plain(self) -> bool {
        match self {
            Self::Exposure => false,
            Self::Light => true,
        }
    }
}
