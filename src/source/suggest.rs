//! "Did you mean": the name that is nearest to a misspelled one.
//!
//! In: a name as written, and those that exist. Out: the one that the author probably meant. Keys, files and pages
//! share one rule, and differ only in the number of letters that a misspelling may change.

/// Maximum length of a name in bytes. No file system has longer names, and comparing them would be slow.
const LONGEST: usize = 255;

/// Maximum length of a misspelled key in characters; all keys are shorter.
const LONGEST_KEY: usize = 40;

/// Number of letters that a misspelling may change.
#[derive(Debug, Clone, Copy)]
pub enum Slip {
    /// One in three, for keys, which differ in whole words.
    Key,
    /// One, plus one in four, for folders of pages.
    Page,
    /// One, plus one in eight, for files, whose names often differ only in a digit.
    File,
}

impl Slip {
    fn allowed(self, name: &str, candidate: &str) -> usize {
        match self {
            Self::Key => (candidate.len().max(name.len()) / 3).max(1),
            Self::Page => 1 + name.chars().count() / 4,
            Self::File => 1 + name.chars().count() / 8,
        }
    }
}

/// Returns the key that is nearest to `name`, if one is near enough; among equally near ones, the first in
/// alphabetical order. Ignores case and separators.
#[must_use]
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if name.chars().count() > LONGEST_KEY {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace(['_', ' ', '.'], "-");
    let mut candidates: Vec<&str> = candidates.into_iter().collect();
    candidates.sort_unstable();
    near(Slip::Key, &plain(name), candidates.into_iter().map(|candidate| (plain(candidate), candidate)))
}

/// Returns the candidate whose text is nearest to `name`, if one is near enough; among equally near ones, the first.
/// Ignores case.
pub fn nearest_by<T>(
    slip: Slip,
    name: &str,
    candidates: impl IntoIterator<Item = T>,
    text: impl Fn(&T) -> &str,
) -> Option<T> {
    if name.len() > LONGEST {
        return None;
    }
    let candidates = candidates.into_iter().map(|candidate| (text(&candidate).to_lowercase(), candidate));
    near(slip, &name.to_lowercase(), candidates)
}

fn near<T>(slip: Slip, name: &str, candidates: impl Iterator<Item = (String, T)>) -> Option<T> {
    let distances = candidates.filter_map(|(text, candidate)| {
        let distance = strsim::osa_distance(name, &text);
        (distance <= slip.allowed(name, &text)).then_some((distance, candidate))
    });
    distances.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_recognised() {
        let keys = ["title", "sub_title", "sections", "date", "auto-orient"];
        for (slip, key) in [
            ("sectoins", "sections"),
            ("Title", "title"),
            ("subtitle", "sub_title"),
            ("titel", "title"),
            ("auto_orient", "auto-orient"),
            ("section", "sections"),
        ] {
            assert_eq!(nearest(slip, keys), Some(key), "{slip}");
        }
    }

    #[test]
    fn other_words_are_left_alone() {
        for word in ["author", "x", "location", "", &"s".repeat(100_000)] {
            assert_eq!(nearest(word, ["title", "sections", "date", "cover"]), None, "{word}");
        }
    }
}
