//! Locations as numbers in a text: coordinates in any of the usual notations, grid references, links to maps.
//!
//! In: the characters of a text in plain spelling and lower case. Names of places are not coordinates, and neither are
//! temperatures, angles, or single numbers.

use super::numbers::{Number, contains, end_of_digits, numbers, word_at};

/// Addresses of maps, and of services that name places.
const MAPS: [&str; 27] = [
    "maps.google.",
    "google.com/maps",
    "goo.gl/maps",
    "maps.app.goo",
    "openstreetmap.",
    "osm.org",
    "opentopomap.org",
    "maps.apple.",
    "bing.com/maps",
    "what3words.com",
    "w3w.co/",
    "waze.com",
    "wego.here.com",
    "share.here.com",
    "map.geo.admin.ch",
    "maps.me",
    "organicmaps.app",
    "mapy.cz",
    "mapy.com",
    "yandex.ru/maps",
    "yandex.com/maps",
    "2gis.",
    "map.baidu.com",
    "amap.com",
    "plus.codes",
    "geohack",
    "google.de/maps",
];

/// Words that introduce coordinates.
const LABELS: [&str; 14] = [
    "lat",
    "latitude",
    "latitud",
    "latitudine",
    "breite",
    "breitengrad",
    "lon",
    "lng",
    "longitude",
    "longitud",
    "longitudine",
    "länge",
    "längengrad",
    "gps",
];

/// Words that may occur between latitude and longitude, besides punctuation.
const BETWEEN: [&str; 24] = [
    "lat",
    "latitude",
    "lon",
    "lng",
    "long",
    "longitude",
    "n",
    "s",
    "e",
    "w",
    "o",
    "x",
    "y",
    "north",
    "south",
    "east",
    "west",
    "nord",
    "süd",
    "ost",
    "est",
    "ouest",
    "sud",
    "and",
];

/// Whether a text contains a location.
pub(super) fn are_in(chars: &[char]) -> bool {
    let numbers = numbers(chars);
    MAPS.iter().any(|map| contains(chars, map))
        || is_map_of_any_country(chars)
        || has_geo_address(chars)
        || has_plus_code(chars)
        || has_grid_reference(chars)
        || numbers.windows(2).any(|pair| is_pair(chars, &pair[0], &pair[1]))
        || numbers.iter().any(|number| is_on_globe(chars, number))
        || has_both_hemispheres(chars, &numbers)
}

/// Whether a text contains a link like `google.ch/maps`, for any country.
fn is_map_of_any_country(chars: &[char]) -> bool {
    let at = |start: usize, part: &str| chars[start..].iter().copied().take(part.len()).eq(part.chars());
    (0..chars.len()).any(|start| {
        let path = |from: usize| (from..chars.len().min(from + 8)).any(|end| at(end, "/maps"));
        at(start, "google.") && path(start + 7)
    })
}

/// Whether a text contains an address like `geo:47.3,8.5` (RFC 5870).
fn has_geo_address(chars: &[char]) -> bool {
    let follows = |at: usize| chars.get(at).is_some_and(|c| c.is_ascii_digit() || matches!(c, '+' | '-'));
    (0..chars.len()).any(|at| {
        let label = word_at(chars, at, &["geo"]).filter(|end| chars.get(*end) == Some(&':'));
        label.is_some_and(|end| follows(end + 1))
    })
}

/// Whether a text contains a plus code like `8FVC9G8F+6X`, or the end of one.
fn has_plus_code(chars: &[char]) -> bool {
    let is_code = |c: &char| "23456789cfghjmpqrvwx".contains(*c);
    let words = chars.split(|c| !(c.is_alphanumeric() || *c == '+'));
    words.into_iter().any(|word| {
        let Some(plus) = word.iter().position(|c| *c == '+') else { return false };
        let (before, after) = (&word[..plus], &word[plus + 1..]);
        matches!(before.len(), 4 | 6 | 8)
            && matches!(after.len(), 2 | 3)
            && before.iter().chain(after).all(is_code)
            // Sums are not locations.
            && before.iter().any(|c| c.is_alphabetic())
    })
}

/// Whether a text contains a grid reference like `32T LT 12345 67890` (MGRS).
fn has_grid_reference(chars: &[char]) -> bool {
    let packed: Vec<char> = chars.iter().copied().filter(|c| *c != ' ').collect();
    let is = |at: usize, test: fn(&char) -> bool| packed.get(at).is_some_and(test);
    (0..packed.len()).any(|start| {
        if start > 0 && packed[start - 1].is_ascii_alphanumeric() {
            return false;
        }
        let zone = end_of_digits(&packed, start);
        let easting = zone + 3;
        let digits = end_of_digits(&packed, easting).saturating_sub(easting);
        let letters = (zone..easting).all(|at| is(at, char::is_ascii_lowercase));
        matches!(zone - start, 1 | 2)
            && letters
            && matches!(digits, 8 | 10)
            && !is(easting + digits, char::is_ascii_alphabetic)
    })
}

