use std::io;
use std::path::Path;

use super::{Format, print, print_failure};
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Span};

/// To a file.
const PLAIN: Format = Format::Human { color: false, width: None };

fn printed(report: &Report, format: Format) -> String {
    let mut out = Vec::new();
    print(report, format, &mut out).expect("a vector can be written");
    String::from_utf8(out).expect("UTF-8")
}

fn at(text: &str, marked: &str) -> (Report, Span) {
    let mut report = Report::default();
    let file = report.map.add("a/settings.yaml", text);
    let start = text.find(marked).expect("in the text");
    (report, Span { file, start: start as u32, end: (start + marked.len()) as u32 })
}

#[test]
fn human_shows_the_line_a_caret_and_help() {
    let (mut report, span) = at("title: A\nsectoins: []\n", "sectoins");
    report.push(
        Diagnostic::new(Code::SettingsUnknownKey, "unknown key `sectoins`").at(span).help("did you mean `sections`?"),
    );
    let expected = "\
a/settings.yaml:2:1: warning[settings/unknown-key]: unknown key `sectoins`
2 | sectoins: []
  | ^^^^^^^^
  = help: did you mean `sections`?
";
    assert_eq!(printed(&report, PLAIN), expected);
    let colored = printed(&report, Format::Human { color: true, width: None });
    assert!(colored.contains("\u{1b}[1m\u{1b}[33mwarning[settings/unknown-key]:\u{1b}[0m"), "{colored:?}");
}

/// Two settings files, and a diagnostic about a key that the first defines twice and the second once.
fn with_related() -> Report {
    let mut report = Report::default();
    let file = report.map.add("a/settings.yaml", "title: A\ndate: x\nlang: y\ntitle: B\n");
    let other = report.map.add("b/settings.yaml", "\n\n\n\n\n\n\n\n\ntitle: C\n");
    let span = |file, start| Span { file, start, end: start + 5 };
    let diagnostic = Diagnostic::new(Code::YamlDuplicateKey, "duplicate key `title`").at(span(file, 25));
    let diagnostic = diagnostic.label("defined again").also(span(file, 0), "first defined here");
    report.push(diagnostic.also(span(other, 9), "and here").help("remove one of the two"));
    report
}

#[test]
fn human_shows_all_places_in_the_order_of_their_lines() {
    let expected = "\
a/settings.yaml:4:1: error[yaml/duplicate-key]: duplicate key `title`
 1 | title: A
   | ----- first defined here
...
 4 | title: B
   | ^^^^^ defined again
  --> b/settings.yaml:10:1
10 | title: C
   | ----- and here
   = help: remove one of the two
";
    assert_eq!(printed(&with_related(), PLAIN), expected);
}

