//! The rows of the theme `exposure` on narrow screens, where they wrap.
//!
//! In: the ratios of a row, and a picture in it. Out: which of its neighbours are in the picture's line, by the width of the screen. The
//! numbers must match those of `.row` in `templates/assets/css/pictures.css`. Lengths are in thousandths of a CSS pixel.

use std::ops::Range;

use crate::render::pages::ratio::Ratio;

/// Width in CSS pixels from which rows do not wrap.
const WIDE: u64 = 768;

/// Smallest width of a screen that is distinguished, in CSS pixels.
const NARROWEST: u64 = 240;

/// Returns the lines of the picture `at` on screens narrower than `48em`, from wide to narrow: the width of the screen in CSS pixels from
/// which the picture has a line, which is 0 for the last one, and the pictures of the line.
pub(super) fn narrow_rows(row: &[Ratio], at: usize) -> Vec<(u64, Range<usize>)> {
    let mut found: Vec<(u64, Range<usize>)> = Vec::new();
    for screen in (NARROWEST..WIDE).rev() {
        let line = line(row, at, screen);
        match found.last_mut() {
            Some((from, last)) if *last == line => *from = screen,
            _ => found.push((screen, line)),
        }
    }
    if let Some((from, _)) = found.last_mut() {
        *from = 0;
    }
    found
}

/// Returns the line that holds the picture `at` on a screen of this width in CSS pixels.
fn line(row: &[Ratio], at: usize, screen: u64) -> Range<usize> {
    let rem = (15_680 + screen * 32 / 10).clamp(17_000, 21_000);
    let gap = (screen * 6).clamp(rem / 4, rem * 5 / 8);
    let room = screen * 1000 - 2 * gap;
    let (mut start, mut used) = (0, 0);
    for (number, ratio) in row.iter().enumerate() {
        let basis = ratio.in_thousandths().saturating_mul(9 * rem) / 1000;
        if number > start && used + gap + basis > room {
            if number > at {
                return start..number;
            }
            (start, used) = (number, basis);
        } else {
            used += basis + if number > start { gap } else { 0 };
        }
    }
    start..row.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANDSCAPE: Ratio = Ratio::thousandths(1500);
    const PORTRAIT: Ratio = Ratio::thousandths(667);

    #[test]
    fn a_row_breaks_where_its_pictures_would_be_small() {
        assert_eq!(narrow_rows(&[LANDSCAPE], 0), [(0, 0..1)]);
        assert_eq!(narrow_rows(&[PORTRAIT; 2], 1), [(0, 0..2)], "two upright pictures stay side by side");
        assert_eq!(narrow_rows(&[LANDSCAPE; 2], 1), [(478, 0..2), (0, 1..2)]);
        let three = [LANDSCAPE, PORTRAIT, LANDSCAPE];
        assert_eq!(narrow_rows(&three, 0), [(599, 0..3), (345, 0..2), (0, 0..1)]);
        assert_eq!(narrow_rows(&three, 2), [(599, 0..3), (0, 2..3)]);
    }

    #[test]
    fn extreme_pictures_break_lines_too() {
        let extreme = [Ratio::thousandths(u64::MAX / 2), Ratio::thousandths(1)];
        assert_eq!(narrow_rows(&extreme, 1), [(0, 1..2)]);
    }
}
