//! The `sizes` attributes of the theme `exposure`.
//!
//! In: a place, and the size of the picture there. Out: the width of the picture in CSS. The numbers must match those in
//! `templates/assets/css`; `tests/browser/sizes.mjs` compares them in a browser. A `rem` in `sizes` is the browser's own, not that of the style
//! sheet, so lengths in `rem` become lengths in `px` and `vw`. Must not know files.

use super::exposure_rows::narrow_rows;
use crate::render::pages::look::PicturePlace;
use crate::render::pages::ratio::Ratio;
use pixels::Size;

/// `--edge`.
const EDGE: &str = "clamp(17px, 3.2vw, 73.5px)";

/// `--gap`.
const GAP: &str = "clamp(4.25px, 0.6vw, 13.1px)";

/// The gap between tiles.
const TILE_GAP: &str = "clamp(17.5px, 2.2vw, 52.5px)";

/// Width of the widest screen for which sizes are planned, in pixels.
const WIDEST: u32 = 5120;

const ONE: Ratio = Ratio::thousandths(1000);
const THREE_TO_TWO: Ratio = Ratio::thousandths(1500);
const SEVEN_TO_THREE: Ratio = Ratio::thousandths(2333);
const FOUR_TO_ONE: Ratio = Ratio::thousandths(4000);

/// Returns the `sizes` attribute of a picture of `size`.
pub(super) fn sizes(place: PicturePlace<'_>, size: Size) -> String {
    let ratio = Ratio::of(size);
    match place {
        PicturePlace::Full => format!("max(100vw, {}vh)", ratio.times(100)),
        PicturePlace::Bordered => bordered(ratio, size.width),
        PicturePlace::Cell { row, at, tall, .. } => cell(row, at, tall),
        PicturePlace::Aside { width } => format!("(min-width: 40em) {}, {}", aside(width), measure()),
        PicturePlace::Author => format!("calc({} * {})", ratio.at_least(ONE), rem(11_000)),
        PicturePlace::Panorama => format!("max(100vw, min({}px, {}vh))", ratio.times(800), ratio.times(75)),
        PicturePlace::Tile { columns } => stacked(&tile(ratio, columns), ratio),
        PicturePlace::Neighbour { alone } => stacked(&neighbour(ratio, alone), ratio),
    }
}

/// A picture alone is never enlarged.
fn bordered(ratio: Ratio, natural: u32) -> String {
    let own = if natural < WIDEST { format!(", {natural}px") } else { String::new() };
    format!("min({}, {}vh{own})", within_edges(), ratio.times(82))
}

/// On narrow screens, rows wrap.
fn cell(row: &[Ratio], at: usize, tall: bool) -> String {
    let wide = in_row(row, row[at], tall);
    let mut parts = vec![format!("(min-width: 48em) {wide}")];
    for (from, line) in narrow_rows(row, at) {
        let width = in_row(&row[line], row[at], false);
        let is_same = parts.len() == 1 && !tall && width == wide;
        if is_same {
            parts.clear();
        }
        parts.push(if from == 0 { width } else { format!("(min-width: {from}px) {width}") });
    }
    parts.join(", ")
}

/// Returns the width of a picture in a row that does not wrap.
fn in_row(row: &[Ratio], own: Ratio, tall: bool) -> String {
    let sum: Ratio = row.iter().copied().sum();
    let gaps = row.len() - 1;
    let line = match tall {
        true if gaps == 0 => format!("min(100vw - 2 * {GAP}, {}vh)", sum.times(94)),
        true => format!("min(100vw - 2 * {GAP}, {}vh) - {gaps} * {GAP}", sum.times(94)),
        false => format!("100vw - {} * {GAP}", gaps + 2),
    };
    match own.over(sum) {
        _ if gaps == 0 && tall => line,
        _ if gaps == 0 => format!("calc({line})"),
        share => format!("calc({share} * ({line}))"),
    }
}

fn within_edges() -> String {
    format!("100vw - 2 * {EDGE}")
}

/// The width of a text.
fn measure() -> String {
    format!("min({}, {})", rem(36_000), within_edges())
}

/// Returns a length in thousandths of the style sheet's `rem`.
fn rem(thousandths: u64) -> String {
    let of = |hundredths: u64| Ratio::thousandths(thousandths * hundredths / 100);
    format!("clamp({}px, {}px + {}vw, {}px)", of(1700), of(1568), of(32), of(2100))
}

/// Returns the width of a picture beside a text; without a width that `sizes` can express, that of the text.
fn aside(width: &str) -> String {
    let digits = width.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '%');
    let number = digits.parse::<f64>().ok().filter(|number| *number > 0.0);
    let thousandths = number.map(|number| (number * 1000.0).round() as u64);
    match (&width[digits.len()..], thousandths) {
        ("", _) if width.is_empty() => "250px".to_owned(),
        ("px" | "vw" | "vh", Some(_)) => format!("min({width}, {})", measure()),
        ("rem" | "em", Some(length)) => format!("min({}, {})", rem(length), measure()),
        ("%", Some(part)) if part <= 100_000 => format!("calc({} * {})", Ratio::thousandths(part / 100), measure()),
        _ => measure(),
    }
}

