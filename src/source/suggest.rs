//! The nearest name to a misspelled one.

/// The candidate that a slip of the pen turns into `name`, if one is near enough.
#[must_use]
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // Keys are short: whatever is longer is no slip of the pen, and comparing it would take long.
    if name.chars().count() > 40 {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace(['_', ' ', '.'], "-");
    let name = plain(name);
    let distance = |candidate: &str| strsim::osa_distance(&name, &plain(candidate));
    let allowed = |candidate: &str| (candidate.len().max(name.len()) / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(candidate), candidate))
        .filter(|&(distance, candidate)| distance <= allowed(candidate))
        .min()
        .map(|(_, candidate)| candidate)
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
