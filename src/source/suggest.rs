//! "Did you mean": the nearest of several names to a misspelled one.
//!
//! In: a name as written, and those that exist. Out: the one that a slip turns into it. One rule for keys, files and pages, which
//! differ only in how much of a name a slip may change.

/// No file system has longer names, in bytes. A longer name is near to none, and comparing it would take long.
const LONGEST: usize = 255;

/// Keys are short: a longer word is no slip.
const LONGEST_KEY: usize = 40;

/// How many letters a slip may change.
#[derive(Debug, Clone, Copy)]
pub enum Slip {
    /// One in three, for keys, which differ in whole words.
    Key,
    /// One, and one in four more, for folders of pages.
    Page,
    /// One, and one in eight more, for files, whose names often differ in a digit only.
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

/// The key that a slip turns into `name`, if one is near enough; of equally near ones the first of the alphabet. Case and separators do
/// not count.
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

/// The candidate whose text is near to `name`; of equally near ones the first. Case does not count.
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
