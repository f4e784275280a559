//! The colours of a picture, as far as a plan has to know them.

use serde::{Deserialize, Serialize};

/// In which colours a picture is, as far as a plan has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ColorSpace {
    /// sRGB, or nothing else is known. It needs no profile.
    Srgb,
    /// Another space of red, green and blue, or of gray. Browsers show it rightly with its profile.
    Profiled,
    /// Inks, L\*a\*b\*, more light than a display has, or a profile that is too long to travel: it is always converted.
    Foreign,
}
