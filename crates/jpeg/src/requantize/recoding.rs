//! How a file is written again without making pixels.

use crate::encode::Coding;
use crate::orientation::Orientation;

/// How the coefficients of a file are written again. Their sampling stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recoding {
    /// How the stored picture is turned.
    pub turn: Orientation,
    /// How the result is coded. Steps that are finer than those of the source become the source's.
    pub coding: Coding,
}
