use std::fmt::Write;

use proptest::prelude::*;

use crate::diagnostic::{Format, Severity, print};
use crate::source::{SettingsKind, Theme, check_text};

fn short(kind: SettingsKind, text: &str) -> String {
    let mut out = Vec::new();
    print(&check_text(text, kind), Format::Short, &mut out).expect("a vector can be written");
    String::from_utf8(out).expect("UTF-8").replace("settings.yaml:", "")
}

/// Compares the diagnostics for the settings in `cases.txt` with those after `>>>`. After a change of wording, run
/// this test with `BLESS=1` and read the difference.
#[test]
fn every_case_is_judged_as_written() {
    let cases = include_str!("cases.txt");
    let mut found = String::new();
    for case in cases.split("=== ").skip(1) {
        let (head, rest) = case.split_once('\n').expect("a kind");
        let (text, _) = rest.split_once(">>>\n").expect("an expectation");
        let kind = if head == "root" { SettingsKind::Root } else { SettingsKind::Gallery };
        let _ = write!(found, "=== {head}\n{text}>>>\n{}", short(kind, text));
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/source/read/cases.txt"), &found).expect("written");
    } else {
        for (found, expected) in found.split("=== ").zip(cases.split("=== ")) {
            assert_eq!(found, expected);
        }
    }
}

#[test]
fn every_theme_is_proposed_for_an_unknown_one() {
    let names: Vec<String> = Theme::ALL.iter().map(|theme| format!("`{}`", theme.name())).collect();
    let expected = format!(
        "2:8: error[settings/unknown-theme]: unknown theme `zzz`; write {}, or remove `theme`\n",
        names.join(" or ")
    );
    assert_eq!(short(SettingsKind::Gallery, "title: a\ntheme: zzz\n"), expected);
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let unix = "title: \"é\"\nsections:\n- type: txt\n";
    assert_eq!(short(SettingsKind::Gallery, unix), short(SettingsKind::Gallery, &unix.replace('\n', "\r\n")));
    assert_eq!(short(SettingsKind::Gallery, "title: a\r\ndate: \"2016-01-31\"\r\n"), "");
}

#[test]
fn control_characters_are_refused_raw_and_escaped() {
    assert!(
        short(SettingsKind::Root, "title: a\u{7}b\n")
            .starts_with("1:9: error[yaml/encoding]: control character U+0007")
    );
    assert!(
        short(SettingsKind::Root, "title: \"a\\0\"\n")
            .starts_with("1:8: error[settings/invalid-value]: control character U+0000 in `title`")
    );
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = String::from("title: a\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{items}]");
    }
    assert!(
        short(SettingsKind::Gallery, &text)
            .contains("error[yaml/too-large]: the aliases in this file expand to too much data")
    );
}

#[test]
fn a_long_text_repeated_by_aliases_is_refused() {
    let text = format!("title: &t \"{}\"\ntags: [{}]\n", "x".repeat(100_000), vec!["*t"; 10_000].join(", "));
    assert!(
        short(SettingsKind::Gallery, &text)
            .contains("error[yaml/too-large]: the aliases in this file expand to too much data")
    );
}

#[test]
fn deep_nesting_is_refused_with_and_without_aliases() {
    for text in [
        format!("title: {}{}\n", "[".repeat(100_000), "]".repeat(100_000)),
        format!("title:\n{}", (1..5_000).map(|depth| format!("{}- \n", " ".repeat(depth))).collect::<String>()),
        format!("title: x\n{}", "- ".repeat(10_000)),
        (1..10_000).fold("a0: &a0 [x]\n".to_owned(), |text, n| text + &format!("a{n}: &a{n} [*a{}]\n", n - 1)),
    ] {
        assert!(check_text(&text, SettingsKind::Gallery).count(Severity::Error) > 0);
    }
}

#[test]
fn aliases_and_merges_within_reason_work() {
    let text = "title: a\ncover: &c {name: a.jpg, type: image, quality: 80}\nsections:\n\
        - type: panorama\n  image: *c\n- type: panorama\n  image: {<<: *c, name: b.jpg}\n";
    assert_eq!(short(SettingsKind::Gallery, text), "");
}

#[test]
fn of_very_many_problems_the_first_are_told() {
    let text: String = (0..5000).fold("title: a\n".to_owned(), |text, n| text + &format!("zzz{n}: 1\n"));
    let found = short(SettingsKind::Gallery, &text);
    assert_eq!(found.lines().count(), 101);
    assert!(
        found.ends_with("warning[settings/not-listed]: 4900 more problems in this file are not listed\n"),
        "{found}"
    );
}

#[test]
fn numbers_read_as_text_keep_their_spelling() {
    let mut report = crate::diagnostic::Report::default();
    let file = report.map.add("settings.yaml", "title: 1.10\nsub_title: 0x1F\n");
    let root = crate::source::typed::settings(file, None, &mut report, super::Reader::root).expect("a title");
    assert_eq!((root.title.value.as_str(), root.sub_title.expect("there").value.as_str()), ("1.10", "0x1F"));
}

/// A gallery with every key, which the tests below damage.
const FULL: &str = include_str!("full.yaml");

#[test]
fn every_key_of_a_gallery_is_known() {
    assert_eq!(short(SettingsKind::Gallery, FULL), "");
}

proptest! {
    #[test]
    fn any_text_is_judged_without_panic(text in any::<String>()) {
        let _ = check_text(&text, SettingsKind::Root);
        let _ = check_text(&text, SettingsKind::Gallery);
    }

    #[test]
    fn any_yaml_like_text_is_judged_without_panic(text in "([ \\-:#\"'\\[\\]{},&*|>!?%\n\t]|title|date|type|text|a|1|é|<<){0,80}") {
        let _ = check_text(&text, SettingsKind::Gallery);
    }

    #[test]
    fn damaged_settings_are_judged_without_panic(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, "[ \\-:#\"'\\[\\]{},&*|>!?a0\n]{0,4}"), 1..6),
    ) {
        let mut text: Vec<char> = FULL.chars().collect();
        for (at, length, patch) in cuts {
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, patch.chars());
            prop_assume!(!text.is_empty());
        }
        let text: String = text.into_iter().collect();
        let report = check_text(&text, SettingsKind::Gallery);
        for format in [Format::Human { color: true, width: None }, Format::Short, Format::Json] {
            print(&report, format, &mut Vec::new()).expect("a vector can be written");
        }
    }
}
