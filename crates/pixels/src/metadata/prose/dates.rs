//! Dates and times of day in a text, which look like telephone numbers.

use super::numbers::end_of_digits;

/// Returns the text with a `;` in place of each character of a date or a time of day.
pub(super) fn without_dates(chars: &[char]) -> Vec<char> {
    let mut left = chars.to_vec();
    let mut at = 0;
    while at < chars.len() {
        let begins = chars[at].is_ascii_digit() && !(at > 0 && chars[at - 1].is_ascii_digit());
        match begins.then(|| end_of_date(chars, at).or_else(|| end_of_time(chars, at))).flatten() {
            Some(end) => {
                left[at..end].fill(';');
                at = end;
            }
            None => at += 1,
        }
    }
    left
}

/// Returns the end of a date with year, month and day in any of the usual orders, with equal separators.
fn end_of_date(chars: &[char], start: usize) -> Option<usize> {
    let sign = |at: usize| chars.get(at).copied().filter(|c| matches!(c, '-' | '.' | '/' | ':' | ' ' | '_'));
    let first = end_of_digits(chars, start);
    let between = sign(first)?;
    let second = end_of_digits(chars, first + 1);
    sign(second).filter(|sign| *sign == between)?;
    let third = end_of_digits(chars, second + 1);
    // If more numbers with the same separator follow or precede, it is not a date.
    let goes_on = chars.get(third) == Some(&between) && chars.get(third + 1).is_some_and(char::is_ascii_digit);
    let came = start >= 2 && chars[start - 1] == between && chars[start - 2].is_ascii_digit();
    let goes_on = goes_on && between != ' ' && between != ':';
    let came = came && between != ' ';
    let parts = [(start, first), (first + 1, second), (second + 1, third)];
    let lengths = parts.map(|(start, end)| end.saturating_sub(start));
    let [a, b, c] = parts.map(|(start, end)| value(chars, start, end));
    let is_day = |a: u32, b: u32| (1..=31).contains(&a) && (1..=31).contains(&b) && a.min(b) <= 12;
    let is_year = |year: u32| (1000..=2999).contains(&year);
    let spaced = between == ' ' || between == ':';
    let fits = match lengths {
        [4, 1 | 2, 1 | 2] => is_year(a) && is_day(b, c),
        [1 | 2, 1 | 2, 4] => is_year(c) && is_day(a, b) && !spaced,
        [1 | 2, 1 | 2, 2] => is_day(a, b) && !spaced,
        _ => false,
    };
    (fits && !goes_on && !came).then_some(third)
}

/// Returns the end of a time like `20:17` or `20:17:40`.
fn end_of_time(chars: &[char], start: usize) -> Option<usize> {
    let hours = end_of_digits(chars, start);
    let minutes = end_of_digits(chars, hours + 1);
    let fits = hours - start <= 2
        && chars.get(hours) == Some(&':')
        && minutes.saturating_sub(hours) == 3
        && value(chars, start, hours) < 24
        && value(chars, hours + 1, minutes) < 60;
    let seconds = end_of_digits(chars, minutes + 1);
    let more = chars.get(minutes) == Some(&':') && seconds.saturating_sub(minutes) == 3;
    fits.then_some(if more { seconds } else { minutes })
}

/// Returns the value of digits, or `u32::MAX` if there are too many.
fn value(chars: &[char], start: usize, end: usize) -> u32 {
    let digits: String = chars.get(start..end).unwrap_or_default().iter().collect();
    digits.parse().unwrap_or(u32::MAX)
}
