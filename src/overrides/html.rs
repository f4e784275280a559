//! What a template printed: text, with gaps for what is known only when pages are written.
//!
//! A gap is printed as a mark, a few letters between two control characters that no settings file can hold. Letters count in
//! either case, because a template may pass what it includes through `upper`.

use std::collections::BTreeMap;
use std::fmt;

const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

/// A printed template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html {
    /// Its parts, in order.
    pub pieces: Vec<Piece>,
}

/// A part of what a template printed. All but the first are gaps, filled with cimaise's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// As it is to be printed.
    Text(String),
    /// The attributes of `<html>`.
    Attributes,
    /// The title of the window.
    Title,
    /// Links to style sheets and scripts, and what else a head says.
    Head,
    /// What the head tells other sites of the page.
    Meta,
    /// Links for sharing.
    Share,
    /// All that stands between head and footer.
    Body,
    /// The menu.
    Menu,
    /// The footer.
    Footer,
    /// What has to stand at the end of the page.
    End,
    /// A section of the page's gallery, by its place.
    Section(usize),
}

/// The gaps without a number, with their names.
const NAMED: [(&str, Piece); 9] = [
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
    /// Finds the gaps in a printed text. A mark that means nothing is printed without its control characters.
    pub(super) fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(OPEN) {
            plain.push_str(&rest[..at]);
            rest = &rest[at + OPEN.len_utf8()..];
            let gap = rest.split_once(CLOSE).and_then(|(name, after)| Some((gap(name)?, after)));
            if let Some((gap, after)) = gap {
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                }
                pieces.push(gap);
                rest = after;
            }
        }
        plain.push_str(rest);
        plain.retain(|c| c != CLOSE);
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Self { pieces }
    }
}

impl Html {
    /// How often the gap is there that is there most often.
    pub(super) fn most_of_a_gap(&self) -> usize {
        let mut numbers = BTreeMap::<String, usize>::new();
        for gap in self.pieces.iter().filter(|piece| !matches!(piece, Piece::Text(_))) {
            *numbers.entry(gap.to_string()).or_default() += 1;
        }
        numbers.into_values().max().unwrap_or_default()
    }
}

fn gap(name: &str) -> Option<Piece> {
    let name = name.to_ascii_lowercase();
    match name.strip_prefix("section") {
        Some(number) => number.parse().ok().map(Piece::Section),
        None => NAMED.iter().find(|(known, _)| *known == name).map(|(_, piece)| piece.clone()),
    }
}

impl fmt::Display for Piece {
    /// As templates print it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Section(number) => write!(f, "{OPEN}section{number}{CLOSE}"),
            gap => {
                let name = NAMED.iter().find(|(_, piece)| piece == gap).map_or("", |(name, _)| *name);
                write!(f, "{OPEN}{name}{CLOSE}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_found_where_they_were_printed() {
        let printed = format!("<a>{}b{}", Piece::Section(12), Piece::Head);
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(Html::parse(&printed).pieces, [text("<a>"), Piece::Section(12), text("b"), Piece::Head]);
        assert_eq!(Html::parse(&printed.to_uppercase()).pieces[1], Piece::Section(12));
    }

    #[test]
    fn marks_that_mean_nothing_are_text() {
        for (printed, shown) in
            [("a\u{1}b\u{2}c", "abc"), ("\u{1}section\u{2}", "section"), ("a\u{1}", "a"), ("\u{2}x", "x")]
        {
            assert_eq!(Html::parse(printed).pieces, [Piece::Text(shown.to_owned())], "{printed:?}");
        }
        assert_eq!(Html::parse("").pieces, []);
    }
}
