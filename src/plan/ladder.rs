//! Sizes of a picture's renditions. Pure integer arithmetic.

use crate::site::Ladder;
use crate::source::{Fit, Geometry};
use pixels::Size;

/// Widths in pixels that pictures get without a ladder of the author. None is more than 1.5 times the one before; they are denser where most
/// screens choose.
const STEPS: [u32; 9] = [320, 480, 720, 960, 1200, 1440, 1920, 2880, 3840];

/// Returns the sizes for a picture of `size`, from small to large: the steps below `largest`, and `largest` itself, but nothing above the first
/// one that suffices for a line of `widest` pixels.
///
/// Where two steps would be more than 1.5 apart, the size below a large one is two thirds of that one.
pub(super) fn steps(size: Size, largest: Size, widest: u64) -> Vec<Size> {
    let mut widths = descent(largest.width);
    widths.retain(|width| *width >= 480 || size.height > size.width || *width == largest.width);
    widths.reverse();
    let enough = widths.iter().position(|width| suffices(*width, widest)).map_or(widths.len(), |at| at + 1);
    let of_width = |width| if width == largest.width { largest } else { scale(size, width, size.width) };
    widths.into_iter().take(enough).map(of_width).collect()
}

/// Returns the steps below a width, from large to small, beginning with that width.
fn descent(largest: u32) -> Vec<u32> {
    let mut widths = vec![largest];
    let mut above = largest;
    while let Some(step) = STEPS.iter().copied().rev().find(|step| is_smaller(*step, above)) {
        let is_near = above <= 720 || u64::from(above) * 2 <= u64::from(step) * 3;
        above = if is_near { step } else { (u64::from(above) * 2).div_ceil(3) as u32 };
        widths.push(above);
    }
    widths
}

/// Whether a picture of `width` is sharp on a line of `need` pixels: up to a twentieth less is not seen.
fn suffices(width: u32, need: u64) -> bool {
    u64::from(width) * 100 >= need * 95
}

/// Returns the largest size of pictures of which no full-size picture is published: 2880 pixels on the long edge, or as many pixels as a
/// picture of 2880 × 1920 has.
pub(super) fn usual(size: Size) -> Size {
    let by_edge = capped(size, Ladder::TOP);
    let area = u64::from(Ladder::TOP) * u64::from(Ladder::TOP) * 2 / 3;
    let width = (area * u64::from(size.width) / u64::from(size.height.max(1))).isqrt();
    let by_area = scale(size, u32::try_from(width).unwrap_or(size.width).clamp(1, size.width), size.width);
    if by_edge.width >= by_area.width { by_edge } else { by_area }
}

/// Returns the sizes of an author's ladder for a picture of `size`, from small to large.
///
/// No size is larger than the picture. Rungs above nine tenths of the picture's size would be larger than the picture, or nearly duplicates
/// of it; the picture's own size replaces all of them.
pub(super) fn rungs(size: Size, ladder: &[u32], fit: Fit) -> Vec<Size> {
    let measured = fit.measure(size);
    let smaller = ladder.iter().filter(|rung| is_smaller(**rung, measured));
    let mut sizes: Vec<Size> = smaller.map(|rung| scale(size, *rung, measured)).collect();
    if sizes.len() < ladder.len() || sizes.is_empty() {
        sizes.push(size);
    }
    // Several rungs of a very tall picture can have the same width, which a width descriptor cannot distinguish.
    let mut distinct: Vec<Size> = Vec::new();
    for size in sizes {
        distinct.pop_if(|last| last.width == size.width);
        distinct.push(size);
    }
    distinct
}

/// Whether a size is so much smaller than another one that both are worth a file.
fn is_smaller(one: u32, other: u32) -> bool {
    u64::from(one) * 10 < u64::from(other) * 9
}

/// Returns the size of the full-size picture after `resize`, never larger than the picture.
pub(super) fn resized(size: Size, geometry: Geometry) -> Size {
    match geometry {
        // Integer division, like récitale.
        Geometry::Percent(percent) => {
            let part = |side: u32| (u64::from(side) * u64::from(percent.min(100)) / 100).max(1) as u32;
            Size { width: part(size.width), height: part(size.height) }
        }
        Geometry::Within { width, height } => {
            let by_width = width.map(|width| scale(size, width.clamp(1, size.width), size.width));
            let by_height = height.map(|height| scale(size, height.clamp(1, size.height), size.height));
            by_width.into_iter().chain(by_height).min_by_key(|size| size.pixels()).unwrap_or(size)
        }
        Geometry::Cover { width, height } => {
            let by_width = scale(size, width.clamp(1, size.width), size.width);
            let by_height = scale(size, height.clamp(1, size.height), size.height);
            if by_width.pixels() >= by_height.pixels() { by_width } else { by_height }
        }
    }
}

/// Scales `size` down to a long edge of at most `long_edge` pixels.
pub(super) fn capped(size: Size, long_edge: u32) -> Size {
    scale(size, long_edge.clamp(1, size.long_edge()), size.long_edge())
}

