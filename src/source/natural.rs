//! The order in which people read file names: numbers count by their value.
//!
//! In: two paths. Out: their order. `IMG_2` comes before `IMG_10`, and `IMG_2 (1)` after `IMG_2`. Capitals and leading zeros decide only
//! between names that are otherwise the same, so the order is total. Pure.

use std::cmp::Ordering;

use super::SitePath;

/// A part of a name: a number without leading zeros, or a character in lower case.
#[derive(Debug, PartialEq, Eq)]
enum Token<'a> {
    Number(&'a str),
    Character(char),
}

/// Compares two paths, folder by folder, and the names of files before their extensions.
#[must_use]
pub fn natural(one: &SitePath, other: &SitePath) -> Ordering {
    let folders = |path: &SitePath| path.parent().unwrap_or_default();
    let (above, beside) = (folders(one), folders(other));
    let mut parts = above.parts().zip(beside.parts());
    let by_folder = parts.find_map(|(a, b)| Some(names(a, b)).filter(|order| order.is_ne()));
    let depth = || above.parts().count().cmp(&beside.parts().count());
    let file = || names(one.stem(), other.stem()).then_with(|| names(one.extension(), other.extension()));
    by_folder.unwrap_or_else(|| depth().then_with(file)).then_with(|| one.cmp(other))
}

fn names(one: &str, other: &str) -> Ordering {
    tokens(one).cmp(tokens(other))
}

fn tokens(mut rest: &str) -> impl Iterator<Item = Token<'_>> {
    std::iter::from_fn(move || {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let (number, after) = rest.split_at(digits);
            rest = after;
            return Some(Token::Number(number.trim_start_matches('0')));
        }
        let character = rest.chars().next()?;
        rest = &rest[character.len_utf8()..];
        Some(Token::Character(character.to_lowercase().next().unwrap_or(character)))
    })
}

impl Ord for Token<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.len().cmp(&b.len()).then_with(|| a.cmp(b)),
            (Self::Character(a), Self::Character(b)) => a.cmp(b),
            // No character is among the digits.
            (Self::Number(_), Self::Character(b)) => '0'.cmp(b),
            (Self::Character(a), Self::Number(_)) => a.cmp(&'0'),
        }
    }
}

impl PartialOrd for Token<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::root().join(text).expect("inside the root")
    }

    #[test]
    fn names_stand_as_people_count_them() {
        for sorted in [
            &["IMG_1.jpg", "IMG_2.jpg", "IMG_2 (1).jpg", "IMG_2 (2).jpg", "IMG_9.jpg", "img_10.jpg", "IMG_11.jpg"][..],
            &["Trip", "Trip 2", "Trip 10", "Trip 10a", "Trip a"],
            &["scan-001.tif", "scan-2.tif", "scan-010.tif", "scan-00000000000000000000011.tif"],
            &["a/9.jpg", "a/10.jpg", "a 2/1.jpg", "a 10/1.jpg"],
            &["01.jpg", "1.jpg", "é1.jpg", "é02.jpg"],
            &["x.heic", "x.jpg", "X.jpg.xmp"],
        ] {
            let mut paths: Vec<SitePath> = sorted.iter().rev().map(|name| path(name)).collect();
            paths.sort_by(natural);
            assert_eq!(paths.iter().map(SitePath::as_str).collect::<Vec<_>>(), sorted);
        }
    }

    proptest! {
        #[test]
        fn the_order_is_total(names in proptest::collection::vec("[aA01 9./_é]{1,6}", 3)) {
            let paths: Vec<SitePath> = names.iter().filter_map(|name| SitePath::root().join(name)).collect();
            for (a, b) in paths.iter().flat_map(|a| paths.iter().map(move |b| (a, b))) {
                prop_assert_eq!(natural(a, b), natural(b, a).reverse());
                prop_assert_eq!(natural(a, b).is_eq(), a == b);
                for c in &paths {
                    prop_assert!(natural(a, b).is_gt() || natural(b, c).is_gt() || natural(a, c).is_le());
                }
            }
        }
    }
}
