//! The decimal numbers in a text, and their positions.

use std::ops::Range;

/// A number without its sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// Range of the number in the text.
    pub(super) at: Range<usize>,
    /// Value of the number.
    pub(super) value: f64,
    /// Number of decimals.
    pub(super) decimals: usize,
    /// Whether a comma precedes the decimals, as in most of Europe.
    pub(super) comma: bool,
}

/// Returns all numbers, without those that have several points (dates, versions, IP addresses) or are part of a word.
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

/// Returns the end of the digits that begin at `start`.
pub(super) fn end_of_digits(chars: &[char], start: usize) -> usize {
    let digits = chars.get(start..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit());
    start + digits.count()
}

/// Returns the end of the word at `at`, if it is one of `words`.
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

/// Whether the text contains `part`.
pub(super) fn contains(chars: &[char], part: &str) -> bool {
    let part: Vec<char> = part.chars().collect();
    chars.windows(part.len()).any(|window| window == part)
}
