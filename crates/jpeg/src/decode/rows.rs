//! What becomes of the coefficients of a picture, row of blocks by row of blocks.

use crate::error::Error;
use crate::simd::{Block, Extent, Steps};

/// Takes rows of blocks.
///
/// The rows of a component come from the top to the bottom; those of several components may come in turns. A row may be longer than
/// the component, and rows may follow its last one: such blocks fill up minimum coded units. What never comes is missing. A
/// component whose row 0 comes again begins anew: a scan that turns out to be damaged may be read twice.
pub(crate) trait CoefficientSink {
    /// A row of blocks of a component, by its number in the frame: quantized coefficients, how far they reach in each block, and
    /// the steps of their quantization.
    fn row(
        &mut self,
        component: usize,
        row: usize,
        blocks: &[Block],
        extents: &[Extent],
        steps: &Steps,
    ) -> Result<(), Error>;
}
