//! Mistakes that a new user makes, and what cimaise says about each: place, cause and cure.

use std::fmt::Write;

use crate::support::{SiteBuilder, quadrants};

/// One mistake: its name, the arguments, and the files that differ from a correct site.
struct Mistake<'a> {
    name: &'a str,
    arguments: &'a str,
    files: Vec<(&'a str, &'a str)>,
    expected: &'a str,
}

impl<'a> Mistake<'a> {
    fn parse(text: &'a str) -> Self {
        let (head, expected) = text.split_once(">>>\n").expect("an expectation");
        let mut parts = head.split("--- ");
        let (name, arguments) = parts.next().and_then(|first| first.split_once("\n$ ")).expect("a command");
        let files = parts.map(|part| part.split_once('\n').expect("a path")).collect();
        Self { name, arguments: arguments.trim_end(), files, expected }
    }

    /// Returns the exit code and the messages.
    fn run(&self) -> String {
        let site = SiteBuilder::new()
            .photo("a/1.jpg", quadrants(40, 30))
            .photo("a/more/2.jpg", quadrants(40, 30))
            .file("site/a/film.mp4", b"")
            .settings(
                "a/settings.yaml",
                "title: A\ncover: 1.jpg\nsections:\n- type: bordered-picture\n  image: 1.jpg\n",
            );
        self.files.iter().for_each(|(path, text)| site.write(path, text.as_bytes()));
        let run = site.run(&self.arguments.split(' ').collect::<Vec<_>>());
        let root = std::fs::canonicalize(site.root()).expect("the site");
        let said = run.stderr.replace(&*root.to_string_lossy(), "SITE");
        format!("{said}exit code {}\n", run.code.expect("an exit code"))
    }
}

/// After a change of wording, run this test with `BLESS=1` and read the difference.
#[test]
fn every_mistake_gets_a_message_with_place_cause_and_cure() {
    let golden = include_str!("mistakes.txt");
    let mistakes: Vec<Mistake<'_>> = golden.split("=== ").skip(1).map(Mistake::parse).collect();
    assert!(mistakes.len() >= 50);
    let mut blessed = String::new();
    for mistake in &mistakes {
        let found = mistake.run();
        let Mistake { name, arguments, files, expected } = mistake;
        if std::env::var_os("BLESS").is_none() {
            assert_eq!(&found, expected, "{name}");
        }
        let _ = write!(blessed, "=== {name}\n$ {arguments}\n");
        files.iter().for_each(|(path, text)| blessed += &format!("--- {path}\n{text}"));
        let _ = write!(blessed, ">>>\n{found}");
    }
    if std::env::var_os("BLESS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/integration/mistakes.txt");
        std::fs::write(path, blessed).expect("written");
    }
}

#[test]
fn every_diagnostic_among_them_has_a_cure() {
    let golden = include_str!("mistakes.txt");
    for mistake in golden.split("=== ").skip(1).map(Mistake::parse) {
        let diagnostics = mistake.expected.lines().filter(|line| line.contains("error[") || line.contains("warning["));
        let cures = mistake.expected.lines().filter(|line| line.contains("help: "));
        assert!(cures.count() >= diagnostics.count(), "{}\n{}", mistake.name, mistake.expected);
    }
}
