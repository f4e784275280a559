//! The output of a template: text with gaps, which are filled when the pages are written.
//!
//! A template prints a gap as a mark: a single character of Unicode's last private use area. Filters keep a mark intact: `upper` and
//! `replace` do not change it, and `truncate`, `indent` and `length` treat it as one character.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// The first character that is a mark. Marks with a number below [`SECTION`] are those of [`NAMED`]; the others are sections.
const FIRST: u32 = 0x10_8000;

/// Number of the mark of the first section.
const SECTION: u32 = 0x20;

/// Number after the last mark: the last two code points of the block are not Unicode characters.
const END: u32 = 0x7FFE;

/// Number of sections in a gallery that can have a mark.
pub(super) const MOST_SECTIONS: usize = (END - SECTION) as usize;

/// The output of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html {
    /// Text and gaps, in order.
    pub pieces: Vec<Piece>,
}

/// A part of a template's output. All variants except [`Piece::Text`] are gaps that cimaise fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that is printed unchanged.
    Text(String),
    /// The attributes of `<html>`.
    Attributes,
    /// The title of the window.
    Title,
    /// Links to style sheets and scripts, and the other elements of the head.
    Head,
    /// Metadata in the head for other sites.
    Meta,
    /// Links for sharing.
    Share,
    /// All content between the head and the footer.
    Body,
    /// The menu.
    Menu,
    /// The footer.
    Footer,
    /// Content that must be at the end of the page.
    End,
    /// A section of the page's gallery, by its index.
    Section(usize),
}

/// The gaps other than sections, with their names: templates use them as members of `cimaise`.
pub(super) const NAMED: [(&str, Piece); 9] = [
    ("attributes", Piece::Attributes),
    ("title", Piece::Title),
    ("head", Piece::Head),
    ("meta", Piece::Meta),
    ("share", Piece::Share),
    ("body", Piece::Body),
    ("menu", Piece::Menu),
    ("footer", Piece::Footer),
    ("end", Piece::End),
];

impl Html {
    /// Splits a template's output at its gaps. Marks without a meaning are dropped.
    pub(super) fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        for letter in text.chars() {
            let Some(number) = mark_number(letter) else {
                plain.push(letter);
                continue;
            };
            let Some(gap) = gap(number) else { continue };
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(gap);
        }
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Self { pieces }
    }
}

impl Html {
    /// Returns the number of occurrences of the most frequent gap.
    pub(super) fn most_of_a_gap(&self) -> usize {
        let mut numbers = BTreeMap::<String, usize>::new();
        for gap in self.pieces.iter().filter(|piece| !matches!(piece, Piece::Text(_))) {
            *numbers.entry(gap.to_string()).or_default() += 1;
        }
        numbers.into_values().max().unwrap_or_default()
    }
}

/// Returns the number of a mark; `None` if the character is not a mark.
fn mark_number(letter: char) -> Option<u32> {
    u32::from(letter).checked_sub(FIRST).filter(|number| *number < END)
}

/// Replaces the marks in a text of the author, which would otherwise print a part of the page.
pub(super) fn without_marks(text: &str) -> Cow<'_, str> {
    let is_mark = |letter| mark_number(letter).is_some();
    if text.contains(is_mark) { text.replace(is_mark, "\u{fffd}").into() } else { text.into() }
}

fn mark(number: u32) -> char {
    char::from_u32(FIRST + number).unwrap_or_default()
}

fn gap(number: u32) -> Option<Piece> {
    match number.checked_sub(SECTION) {
        Some(section) => Some(Piece::Section(section as usize)),
        None => NAMED.get(number as usize).map(|(_, piece)| piece.clone()),
    }
}

impl fmt::Display for Piece {
    /// Writes the text, or the mark of the gap.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = match self {
            Self::Text(text) => return f.write_str(text),
            Self::Section(number) => u32::try_from(*number).map_or(END, |number| number.saturating_add(SECTION)),
            gap => (0..).zip(&NAMED).find(|(_, (_, piece))| piece == gap).map_or(END, |(number, _)| number),
        };
        write!(f, "{}", mark(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.to_owned())
    }

    #[test]
    fn gaps_are_found_where_they_were_printed() {
        let printed = format!("<a>{}b{}", Piece::Section(12), Piece::Head);
        assert_eq!(Html::parse(&printed).pieces, [text("<a>"), Piece::Section(12), text("b"), Piece::Head]);
        assert_eq!(Html::parse(&printed.to_uppercase()).pieces[1], Piece::Section(12));
        for (_, piece) in NAMED {
            assert_eq!(Html::parse(&piece.to_string()).pieces, [piece]);
        }
        let last = Piece::Section(MOST_SECTIONS - 1);
        assert_eq!(Html::parse(&last.to_string()).pieces, [last]);
    }

    #[test]
    fn marks_that_mean_nothing_are_left_out() {
        let unnamed = mark(SECTION - 1);
        assert_eq!(Html::parse(&format!("a{unnamed}c\u{1}")).pieces, [text("ac\u{1}")]);
        assert_eq!(Html::parse("").pieces, []);
    }
}
