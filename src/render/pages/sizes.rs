//! How wide a picture is shown, for the `sizes` attribute: what the style sheet does, in the browser's terms.
//!
//! The numbers here and those in `templates/assets/css` belong together.

use super::ratio::Ratio;

/// Where a picture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// Over the whole screen, cropped.
    Full,
    /// Alone, with space around it.
    Bordered,
    /// In a row, of which it has this share.
    Cell {
        /// Of the row's width, 1 at most.
        share: Ratio,
        /// Whether the row is made narrower so that it is no higher than the screen.
        tall: bool,
    },
    /// Beside a text, in a box of this CSS width.
    Aside {
        /// A checked CSS value.
        width: &'a str,
    },
    /// A portrait.
    Author,
    /// In a strip to pan through.
    Panorama,
    /// On a tile in a row of this many, cropped.
    Tile {
        /// 1 to 3.
        columns: u8,
    },
    /// On the link to the next gallery, cropped.
    Neighbour,
}

const ONE: Ratio = Ratio::thousandths(1000);
const THREE_TO_TWO: Ratio = Ratio::thousandths(1500);
const WIDE: Ratio = Ratio::thousandths(2333);

impl Place<'_> {
    /// The `sizes` attribute for a picture of these proportions.
    pub(super) fn sizes(self, ratio: Ratio) -> String {
        match self {
            Self::Full => format!("max(100vw, {}vh)", ratio.times(100)),
            Self::Bordered => format!("min(94vw, {}vh)", ratio.times(82)),
            Self::Cell { share, tall } => {
                let narrow = if ratio < ONE { 60 } else { 100 };
                let wide = match tall {
                    true => format!("min({}vw, {}vh)", share.times(100), ratio.times(94)),
                    false => format!("{}vw", share.times(100)),
                };
                format!("(min-width: 48em) {wide}, {narrow}vw")
            }
            Self::Aside { width } if is_length(width) => format!("(min-width: 40em) {width}, 92vw"),
            Self::Aside { .. } => "(min-width: 40em) 38rem, 92vw".to_owned(),
            Self::Author => "11rem".to_owned(),
            Self::Panorama => format!("min({}px, {}vh)", ratio.times(800), ratio.times(75)),
            Self::Tile { columns } => {
                let shape = if columns == 1 { WIDE } else { THREE_TO_TWO };
                format!("(min-width: 48em) {}, {}", cropped(ratio, shape, columns), cropped(ratio, THREE_TO_TWO, 1))
            }
            Self::Neighbour => {
                format!("(min-width: 48em) {}, {}", cropped(ratio, WIDE, 2), cropped(ratio, THREE_TO_TWO, 1))
            }
        }
    }
}

/// Width at which a picture covers a box of the given shape, of which `columns` stand side by side.
fn cropped(ratio: Ratio, shape: Ratio, columns: u8) -> String {
    let factor = ratio.over(shape).at_least(ONE);
    format!("{}vw", factor.times(100).over(Ratio::thousandths(u64::from(columns) * 1000)))
}

/// Whether a CSS value is a plain length that means the same in `sizes` as in the style sheet. A percentage does not.
fn is_length(value: &str) -> bool {
    let digits = value.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let unit = &value[digits.len()..];
    matches!(unit, "px" | "rem" | "em" | "vw" | "vh")
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANDSCAPE: Ratio = Ratio::thousandths(1500);
    const PORTRAIT: Ratio = Ratio::thousandths(667);

    #[test]
    fn a_full_picture_may_be_wider_than_the_screen() {
        assert_eq!(Place::Full.sizes(LANDSCAPE), "max(100vw, 150vh)");
    }

    #[test]
    fn a_cell_is_as_wide_as_its_share_of_the_row() {
        let place = Place::Cell { share: Ratio::thousandths(333), tall: false };
        assert_eq!(place.sizes(LANDSCAPE), "(min-width: 48em) 33.3vw, 100vw");
        assert_eq!(place.sizes(PORTRAIT), "(min-width: 48em) 33.3vw, 60vw");
        let alone = Place::Cell { share: ONE, tall: true };
        assert_eq!(alone.sizes(PORTRAIT), "(min-width: 48em) min(100vw, 62.698vh), 60vw");
    }

    #[test]
    fn a_tile_allows_for_what_is_cropped() {
        let tile = Place::Tile { columns: 3 };
        assert_eq!(tile.sizes(LANDSCAPE), "(min-width: 48em) 33.333vw, 100vw");
        assert_eq!(tile.sizes(Ratio::thousandths(3000)), "(min-width: 48em) 66.667vw, 200vw");
    }

    #[test]
    fn an_aside_takes_the_authors_length_unless_it_is_relative() {
        assert_eq!(Place::Aside { width: "250px" }.sizes(PORTRAIT), "(min-width: 40em) 250px, 92vw");
        for relative in ["40%", "calc(1px + 2%)", "auto", "px", ""] {
            assert_eq!(Place::Aside { width: relative }.sizes(PORTRAIT), "(min-width: 40em) 38rem, 92vw");
        }
    }
}
