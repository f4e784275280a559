//! Sizes of videos. Pure integer arithmetic.

use pixels::Size;

/// Fits a video into a box; a missing side is unbounded.
///
/// Keeps the aspect ratio and never enlarges. Both sides are even, because chroma has half the resolution.
#[must_use]
pub fn fitting(video: Size, width: Option<u32>, height: Option<u32>) -> Size {
    let (wide, high) = (u64::from(video.width.max(1)), u64::from(video.height.max(1)));
    // As fractions: the smallest of 1, width / wide and height / high.
    let mut scale = (1, 1);
    for (to, from) in [(width, wide), (height, high)] {
        let to = u64::from(to.unwrap_or(u32::MAX).max(2));
        if to * scale.1 < scale.0 * from {
            scale = (to, from);
        }
    }
    let even = |side: u64| u32::try_from((side * scale.0 / scale.1) & !1).unwrap_or(u32::MAX - 1).max(2);
    Size { width: even(wide), height: even(high) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fit(video: (u32, u32), width: Option<u32>, height: Option<u32>) -> (u32, u32) {
        let size = fitting(Size { width: video.0, height: video.1 }, width, height);
        (size.width, size.height)
    }

    #[test]
    fn a_video_is_made_smaller_but_never_larger() {
        assert_eq!(fit((1920, 1080), None, Some(600)), (1066, 600));
        assert_eq!(fit((1920, 1080), None, Some(2000)), (1920, 1080));
        assert_eq!(fit((1080, 1920), Some(1280), Some(720)), (404, 720));
        assert_eq!(fit((1920, 1080), Some(1280), Some(720)), (1280, 720));
        assert_eq!(fit((3, 5), None, None), (2, 4));
        assert_eq!(fit((1, 1), None, None), (2, 2));
    }

    proptest! {
        #[test]
        fn sides_are_even_fit_the_box_and_keep_the_aspect(
            wide in 2_u32..70_000, high in 2_u32..70_000,
            width in proptest::option::of(2_u32..5_000), height in proptest::option::of(2_u32..5_000),
        ) {
            let (w, h) = fit((wide, high), width, height);
            prop_assert!(w % 2 == 0 && h % 2 == 0 && w >= 2 && h >= 2);
            prop_assert!(w <= wide && h <= high && w <= width.unwrap_or(w).max(2) && h <= height.unwrap_or(h).max(2));
            // Each side is off by less than three pixels, unless it has the minimum length.
            let off = (f64::from(w) - f64::from(h) * f64::from(wide) / f64::from(high)).abs();
            prop_assert!(w == 2 || h == 2 || off < 3.0 * (1.0 + f64::from(wide) / f64::from(high)));
        }
    }
}
