//! In which order the blocks of a scan stand.

use super::coefficients::Component;
use crate::image::error::Error;

/// Which blocks a scan has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// All components, by minimum coded units: four blocks of luma, then one of each chroma. A picture of a single
    /// component has units of one block.
    Interleaved,
    /// One component, its blocks row by row, without those that only fill a unit.
    Single(usize),
}

/// Goes through the blocks of a scan: the number of the component, and that of the block in it.
pub(super) fn each_block(
    components: &[Component],
    layout: Layout,
    mut visit: impl FnMut(usize, usize) -> Result<(), Error>,
) -> Result<(), Error> {
    let single = match layout {
        Layout::Single(number) => Some(number),
        Layout::Interleaved if components.len() == 1 => Some(0),
        Layout::Interleaved => None,
    };
    if let Some(number) = single {
        let component = &components[number];
        for row in 0..component.rows {
            for column in 0..component.columns {
                visit(number, row * component.stride + column)?;
            }
        }
        return Ok(());
    }
    let (luma, chroma) = (&components[0], &components[1]);
    for row in 0..chroma.rows {
        for column in 0..chroma.columns {
            let first = 2 * row * luma.stride + 2 * column;
            for block in [first, first + 1, first + luma.stride, first + luma.stride + 1] {
                visit(0, block)?;
            }
            for number in 1..components.len() {
                visit(number, row * chroma.stride + column)?;
            }
        }
    }
    Ok(())
}
