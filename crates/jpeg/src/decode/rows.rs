//! The consumer of a picture's coefficients, row of blocks by row of blocks.

use crate::error::Error;
use crate::simd::{Block, Extent, Steps};

/// A consumer of rows of blocks.
///
/// The rows of a component arrive from the top to the bottom; those of several components may alternate. A row may be longer than the
/// component, and rows may follow its last one: such blocks pad minimum coded units. Rows that never arrive are missing. A component
/// whose row 0 arrives again starts over: a scan that turns out to be damaged may be read twice.
pub(crate) trait CoefficientSink {
    /// Takes a row of blocks of a component, by its number in the frame: quantized coefficients, their extent in each block, and the
    /// quantization steps.
    fn row(
        &mut self,
        component: usize,
        row: usize,
        blocks: &[Block],
        extents: &[Extent],
        steps: &Steps,
    ) -> Result<(), Error>;
}
