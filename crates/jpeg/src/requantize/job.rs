//! What to make of a file without making pixels.

use crate::encode::Coding;
use crate::orientation::Orientation;
use crate::size::Size;

/// What to make.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    /// Size of the result, after turning.
    pub size: Size,
    /// How the stored picture is turned.
    pub turn: Orientation,
    /// How it is coded.
    pub coding: Coding,
}