fn tile(ratio: Ratio, columns: u8) -> String {
    match columns {
        // No tile is higher than 78 % of the screen.
        1 if ratio > SEVEN_TO_THREE => {
            let height = format!("min(0.4286 * ({}), 78vh)", within_edges());
            format!("max({}, {ratio} * {height})", within_edges())
        }
        1 => covering(ratio, SEVEN_TO_THREE, &within_edges()),
        columns => {
            let (gaps, share) = (columns - 1, ONE.over(Ratio::thousandths(u64::from(columns) * 1000)));
            covering(ratio, THREE_TO_TWO, &format!("{share} * ({} - {gaps} * {TILE_GAP})", within_edges()))
        }
    }
}

fn neighbour(ratio: Ratio, alone: bool) -> String {
    match alone {
        true => covering(ratio, FOUR_TO_ONE, &within_edges()),
        false => covering(ratio, SEVEN_TO_THREE, &format!("0.5 * ({} - {GAP})", within_edges())),
    }
}

/// Returns the sizes of a picture that covers a box; on narrow screens, the boxes fill the line.
fn stacked(wide: &str, ratio: Ratio) -> String {
    format!("(min-width: 48em) {wide}, {}", covering(ratio, THREE_TO_TWO, &within_edges()))
}

/// Returns the width at which a picture covers a box of the given shape and width.
fn covering(ratio: Ratio, shape: Ratio, width: &str) -> String {
    if ratio > shape { format!("calc({} * ({width}))", ratio.over(shape)) } else { format!("calc({width})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANDSCAPE: Size = Size { width: 6000, height: 4000 };
    const PORTRAIT: Size = Size { width: 600, height: 900 };
    const PANORAMA: Size = Size { width: 6000, height: 2000 };

    #[test]
    fn a_full_picture_may_be_wider_than_the_screen() {
        assert_eq!(sizes(PicturePlace::Full, LANDSCAPE), "max(100vw, 150vh)");
    }

    #[test]
    fn a_bordered_picture_is_never_enlarged() {
        let edges = "100vw - 2 * clamp(17px, 3.2vw, 73.5px)";
        assert_eq!(sizes(PicturePlace::Bordered, LANDSCAPE), format!("min({edges}, 123vh)"));
        assert_eq!(sizes(PicturePlace::Bordered, PORTRAIT), format!("min({edges}, 54.694vh, 600px)"));
    }

    #[test]
    fn a_cell_is_as_wide_as_its_share_of_the_line() {
        let pair = [Ratio::thousandths(1500); 2];
        let place = PicturePlace::Cell { row: &pair, at: 0, tall: false, alone: false };
        let half = "calc(0.5 * (100vw - 3 * clamp(4.25px, 0.6vw, 13.1px)))";
        let whole = "calc(100vw - 2 * clamp(4.25px, 0.6vw, 13.1px))";
        assert_eq!(sizes(place, LANDSCAPE), format!("(min-width: 478px) {half}, {whole}"));
        let alone = PicturePlace::Cell { row: &[Ratio::thousandths(667)], at: 0, tall: true, alone: true };
        let high = "min(100vw - 2 * clamp(4.25px, 0.6vw, 13.1px), 62.698vh)";
        assert_eq!(sizes(alone, PORTRAIT), format!("(min-width: 48em) {high}, {whole}"));
    }

    #[test]
    fn a_tile_allows_for_what_is_cropped() {
        let third = "0.333 * (100vw - 2 * clamp(17px, 3.2vw, 73.5px) - 2 * clamp(17.5px, 2.2vw, 52.5px))";
        let line = "100vw - 2 * clamp(17px, 3.2vw, 73.5px)";
        let tile = PicturePlace::Tile { columns: 3 };
        assert_eq!(sizes(tile, LANDSCAPE), format!("(min-width: 48em) calc({third}), calc({line})"));
        assert_eq!(sizes(tile, PANORAMA), format!("(min-width: 48em) calc(2 * ({third})), calc(2 * ({line}))"));
    }

    #[test]
    fn an_aside_takes_the_authors_length() {
        let of = |width| sizes(PicturePlace::Aside { width }, PORTRAIT);
        let measure = "min(clamp(612px, 564.48px + 11.52vw, 756px), 100vw - 2 * clamp(17px, 3.2vw, 73.5px))";
        assert_eq!(of(""), format!("(min-width: 40em) 250px, {measure}"));
        assert_eq!(of("300px"), format!("(min-width: 40em) min(300px, {measure}), {measure}"));
        assert_eq!(of("40%"), format!("(min-width: 40em) calc(0.4 * {measure}), {measure}"));
        assert!(of("10rem").starts_with("(min-width: 40em) min(clamp(170px, 156.8px + 3.2vw, 210px), "));
        for other in ["calc(1px + 2%)", "auto", "px", "-3%"] {
            assert_eq!(of(other), format!("(min-width: 40em) {measure}, {measure}"), "{other}");
        }
    }
}