#[test]
fn short_and_json_carry_all_places() {
    let short = printed(&with_related(), Format::Short);
    let expected = "a/settings.yaml:4:1: error[yaml/duplicate-key]: duplicate key `title`; remove one of the two; \
                    first defined here: a/settings.yaml:1:1; and here: b/settings.yaml:10:1\n";
    assert_eq!(short, expected);
    let json = printed(&with_related(), Format::Json);
    assert!(json.contains(r#""label":"defined again","message":"duplicate key `title`""#), "{json}");
    let related =
        r#""related":[{"file":"a/settings.yaml","line":1,"column":1,"end_column":6,"label":"first defined here"},{"#;
    assert!(json.contains(related), "{json}");
}

#[test]
fn a_file_that_settings_name_shows_the_line_that_names_it() {
    let (mut report, span) = at("cover: x.jpg\n", "x.jpg");
    report.note_name("a/x.jpg", span);
    report.push(Diagnostic::new(Code::FileEmpty, "the file is empty").in_file("a/x.jpg").help("replace the file"));
    let expected = "\
a/x.jpg: error[file/empty]: the file is empty
 --> a/settings.yaml:1:8
1 | cover: x.jpg
  |        ----- listed here
  = help: replace the file
";
    assert_eq!(printed(&report, PLAIN), expected);
}

#[test]
fn a_terminal_gets_lines_of_its_width() {
    let (mut report, span) = at("title: A\nsectoins: []\n", "sectoins");
    let help = "did you mean `sections`, which is a key with a rather long explanation that needs two lines?";
    let message = "unknown key `sectoins` with further words";
    report.push(Diagnostic::new(Code::SettingsUnknownKey, message).at(span).help(help));
    let text = printed(&report, Format::Human { color: false, width: Some(80) });
    let expected = "\
a/settings.yaml:2:1: warning[settings/unknown-key]: unknown key `sectoins` with
    further words
2 | sectoins: []
  | ^^^^^^^^
  = help: did you mean `sections`, which is a key with a rather long explanation
          that needs two lines?
";
    assert_eq!(text, expected);
}

#[test]
fn short_is_one_line_whatever_the_message_holds() {
    let mut report = Report::default();
    report
        .push(Diagnostic::new(Code::FileEmpty, "two\nlines").in_file("evil\u{1b}[2J\u{202e}gpj.exe").help("tab\there"));
    report.push(Diagnostic::new(Code::SiteNoUrl, "nowhere"));
    assert_eq!(
        printed(&report, Format::Short),
        "evil\\x1b[2J\\u{202e}gpj.exe: error[file/empty]: two\\nlines; tab\\there\nwarning[site/no-url]: nowhere\n"
    );
}

#[test]
fn json_is_one_object_a_line() {
    let (mut report, span) = at("title: é\n", "é");
    report.push(Diagnostic::new(Code::FileEmpty, "wrong").at(span));
    report.push(Diagnostic::new(Code::SiteNoUrl, "\"\n").in_file("x").help("h"));
    assert_eq!(
        printed(&report, Format::Json),
        concat!(
            r#"{"event":"diagnostic","severity":"error","code":"file/empty","file":"a/settings.yaml","line":1,"column":8,"end_column":9,"message":"wrong"}"#,
            "\n",
            r#"{"event":"diagnostic","severity":"warning","code":"site/no-url","file":"x","message":"\"\n","help":"h"}"#,
            "\n"
        )
    );
}

#[test]
fn wide_characters_and_tabs_keep_the_caret_in_place() {
    let (mut report, span) = at("\t写真: 🙂 x\n", "x");
    report.push(Diagnostic::new(Code::FileEmpty, "here").at(span));
    let text = printed(&report, PLAIN);
    // 4 for the tab, 4 for two ideographs, 2 for ": ", 2 for the emoji, 1 for the space.
    assert_eq!(text.lines().nth(2), Some(&*format!("  | {}^", " ".repeat(13))), "{text}");
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let text = format!("{}HERE{}", "a".repeat(5000), "b".repeat(5000));
    let (mut report, span) = at(&text, "HERE");
    report.push(Diagnostic::new(Code::FileEmpty, "here").at(span));
    let text = printed(&report, PLAIN);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[1].len() < 120 && lines[1].starts_with("1 | ...aaa") && lines[1].ends_with("bbb..."), "{text}");
    assert_eq!(lines[1].find("HERE"), lines[2].find("^^^^"), "{text}");
}

#[test]
fn a_place_at_the_end_of_a_line_or_file_still_has_a_caret() {
    for text in ["", "title: A", "title: A\r\n"] {
        let mut report = Report::default();
        let file = report.map.add("s", text);
        let end = text.trim_end().len() as u32;
        report.push(Diagnostic::new(Code::FileEmpty, "ends").at(Span { file, start: end, end: end + 40 }));
        let printed = printed(&report, PLAIN);
        assert!(printed.ends_with(&format!("  | {}^\n", " ".repeat(end as usize))), "{printed}");
    }
}

#[test]
fn control_characters_of_a_source_line_do_not_reach_the_terminal() {
    let (mut report, span) = at("a: \u{1b}]0;x\u{7} b\n", "b");
    report.push(Diagnostic::new(Code::FileEmpty, "here").at(span));
    assert!(!printed(&report, PLAIN).contains(['\u{1b}', '\u{7}']));
}

#[test]
fn failures_are_events_of_their_own() {
    let failure = Failure::on("write", Path::new("build/x.jpg"))(io::Error::from(io::ErrorKind::StorageFull));
    let mut out = Vec::new();
    print_failure(&failure, Format::Json, &mut out).expect("a vector can be written");
    let text = String::from_utf8(out).expect("UTF-8");
    let beginning = r#"{"event":"failure","code":"machine/no-space","action":"write","path":"build/x.jpg","message":"cannot write "#;
    assert!(text.starts_with(beginning) && text.ends_with("\"}\n"), "{text}");
}

#[test]
fn failures_say_what_to_do() {
    let failure = Failure::on("write", Path::new("build/x.jpg"))(io::Error::from(io::ErrorKind::StorageFull));
    let mut out = Vec::new();
    print_failure(&failure, Format::Short, &mut out).expect("a vector can be written");
    let text = String::from_utf8(out).expect("UTF-8");
    assert!(
        text.starts_with("error[machine/no-space]: cannot write `build/x.jpg`: ") && text.contains("free some space"),
        "{text}"
    );
}

/// Counts writes, and takes whatever comes.
#[derive(Default)]
struct Counter {
    writes: Vec<String>,
}

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes.push(String::from_utf8_lossy(bytes).into_owned());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn each_message_is_one_write() {
    let (mut report, span) = at("title: A\nsectoins: []\n", "sectoins");
    report.push(
        Diagnostic::new(Code::SettingsUnknownKey, "unknown key `sectoins`")
            .at(span)
            .help("did you mean `sections`?")
            .cause("x"),
    );
    report.push(Diagnostic::new(Code::FileEmpty, "the file is empty").in_file("a/1.jpg").help("replace the file"));
    report.push(Diagnostic::new(Code::SiteNoUrl, "nowhere"));
    for format in [Format::Human { color: true, width: None }, PLAIN, Format::Short, Format::Json] {
        let mut counter = Counter::default();
        print(&report, format, &mut counter).expect("a counter can be written");
        assert_eq!(counter.writes.len(), 3, "{format:?}: {:?}", counter.writes);
        assert!(counter.writes.iter().all(|text| text.ends_with('\n')), "{:?}", counter.writes);
        let mut counter = Counter::default();
        let failure = Failure::on("write", Path::new("build/x.jpg"))(io::Error::from(io::ErrorKind::StorageFull));
        print_failure(&failure, format, &mut counter).expect("a counter can be written");
        assert_eq!(counter.writes.len(), 1, "{format:?}: {:?}", counter.writes);
    }
}

#[test]
fn two_places_of_a_long_line_are_shown_with_the_piece_around_each() {
    let text = format!("{}, colr: 1, colr: 2", "x".repeat(200));
    let mut report = Report::default();
    let file = report.map.add("a/settings.yaml", text.as_str());
    let span = |start| Span { file, start, end: start + 4 };
    let diagnostic = Diagnostic::new(Code::YamlDuplicateKey, "duplicate key `colr`").at(span(211)).label("again");
    report.push(diagnostic.also(span(202), "first"));
    let printed = printed(&report, PLAIN);
    let lines: Vec<&str> = printed.lines().collect();
    for (source, marks) in [(lines[1], lines[2]), (lines[3], lines[4])] {
        let column = marks.find(['-', '^']).expect("a mark");
        assert_eq!(&source[column..column + 4], "colr", "{printed}");
    }
}

#[test]
fn no_line_begins_as_a_command_of_a_ci_service() {
    for name in ["::warning::hey/settings.yaml", "  ::error::x/settings.yaml"] {
        let mut report = Report::default();
        report.push(Diagnostic::new(Code::FileEmpty, "the file is empty").in_file(name));
        for format in [PLAIN, Format::Short] {
            let printed = printed(&report, format);
            assert!(printed.starts_with("./"), "{printed}");
        }
    }
}
