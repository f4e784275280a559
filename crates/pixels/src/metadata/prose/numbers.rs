//! The decimal numbers in a text, with where they stand.

use std::ops::Range;

/// A number without its sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// Where it stands.
    pub(super) at: Range<usize>,
    /// Its value.
    pub(super) value: f64,
    /// How many decimals it has.
    pub(super) decimals: usize,
    /// Whether a comma stands before them, as in most of Europe.
    pub(super) comma: bool,
}

/// All numbers. What has several points (dates, versions, addresses of machines) and what is part of a word is none.
pub(super) fn numbers(chars: &[char]) -> Vec<Number> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        at = end_of_digits(chars, start);
        let (mut decimals, mut comma) = (0, false);
        if matches!(chars.get(at), Some('.' | ',')) && chars.get(at + 1).is_some_and(char::is_ascii_digit) {
            comma = chars[at] == ',';
            let end = end_of_digits(chars, at + 1);
            decimals = end - at - 1;
            at = end;
        }
        let mut points = 0;
        while chars.get(at) == Some(&'.') && chars.get(at + 1).is_some_and(char::is_ascii_digit) {
            at = end_of_digits(chars, at + 1);
            points += 1;
        }
        let text: String = chars[start..at].iter().map(|c| if *c == ',' { '.' } else { *c }).collect();
        if let (0, Ok(value)) = (points, text.parse()) {
            found.push(Number { at: start..at, value, decimals, comma });
        }
    }
    found
}

/// The end of the digits that begin here.
pub(super) fn end_of_digits(chars: &[char], start: usize) -> usize {
    let digits = chars.get(start..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit());
    start + digits.count()
}

/// Whether one of `words` stands at `at` as a word of its own, and where it ends.
pub(super) fn word_at(chars: &[char], at: usize, words: &[&str]) -> Option<usize> {
    if at > 0 && chars[at - 1].is_alphanumeric() {
        return None;
    }
    words.iter().find_map(|word| {
        let end = at + word.chars().count();
        let fits = chars.get(at..end)?.iter().copied().eq(word.chars());
        (fits && !chars.get(end).is_some_and(|c| c.is_alphabetic())).then_some(end)
    })
}

/// Whether `part` stands in the text.
pub(super) fn contains(chars: &[char], part: &str) -> bool {
    let part: Vec<char> = part.chars().collect();
    chars.windows(part.len()).any(|window| window == part)
}