/// Returns `size` × `to` / `from`, each side rounded to the nearest pixel, at least 1.
fn scale(size: Size, to: u32, from: u32) -> Size {
    let side = |side: u32| {
        let (side, to, from) = (u64::from(side), u64::from(to), u64::from(from));
        ((side * to * 2 + from) / (from * 2)).max(1) as u32
    };
    Size { width: side(size.width), height: side(size.height) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LADDER: [u32; 5] = [480, 960, 1440, 1920, 2880];

    fn size(width: u32, height: u32) -> Size {
        Size { width, height }
    }

    fn widths(photo: Size, widest: u64) -> Vec<u32> {
        steps(photo, photo, widest).into_iter().map(|size| size.width).collect()
    }

    #[test]
    fn steps_end_with_the_first_that_suffices() {
        assert_eq!(widths(size(6000, 4000), 5120), [480, 720, 960, 1200, 1440, 1920, 2880, 4000, 6000]);
        assert_eq!(widths(size(6000, 4000), 3000), [480, 720, 960, 1200, 1440, 1920, 2880], "0.96 of 3000");
        assert_eq!(widths(size(5472, 3648), 4320), [480, 720, 960, 1200, 1440, 1920, 2880, 3840, 5472]);
        assert_eq!(widths(size(4000, 6000), 1920), [320, 480, 720, 960, 1200, 1440, 1920]);
        assert_eq!(widths(size(900, 7200), 1536), [320, 480, 720, 900]);
        assert_eq!(steps(size(6000, 1000), size(6000, 1000), 12_600).last(), Some(&size(6000, 1000)));
        assert_eq!(widths(size(100, 80), 5120), [100]);
    }

    #[test]
    fn without_a_full_size_pictures_have_as_many_pixels_as_a_photo_of_the_largest_step() {
        assert_eq!(usual(size(6000, 4000)), size(2880, 1920));
        assert_eq!(usual(size(4000, 6000)), size(1920, 2880));
        assert_eq!(usual(size(4000, 4000)), size(2880, 2880));
        assert_eq!(usual(size(6000, 1000)), size(5760, 960));
        assert_eq!(usual(size(1000, 500)), size(1000, 500));
    }

    #[test]
    fn a_large_photo_gets_every_rung_and_not_its_own_size() {
        let sizes = rungs(size(6000, 4000), &LADDER, Fit::LongEdge);
        assert_eq!(sizes, [size(480, 320), size(960, 640), size(1440, 960), size(1920, 1280), size(2880, 1920)]);
    }

    #[test]
    fn near_duplicates_of_the_source_give_way_to_the_source() {
        assert_eq!(rungs(size(1000, 1500), &LADDER, Fit::LongEdge).last(), Some(&size(1000, 1500)));
        assert_eq!(rungs(size(1000, 1500), &LADDER, Fit::LongEdge).len(), 3);
        assert_eq!(rungs(size(3000, 2000), &LADDER, Fit::LongEdge).last(), Some(&size(3000, 2000)));
        assert_eq!(rungs(size(3201, 2000), &LADDER, Fit::LongEdge).last(), Some(&size(2880, 1799)));
    }

    #[test]
    fn a_small_photo_is_offered_as_it_is() {
        assert_eq!(rungs(size(100, 80), &LADDER, Fit::LongEdge), [size(100, 80)]);
        assert_eq!(rungs(size(1, 1), &[], Fit::Width), [size(1, 1)]);
    }

    #[test]
    fn geometry_as_graphicsmagick_reads_it_but_never_larger() {
        let photo = size(3000, 2000);
        assert_eq!(resized(photo, Geometry::Percent(50)), size(1500, 1000));
        assert_eq!(resized(size(3, 1), Geometry::Percent(50)), size(1, 1));
        let within = |width, height| resized(photo, Geometry::Within { width, height });
        assert_eq!(within(Some(800), Some(600)), size(800, 533));
        assert_eq!(within(Some(1800), Some(1000)), size(1500, 1000));
        assert_eq!(within(None, Some(900)), size(1350, 900));
        assert_eq!(within(Some(9000), None), photo);
        assert_eq!(resized(photo, Geometry::Cover { width: 800, height: 800 }), size(1200, 800));
        assert_eq!(capped(photo, 1500), size(1500, 1000));
        assert_eq!(capped(photo, 15000), photo);
    }

    proptest! {
        #[test]
        fn steps_are_near_each_other_and_never_enlarge(width in 1u32..70_000, height in 1u32..70_000, widest in 1u64..80_000) {
            let found = steps(size(width, height), size(width, height), widest);
            prop_assert!(!found.is_empty());
            for pair in found.windows(2) {
                let [narrow, wide] = [pair[0].width, pair[1].width].map(u64::from);
                prop_assert!(narrow < wide && (wide * 2 <= narrow * 3 || wide <= 720), "{narrow} {wide}");
                prop_assert!(narrow * 100 < widest * 95, "only the last one suffices");
            }
            let last = found[found.len() - 1];
            prop_assert!(last.width == width || u64::from(last.width) * 100 >= widest * 95);
            prop_assert!(last.width <= width && last.height <= height);
        }

        #[test]
        fn rungs_never_enlarge_keep_the_aspect_and_rise(
            width in 1u32..70_000, height in 1u32..70_000,
            ladder in proptest::collection::btree_set(16u32..17_000, 0..12),
            fit in prop_oneof![Just(Fit::LongEdge), Just(Fit::Width), Just(Fit::Height)],
        ) {
            let ladder: Vec<u32> = ladder.into_iter().collect();
            let source = size(width, height);
            let sizes = rungs(source, &ladder, fit);
            prop_assert!(!sizes.is_empty());
            prop_assert!(sizes.is_sorted_by_key(|size| size.pixels()));
            for size in sizes {
                prop_assert!(size.width >= 1 && size.height >= 1 && size.width <= width && size.height <= height);
                // Off by at most half a pixel on either side.
                let skew = (u64::from(size.width) * u64::from(height)).abs_diff(u64::from(size.height) * u64::from(width));
                prop_assert!(size.width == 1 || size.height == 1 || skew <= u64::from(width.max(height)));
            }
        }
    }
}
