//! The colours of a picture, in the detail that a plan needs.

use serde::{Deserialize, Serialize};

/// The colour space of stored pixels, as far as a plan depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ColorSpace {
    /// sRGB, named or assumed. It needs no profile.
    Srgb,
    /// Another space of red, green and blue, or of gray, which browsers display correctly with its profile.
    Profiled,
    /// Inks, L\*a\*b\*, more light than a display has, or a profile that is too long to embed: such pictures are always converted.
    Foreign,
}
