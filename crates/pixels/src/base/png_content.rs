//! What the pixels of a PNG show.

use serde::{Deserialize, Serialize};

/// What the pixels of a PNG show, which decides about the format of its renditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PngContent {
    /// Some pixels are transparent.
    Transparent,
    /// Areas of one colour, gradients, lines and letters: PNG is small and exact.
    Drawing,
    /// Noise and textures without transparency: PNG is several times as large as JPEG.
    Photograph,
}
