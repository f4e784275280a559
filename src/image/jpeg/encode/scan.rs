//! In which order the blocks of a scan stand.

use super::coefficients::Component;
use crate::image::error::Error;

/// Which blocks a scan has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// All components, by minimum coded units: of 4:2:0, four blocks of luma, then one of each chroma. A picture of a single
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
    let [across, down] = components[0].units();
    for y in 0..down {
        for x in 0..across {
            for (number, component) in components.iter().enumerate() {
                let [width, height] = component.factors;
                for row in y * height..(y + 1) * height {
                    for column in x * width..(x + 1) * width {
                        visit(number, row * component.stride + column)?;
                    }
                }
            }
        }
    }
    Ok(())
}
