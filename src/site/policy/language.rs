//! The language of a page: `lang`.
//!
//! In: the text of the key. Out: a BCP 47 tag, or a warning that names the tag which the author probably means.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Spanned;

/// Names of languages, in English and in the language itself, and codes of countries that are not codes of languages.
const NAMES: [(&str, &[&str]); 36] = [
    ("ar", &["arabic", "العربية"]),
    ("bg", &["bulgarian", "български"]),
    ("ca", &["catalan", "català"]),
    ("cs", &["czech", "čeština", "cz"]),
    ("da", &["danish", "dansk", "dk"]),
    ("de", &["german", "deutsch"]),
    ("el", &["greek", "ελληνικά", "gr"]),
    ("en", &["english", "anglais"]),
    ("es", &["spanish", "español", "espanol", "castellano"]),
    ("et", &["estonian", "eesti"]),
    ("eu", &["basque", "euskara"]),
    ("fa", &["persian", "farsi", "فارسی"]),
    ("fi", &["finnish", "suomi"]),
    ("fr", &["french", "français", "francais"]),
    ("gl", &["galician", "galego"]),
    ("he", &["hebrew", "עברית"]),
    ("hi", &["hindi", "हिन्दी"]),
    ("hr", &["croatian", "hrvatski"]),
    ("hu", &["hungarian", "magyar"]),
    ("id", &["indonesian"]),
    ("is", &["icelandic", "íslenska"]),
    ("it", &["italian", "italiano"]),
    ("ja", &["japanese", "日本語", "jp"]),
    ("ko", &["korean", "한국어"]),
    ("nl", &["dutch", "nederlands"]),
    ("nb", &["norwegian", "norsk", "bokmål"]),
    ("pl", &["polish", "polski"]),
    ("pt", &["portuguese", "português", "portugues"]),
    ("ro", &["romanian", "română"]),
    ("ru", &["russian", "русский"]),
    ("sk", &["slovak", "slovenčina"]),
    ("sv", &["swedish", "svenska"]),
    ("tr", &["turkish", "türkçe"]),
    ("uk", &["ukrainian", "українська", "ua"]),
    ("vi", &["vietnamese", "tiếng việt"]),
    ("zh", &["chinese", "中文", "mandarin", "cn"]),
];

/// Returns `lang` as a BCP 47 tag; `fr_FR` is accepted. Checks only the syntax: the first part of a tag has two or three
/// letters.
///
/// # Errors
/// If it does not have the form of a language tag, or is the code of a country.
pub(in crate::site) fn language(given: &Spanned<String>) -> Result<String, Diagnostic> {
    let tag = given.value.trim().replace('_', "-");
    let meant = named(&tag);
    let well_formed = tag.split('-').enumerate().all(|(at, part)| match at {
        0 => matches!(part.len(), 2..=3) && part.bytes().all(|byte| byte.is_ascii_alphabetic()),
        _ => matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()),
    });
    if well_formed && meant.is_none() {
        return Ok(tag);
    }
    let warning = Diagnostic::new(
        Code::SettingsIgnoredValue,
        format!("ignoring `lang: {}`: it is not a language tag", given.value),
    );
    let help = match meant {
        Some(code) => format!("write `lang: {code}`"),
        None => "write a language tag, like `fr` or `pt-BR`".to_owned(),
    };
    Err(warning.at(given.span).help(help))
}

/// Returns the code of a language by its name. A country may follow: `english (UK)`, `french-CA`.
fn named(tag: &str) -> Option<&'static str> {
    let name = tag.to_lowercase();
    let first = name.split(['-', ' ', '(', '.']).next().unwrap_or_default();
    NAMES.iter().find(|(_, names)| names.contains(&first) || names.contains(&name.as_str())).map(|(code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::spanned;

    #[test]
    fn languages_have_the_form_of_a_tag() {
        assert_eq!(language(&spanned("fr_FR")).as_deref(), Ok("fr-FR"));
        assert_eq!(language(&spanned("zh-Hant-TW")).as_deref(), Ok("zh-Hant-TW"));
        assert_eq!(language(&spanned("gsw")).as_deref(), Ok("gsw"));
        for wrong in ["", "f", "français", "fr FR", "fr--FR", "\"><b", "fr-", "klingon", "en_US.UTF-8"] {
            assert!(language(&spanned(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_of_languages_and_countries_bring_the_code() {
        let help = |lang| language(&spanned(lang)).unwrap_err().help;
        for (lang, code) in
            [("french", "fr"), ("Deutsch", "de"), ("English (UK)", "en"), ("Norsk", "nb"), ("jp", "ja"), ("cz", "cs")]
        {
            assert_eq!(help(lang), Some(format!("write `lang: {code}`")), "{lang}");
        }
        assert_eq!(help("klingon").as_deref(), Some("write a language tag, like `fr` or `pt-BR`"));
    }
}
