//! Blocks of coefficients: the output of decoders and the input of inverse transforms.

/// Number of coefficients in a block.
pub const BLOCK: usize = 64;

/// The quantized coefficients of 8×8 samples. Horizontal frequencies increase from row to row, vertical ones within a row: this is the
/// order of the transforms, and readers and writers translate to it.
pub type Block = [i16; BLOCK];

/// The steps of a quantization table, in the order of a [`Block`]. Values that do not fit into 16 bits with a sign wrap around; no
/// undamaged file of 8 bits a sample has such values.
pub type Steps = [i16; BLOCK];
