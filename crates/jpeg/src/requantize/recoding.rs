//! Parameters for writing a file again without decoding pixels.

use crate::encode::Coding;
use crate::orientation::Orientation;

/// Parameters for writing the coefficients of a file again. The sampling stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recoding {
    /// Transformation of the stored picture.
    pub turn: Orientation,
    /// Parameters of the result. Steps that are finer than those of the source are replaced by the source's.
    pub coding: Coding,
}
