//! Names of files and folders as visible text in a settings file.
//!
//! In: any name. Out: a YAML value that a browser shows as exactly this name; control characters, which are invisible, become spaces.
//! Titles are HTML inside YAML, so a name is escaped for two languages. This is the only place that writes names into visible text.

use super::scalar::quoted;

/// Title of a site or gallery whose name is invisible, such as a space.
const NAMELESS: &str = "Photographs";

/// Formats a name as the value of a key that contains HTML, such as `title`.
#[must_use]
pub fn shown(name: &str) -> String {
    let text = name.replace(char::is_control, " ");
    let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    quoted(if text.trim().is_empty() { NAMELESS } else { &html })
}

/// Returns the name of a folder as a title: without the date before a name (`2024-05-rome`), with spaces for `_` and `-`, except between
/// digits, and with a capital letter if the name has none.
#[must_use]
pub fn title_of_folder(name: &str) -> String {
    let title = spaced(name);
    let title = match title.split_once(' ') {
        Some((date, rest)) if is_date(date) && rest.contains(char::is_alphabetic) => rest,
        _ => &title,
    };
    if title.trim().is_empty() { name.to_owned() } else { capitalised(title) }
}

fn spaced(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let title: String = (0..chars.len())
        .map(|at| match chars[at] {
            '_' => ' ',
            '-' if !(digit(at.checked_sub(1)) && digit(Some(at + 1))) => ' ',
            other => other,
        })
        .collect();
    title.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns whether a word is a year and a month, or a day: `2024-05`, `2024-05-31`, `20240531`.
fn is_date(word: &str) -> bool {
    let digits: String = word.chars().filter(|character| *character != '-').collect();
    let within = |from: usize, to: usize, most: u8| {
        digits
            .get(from..to)
            .and_then(|digits| digits.parse::<u8>().ok())
            .is_some_and(|number| (1..=most).contains(&number))
    };
    let is_day = digits.len() == 8 && within(6, 8, 31) && matches!(word.len(), 8 | 10);
    let is_month = digits.len() == 6 && word.len() == 7;
    let is_year = word.starts_with("19") || word.starts_with("20");
    word.is_ascii() && is_year && within(4, 6, 12) && (is_day || is_month)
}

fn capitalised(title: &str) -> String {
    let mut characters = title.chars();
    match characters.next() {
        Some(first) if !title.contains(char::is_uppercase) => first.to_uppercase().chain(characters).collect(),
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{shown, title_of_folder};
    use crate::site::Fragment;
    use crate::source::{SettingsKind, check_text, title_of};

    /// Decodes the character references that the text may contain, as a browser does.
    fn decoded(html: &str) -> String {
        html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    fn check(name: &str) {
        let settings = format!("title: {}\npublic: false\n", shown(name));
        assert!(check_text(&settings, SettingsKind::Gallery).diagnostics().is_empty(), "{settings}");
        let title = title_of(&settings).expect("a title");
        assert!(!title.contains(['<', '>']), "{title:?} holds markup");
        assert_eq!(decoded(&title), name.replace(char::is_control, " "), "{settings}");
        let words = |text: &str| text.split(|c: char| c.is_whitespace() || c.is_control()).collect::<String>();
        assert_eq!(words(&Fragment::new(title).plain()), words(name));
        let unseen = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!shown(name).contains(unseen), "{settings:?}");
    }

    #[test]
    fn names_that_mean_something_in_yaml_or_html_are_shown_as_they_are() {
        for name in [
            "<img src=x onerror=alert(1)>",
            "</title><script>alert(1)</script>",
            "A &amp; B",
            "a & b: c # d",
            "- a",
            "? a",
            "@home",
            "%TAG",
            "*star",
            "&anchor",
            "!tag",
            "|",
            ">-",
            "`x`",
            "it's \"so\"",
            "back\\slash",
            "no",
            "True",
            "NULL",
            "~",
            "1e3",
            "0x1F",
            "0o17",
            ".inf",
            "1_000",
            "12:30:45",
            "2024-01-01",
            "2024-01-01T10:00:00Z",
            "---",
            "...",
            "<<",
            "=",
            "{{ site.title }}",
            "tab\there",
            "new\nline: x",
            "\r\u{7f}\u{85}\u{9f}x",
            "\u{feff}mark",
            "\u{2028}\u{2029}x",
            "\u{202e}gpj.exe",
            "\u{fffe}\u{ffff}\u{10ffff}",
            "👨\u{200d}👩\u{200d}👧 été",
        ] {
            check(name);
        }
    }

    #[test]
    fn folders_become_titles() {
        for (name, title) in [
            ("2024-07-15_Rome", "Rome"),
            ("2024-05-rome", "Rome"),
            ("20240715 Rome", "Rome"),
            ("2024-07-15", "2024-07-15"),
            ("2024-13 Rome", "2024-13 Rome"),
            ("2024-rome", "2024 rome"),
            ("2024", "2024"),
            ("my-photos", "My photos"),
            ("iPhone", "iPhone"),
            ("a_-_b", "A b"),
            ("été", "Été"),
            ("--", "--"),
            (" x ", "X"),
        ] {
            assert_eq!(title_of_folder(name), title, "{name}");
        }
    }

    #[test]
    fn a_name_that_shows_nothing_gets_a_title_all_the_same() {
        for name in [" ", "\r", "\u{7f}", "\u{2028}"] {
            assert_eq!(shown(name), "Photographs");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn any_name_is_shown_as_it_is(name in proptest::collection::vec(any::<char>(), 1..24)) {
            let name: String = name.into_iter().collect();
            prop_assume!(!Fragment::text(&name).plain().is_empty());
            check(&name);
        }

        #[test]
        fn any_name_of_signs_is_shown_as_it_is(name in "[-:#&<>\"'{}\\[\\],*!|%@`?~= \ta-c0-2.\r\n\\\\]{1,16}") {
            prop_assume!(!Fragment::text(&name).plain().is_empty());
            check(&name);
        }
    }
}
