//! What decoders make of entropy-coded data, and inverse transforms take.

/// Coefficients in a block.
pub(in crate::image) const BLOCK: usize = 64;

/// The quantized coefficients of 8×8 samples. Horizontal frequencies rise from row to row, vertical ones within a row: transforms
/// take and leave them so, and whoever reads or writes them saves a transposition by looking them up accordingly.
pub(in crate::image) type Block = [i16; BLOCK];
