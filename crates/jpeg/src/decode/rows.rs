//! Rows of blocks, and what takes them.

use crate::error::Error;
use crate::simd::{Block, Extent, Steps};

/// A row of blocks of one component, with quantized coefficients.
#[derive(Debug, Clone, Copy)]
pub struct CoefficientRow<'a> {
    /// The number of the component in the header.
    pub component: usize,
    /// The number of the row, from the top.
    pub number: usize,
    /// The blocks, from the left; those that pad the last minimum coded unit may follow.
    pub blocks: &'a [Block],
    /// The extent of the coefficients of each block.
    pub(crate) extents: &'a [Extent],
    /// The steps of quantization by which the coefficients are multiplied.
    pub steps: &'a Steps,
}

/// A consumer of rows of blocks.
///
/// The rows of a component arrive from the top to the bottom; those of several components may alternate. A row may be longer than the
/// component, and rows may follow its last one: such blocks pad minimum coded units. Rows that never arrive are missing. A component
/// whose row 0 arrives again starts over: a scan that turns out to be damaged may be read twice.
pub(crate) trait CoefficientSink {
    /// Takes a row.
    fn row(&mut self, row: &CoefficientRow<'_>) -> Result<(), Error>;
}
