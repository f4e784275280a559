//! The geometry of a frame: how many samples and blocks each component has.

use crate::header::{ComponentHeader, Header};
use crate::plane::Density;
use crate::size::Size;

/// A frame, as its header tells.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    /// Pixels in a row, and rows.
    pub(crate) pixels: [u32; 2],
    /// Minimum coded units of an interleaved scan: in a row, and rows.
    pub(crate) units: [usize; 2],
    /// In the order of the frame header.
    pub(crate) components: Vec<FrameComponent>,
}

/// A component of a frame. All counts are of samples and blocks that exist, unless they are called padded.
#[derive(Debug, Clone)]
pub(crate) struct FrameComponent {
    /// Its selector.
    pub(crate) id: u8,
    /// The quantization table that it asks for.
    pub(crate) table: u8,
    /// Blocks in a minimum coded unit: across and down.
    pub(crate) factors: [usize; 2],
    /// Samples for each pixel, across and down.
    pub(crate) density: [Density; 2],
    /// Blocks in a row, and rows of them.
    pub(crate) blocks: [usize; 2],
    /// The same, filled up to whole minimum coded units.
    pub(crate) padded: [usize; 2],
}

impl Frame {
    /// Of what the header says.
    pub(crate) fn of(header: &Header<'_>) -> Self {
        let Size { width, height } = header.size;
        let max =
            |factor: fn(&ComponentHeader) -> u8| u32::from(header.components.iter().map(factor).max().unwrap_or(1));
        // A picture of one component has no other to be smaller than, whatever its factors say (T.81, A.2.2).
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
