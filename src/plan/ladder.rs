//! Sizes of a picture's renditions. Pure integer arithmetic.

use crate::source::{Fit, Geometry};
use pixels::Size;

/// Returns the sizes of a ladder for a picture of `size`, from small to large.
///
/// No size is larger than the picture. Rungs above nine tenths of the picture's size would be larger than the picture, or nearly duplicates
/// of it; the picture's own size replaces all of them.
pub(super) fn rungs(size: Size, ladder: &[u32], fit: Fit) -> Vec<Size> {
    let measured = fit.measure(size);
    let smaller = |rung: u32| u64::from(rung) * 10 < u64::from(measured) * 9;
    let mut sizes: Vec<Size> =
        ladder.iter().filter(|rung| smaller(**rung)).map(|rung| scale(size, *rung, measured)).collect();
    if sizes.len() < ladder.len() || sizes.is_empty() {
        sizes.push(size);
    }
    sizes
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