/// Whether two numbers can be latitude and longitude, accurate to a hundred metres or better, with only punctuation between them.
fn is_pair(chars: &[char], first: &Number, second: &Number) -> bool {
    // Three digits after a comma are thousands.
    let is_exact = |number: &Number| number.decimals >= if number.comma { 4 } else { 3 };
    let (low, high) = (first.value.min(second.value), first.value.max(second.value));
    is_exact(first) && is_exact(second) && low <= 90.0 && high <= 180.0 && is_gap(&chars[first.at.end..second.at.start])
}

fn is_gap(gap: &[char]) -> bool {
    let mut at = 0;
    while at < gap.len() {
        if gap[at].is_alphabetic() {
            let Some(end) = word_at(gap, at, &BETWEEN) else { return false };
            at = end;
        } else if gap[at].is_ascii_digit() {
            return false;
        } else {
            at += 1;
        }
    }
    gap.len() <= 24
}

/// Whether a number is recognisable as latitude or longitude by itself: by a degree sign with a precision that temperatures do not have,
/// by a hemisphere, or by a word before it.
fn is_on_globe(chars: &[char], number: &Number) -> bool {
    let after = skip_spaces(chars, number.at.end);
    if chars.get(after) == Some(&'°') {
        let next = skip_spaces(chars, after + 1);
        return number.decimals >= 3 || has_minutes(chars, after + 1) || is_hemisphere(chars, next);
    }
    let labelled = || {
        let before: Vec<usize> = (number.at.start.saturating_sub(18)..number.at.start).collect();
        before
            .into_iter()
            .filter_map(|at| word_at(chars, at, &LABELS))
            .any(|end| end <= number.at.start && chars[end..number.at.start].iter().all(|c| !c.is_alphanumeric()))
    };
    (number.decimals >= 4 && is_hemisphere(chars, after)) || (number.decimals >= 2 && labelled())
}

/// Whether minutes follow a degree sign.
fn has_minutes(chars: &[char], behind: usize) -> bool {
    let start = skip_spaces(chars, behind);
    let Some(number) = numbers(&chars[start..]).into_iter().find(|number| number.at.start == 0) else { return false };
    let after = skip_spaces(chars, start + number.at.end);
    number.value < 60.0 && (start == behind || chars.get(after) == Some(&'\'') || is_hemisphere(chars, after))
}

/// Whether a text contains latitude and longitude with letters, all before or all after their numbers, with only numbers between them.
fn has_both_hemispheres(chars: &[char], numbers: &[Number]) -> bool {
    let letters: Vec<usize> = (0..chars.len()).filter(|at| is_hemisphere(chars, *at)).collect();
    letters.windows(2).any(|pair| {
        let (first, second) = (pair[0], pair[1]);
        let axes = ["ns".contains(chars[first]), "ns".contains(chars[second])];
        let gap = &chars[first + 1..second];
        let span = first.saturating_sub(14)..(second + 14).min(chars.len());
        let digits = chars[span].iter().filter(|c| c.is_ascii_digit()).count();
        let near = |at: usize, before: bool| {
            numbers.iter().any(|number| {
                let gap = if before { number.at.end..at } else { at + 1..number.at.start };
                gap.start <= gap.end && gap.len() <= 2 && chars[gap].iter().all(|c| matches!(c, ' ' | '°' | '\'' | '"'))
            })
        };
        let behind = near(first, true) && near(second, true);
        let before = near(first, false) && near(second, false);
        axes[0] != axes[1]
            && (behind || before)
            && !gap.iter().any(|c| c.is_alphabetic())
            && second - first <= 24
            // Seats and platforms have fewer digits.
            && digits >= 6
    })
}

/// Whether the character is the letter of a hemisphere in English, French, Spanish, Italian (`o` for west) or German (`o` for east), as a
/// separate word or directly before or after a number.
fn is_hemisphere(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(|c| "nsewo".contains(*c))
        && !chars.get(at + 1).is_some_and(|c| c.is_alphabetic() || *c == '\'')
        && !at
            .checked_sub(1)
            .and_then(|before| chars.get(before))
            .is_some_and(|c| c.is_alphabetic() || *c == '\'' && is_elision(chars, at))
}

/// Whether an apostrophe before a letter belongs to a word rather than to minutes.
fn is_elision(chars: &[char], at: usize) -> bool {
    at >= 2 && chars[at - 2].is_alphabetic()
}

fn skip_spaces(chars: &[char], at: usize) -> usize {
    at + chars.get(at..).unwrap_or_default().iter().take_while(|c| **c == ' ').count()
}
