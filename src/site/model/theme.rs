//! The themes.

use crate::source::Spanned;

/// A theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Pictures as large as the screen.
    #[default]
    Exposure,
    /// Small pages without scripts.
    Light,
}

impl Theme {
    /// By its name; one that is not there is shown as the first.
    pub(in crate::site) fn named(name: Option<&Spanned<String>>) -> Option<Self> {
        name.map(|name| if name.value == "light" { Self::Light } else { Self::Exposure })
    }
}
