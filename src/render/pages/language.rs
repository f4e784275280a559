//! Writing directions of languages.

/// Whether a BCP 47 language is written from right to left. The script decides if the tag has one; otherwise the primary language.
pub(super) fn is_right_to_left(language: &str) -> bool {
    const LANGUAGES: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
    const SCRIPTS: [&str; 5] = ["adlm", "arab", "hebr", "syrc", "thaa"];
    let language = language.to_ascii_lowercase();
    let mut parts = language.split('-');
    let primary = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        Some(script) => SCRIPTS.contains(&script),
        None => LANGUAGES.contains(&primary),
    }
}

#[cfg(test)]
mod tests {
    use super::is_right_to_left;

    #[test]
    fn the_direction_follows_from_language_and_script() {
        assert!(["ar", "he-IL", "fa", "UR", "az-Arab"].into_iter().all(is_right_to_left));
        assert!(!["en", "fr-CA", "", "ku-Latn", "ug-Latn", "arn"].into_iter().any(is_right_to_left));
    }
}
