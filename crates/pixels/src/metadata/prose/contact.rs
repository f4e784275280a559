//! Contact data in a text: e-mail addresses and telephone numbers.
//!
//! In: the characters of a text in plain spelling and lower case. Years, dates, sizes, numbers of roads and of frames are not
//! telephone numbers. A number that could be either counts as one, because a missing caption costs less than a published number.

use super::dates::without_dates;
use super::numbers::word_at;

/// Words that introduce a telephone number.
const LABELS: [&str; 26] = [
    "tel",
    "tél",
    "tlf",
    "telephone",
    "téléphone",
    "telefon",
    "telefono",
    "teléfono",
    "telefone",
    "phone",
    "mobile",
    "mobil",
    "móvil",
    "mob",
    "cell",
    "cellphone",
    "fax",
    "whatsapp",
    "handy",
    "natel",
    "portable",
    "call",
    "sms",
    "ring",
    "ph",
    "тел",
];

/// Number of digits of the longest telephone number (E.164).
const LONGEST: usize = 15;

/// Whether a text contains contact data.
pub(super) fn is_in(chars: &[char]) -> bool {
    has_address(chars) || has_number(&without_dates(chars))
}

/// Whether a text contains an address like `ann@example.org`, `ann (at) example.org` or `ann [at] example [dot] org`.
fn has_address(chars: &[char]) -> bool {
    let mut text: String = chars.iter().collect();
    for (written, meant) in [("at", "@"), ("ät", "@"), ("dot", "."), ("punkt", "."), ("point", ".")] {
        for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">")] {
            for (before, after) in [(" ", " "), (" ", ""), ("", " "), ("", "")] {
                text = text.replace(&format!("{before}{open}{written}{close}{after}"), meant);
            }
        }
    }
    text = text.replace("(@)", "@").replace("[@]", "@");
    let is_local = |c: char| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-\"".contains(c);
    let is_name = |c: char| c.is_alphanumeric() || c == '-';
    text.match_indices('@').any(|(at, _)| {
        let local = text[..at].chars().next_back().is_some_and(is_local);
        let host: String = text[at + 1..].chars().take_while(|c| is_name(*c) || *c == '.').collect();
        let labels: Vec<&str> = host.trim_end_matches('.').split('.').collect();
        let top = labels.last().map_or("", |label| label);
        local
            && labels.len() >= 2
            && labels.iter().all(|label| !label.is_empty())
            && top.chars().count() >= 2
            && top.chars().any(char::is_alphabetic)
    })
}

/// A sequence of groups of digits.
struct Run {
    start: usize,
    international: bool,
    groups: Vec<String>,
    /// The separators between the groups.
    signs: Vec<char>,
}

fn has_number(chars: &[char]) -> bool {
    runs(chars).iter().any(|run| {
        let digits: usize = run.groups.iter().map(String::len).sum();
        let labelled = (6..=LONGEST).contains(&digits) && is_labelled(chars, run.start);
        // The number of a frame or a model follows a letter or an underscore.
        let is_part = run.start > 0 && (chars[run.start - 1].is_alphanumeric() || chars[run.start - 1] == '_');
        labelled || (!is_part && is_number(run, digits))
    })
}

fn is_number(run: &Run, digits: usize) -> bool {
    let all = run.groups.concat();
    let groups: Vec<&str> = run.groups.iter().map(String::as_str).collect();
    let begins = |from: usize| all[from.min(all.len())..].starts_with(|c| ('1'..='9').contains(&c));
    let is_decimal = groups.len() == 2 && run.signs == ['.'];
    if run.international {
        return (7..=LONGEST).contains(&digits) && !is_decimal;
    }
    let abroad = all.starts_with("00") && begins(2) && (10..=LONGEST + 2).contains(&digits);
    let trunk = all.starts_with('0') && begins(1) && (9..=12).contains(&digits);
    (abroad || trunk) && !is_decimal || is_grouped(&groups, &run.signs, digits)
}

/// Whether digits are grouped like telephone numbers that do not begin with zero.
fn is_grouped(groups: &[&str], signs: &[char], digits: usize) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let above_one = |group: &str| group.starts_with(|c| ('2'..='9').contains(&c));
    let same_sign = signs.windows(2).all(|pair| pair[0] == pair[1]);
    match lengths.as_slice() {
        // North America: area, exchange, line.
        [3, 3, 4] => above_one(groups[0]) && above_one(groups[1]),
        [1, 3, 3, 4] => groups[0] == "1" && above_one(groups[1]) && above_one(groups[2]),
        // Countries without a zero before the area: Spain, Portugal, Poland. Round numbers are quantities.
        [3, 3, 3] => {
            groups[0].starts_with(|c| ('5'..='9').contains(&c)) && !groups.contains(&"000") && signs != ['.', '.']
        }
        // Pairs, as in northern Europe.
        [2, 2, 2, 2, ..] if lengths.iter().all(|length| *length == 2) => same_sign && digits <= 10,
        lengths if lengths.len() >= 4 => {
            let are_years = groups.iter().all(|group| group.len() == 4 && matches!(group.as_bytes()[0], b'1' | b'2'));
            let are_round = groups.iter().all(|group| group.ends_with('0'));
            let are_thousands = lengths[1..].iter().all(|length| *length == 3);
            (9..=LONGEST).contains(&digits)
                && lengths.iter().all(|length| (2..=4).contains(length))
                && !are_years
                && !are_round
                && !are_thousands
        }
        _ => false,
    }
}

/// Returns sequences of digits, with at most three separators between one group and the next.
fn runs(chars: &[char]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut run =
            Run { start: at, international: is_international(chars, at), groups: Vec::new(), signs: Vec::new() };
        loop {
            let digits: String = chars[at..].iter().take_while(|c| c.is_ascii_digit()).collect();
            at += digits.len();
            run.groups.push(digits);
            let signs: Vec<char> = chars[at..].iter().copied().take_while(|c| " -./()".contains(*c)).collect();
            let goes_on =
                (1..=3).contains(&signs.len()) && chars.get(at + signs.len()).is_some_and(char::is_ascii_digit);
            if !goes_on {
                break;
            }
            run.signs.push(signs.iter().copied().find(|c| *c != ' ').unwrap_or(' '));
            at += signs.len();
        }
        runs.push(run);
    }
    runs
}

/// Whether a `+` that is not a sum precedes the first digit, perhaps inside or before a parenthesis.
fn is_international(chars: &[char], start: usize) -> bool {
    let mut before = chars[..start].iter().rev().skip_while(|c| matches!(c, ' ' | '(')).take(2);
    before.next() == Some(&'+') && !before.next().is_some_and(|c| c.is_alphanumeric())
}

/// Whether a word that introduces a telephone number precedes the digits.
fn is_labelled(chars: &[char], start: usize) -> bool {
    let from = start.saturating_sub(16);
    (from..start)
        .filter_map(|at| word_at(chars, at, &LABELS))
        .any(|end| end <= start && start - end <= 6 && chars[end..start].iter().all(|c| !c.is_alphanumeric()))
}
