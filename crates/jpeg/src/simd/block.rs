//! What decoders make of entropy-coded data, and inverse transforms take.

/// Number of coefficients in a block.
pub const BLOCK: usize = 64;

/// The quantized coefficients of 8×8 samples. Horizontal frequencies rise from row to row, vertical ones within a row: transforms
/// take and leave them so, and readers and writers look them up accordingly.
pub type Block = [i16; BLOCK];

/// The steps of a quantization table, in the order of a [`Block`]. What is larger than 16 bits with a sign wraps around; no
/// undamaged file of 8 bits a sample has that.
pub type Steps = [i16; BLOCK];
