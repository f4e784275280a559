//! Blocks of pixels, by their structure: smooth, drawn or natural.
//!
//! A block is smooth if few pixels differ from what their neighbours suggest: areas, gradients, and everything out of focus. Of the others,
//! a block is drawn if many pixels repeat a neighbour exactly, and natural if few do.

/// Side of a block in pixels.
pub(super) const SIDE: usize = 16;

/// Largest difference from the plane through the neighbours that is not rough.
const SMOOTH: u16 = 2;
/// Most rough pixels of a smooth block, of 256.
const FEW_ROUGH: u32 = 16;
/// Least rough pixels of a natural block.
const MANY_ROUGH: u32 = 64;
/// Least repetitions of a drawn block.
const MANY_REPEATED: u32 = 90;
/// Least difference between the brightest and the darkest pixel of a drawn block.
const CONTRAST: u8 = 32;

/// Numbers of blocks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Blocks {
    all: u64,
    drawn: u64,
    natural: u64,
}

impl Blocks {
    /// Adds the blocks of a band: a row before it, and [`SIDE`] rows of pixels with `channels` channels, the first `colors` of which are
    /// colours.
    pub(super) fn add(&mut self, band: &[u8], line: usize, channels: usize, colors: usize) {
        for block in 0..line / channels / SIDE {
            let (mut repeated, mut rough, mut least, mut most) = (0, 0, u8::MAX, 0);
            for y in 1..=SIDE {
                let start = y * line + block * SIDE * channels;
                for at in (start..start + SIDE * channels).step_by(channels).skip(usize::from(block == 0)) {
                    let pixel = |at: usize| &band[at..at + colors];
                    let (here, left, above) = (pixel(at), pixel(at - channels), pixel(at - line));
                    let corner = pixel(at - line - channels);
                    repeated += u32::from(here == left || here == above);
                    let bend = |c: usize| {
                        (u16::from(here[c]) + u16::from(corner[c])).abs_diff(u16::from(left[c]) + u16::from(above[c]))
                    };
                    rough += u32::from((0..colors).any(|c| bend(c) > SMOOTH));
                    let bright = here.iter().copied().max().unwrap_or(0);
                    (least, most) = (least.min(bright), most.max(bright));
                }
            }
            self.all += 1;
            match (rough, repeated) {
                (..=FEW_ROUGH, _) => {}
                (_, MANY_REPEATED..) => self.drawn += u64::from(most.saturating_sub(least) >= CONTRAST),
                (MANY_ROUGH.., _) => self.natural += 1,
                _ => {}
            }
        }
    }

    /// Whether a twentieth of the blocks is natural, and no fewer than are drawn.
    pub(super) fn are_natural(&self) -> bool {
        22 * self.natural >= self.all.max(1) && self.natural >= self.drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(paint: impl Fn(usize, usize) -> u8) -> bool {
        let mut blocks = Blocks::default();
        let band: Vec<u8> = (0..=SIDE).flat_map(|y| (0..64).map(move |x| (x, y))).map(|(x, y)| paint(x, y)).collect();
        blocks.add(&band, 64, 1, 1);
        blocks.are_natural()
    }

    /// Grey photographs have more repetitions than others: their pixels have one sample.
    #[test]
    fn a_third_of_repeated_pixels_is_natural_and_most_of_them_is_drawn() {
        let noise = |x: usize, y: usize| {
            let mixed = (x as u32).wrapping_mul(2_654_435_761) ^ (y as u32).wrapping_mul(2_246_822_519);
            (mixed.wrapping_mul(2_654_435_761) >> 13) as u8 % 61 + 90
        };
        assert!(judged(|x, y| noise(if x % 16 % 3 == 1 { x - 1 } else { x }, y)));
        assert!(!judged(|x, y| noise(x / 2, y / 2)));
    }

    #[test]
    fn noise_is_natural_and_areas_and_gradients_are_not() {
        assert!(judged(|x, y| (x * 7919 + y * 104_729 + x * y * 31) as u8 % 61 + 90));
        assert!(!judged(|_, _| 90));
        assert!(!judged(|x, y| (x + 2 * y) as u8));
        assert!(!judged(|x, y| if x / 5 % 2 == y / 3 % 2 { 0 } else { 255 }));
    }
}
