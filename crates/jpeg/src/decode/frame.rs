//! The geometry of a frame: number of samples and blocks of each component.

use crate::header::{ComponentHeader, Header};
use crate::plane::Density;
use crate::size::Size;

/// The geometry that a frame header describes.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// Number of pixels in a row, and number of rows.
    pub(crate) pixels: [u32; 2],
    /// Minimum coded units of an interleaved scan: number in a row, and number of rows.
    pub(crate) units: [usize; 2],
    /// The components, in the order of the frame header.
    pub(crate) components: Vec<FrameComponent>,
}

/// A component of a frame. All counts are of existing samples and blocks, except for `padded`.
#[derive(Debug, Clone)]
pub(crate) struct FrameComponent {
    /// The component's selector.
    pub(crate) id: u8,
    /// Number of the component's quantization table.
    pub(crate) table: u8,
    /// Number of blocks in a minimum coded unit, across and down.
    pub(crate) factors: [usize; 2],
    /// Samples for each pixel, across and down.
    pub(crate) density: [Density; 2],
    /// Number of blocks in a row, and number of rows.
    pub(crate) blocks: [usize; 2],
    /// The same, padded to whole minimum coded units.
    pub(crate) padded: [usize; 2],
}

impl Frame {
    /// The geometry of the frame with this header.
    pub(crate) fn of(header: &Header<'_>) -> Self {
        let Size { width, height } = header.size;
        let max =
            |factor: fn(&ComponentHeader) -> u8| u32::from(header.components.iter().map(factor).max().unwrap_or(1));
        // The sampling factors of a picture's only component have no effect (T.81, A.2.2).
        let single = header.components.len() == 1;
        let max = if single { [1; 2] } else { [max(|c| c.horizontal), max(|c| c.vertical)] };
        let units = [width.div_ceil(8 * max[0]) as usize, height.div_ceil(8 * max[1]) as usize];
        let components = header.components.iter().map(|component| {
            let factors = if single { [1; 2] } else { [component.horizontal, component.vertical].map(u32::from) };
            let density = [0, 1].map(|side| Density { samples: factors[side], pixels: max[side] });
            let samples = [density[0].count(width), density[1].count(height)];
            FrameComponent {
                id: component.id,
                table: component.table,
                factors: factors.map(|factor| factor as usize),
                density,
                blocks: samples.map(|count| count.div_ceil(8)),
                padded: [units[0] * factors[0] as usize, units[1] * factors[1] as usize],
            }
        });
        Self { pixels: [width, height], units, components: components.collect() }
    }
}
