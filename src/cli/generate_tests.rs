//! The files in `packaging`, and what `cimaise completions` and `cimaise man` print.

use clap::{CommandFactory, ValueEnum};
use clap_complete::Shell;

use super::Cli;
use super::generate::{completions, pages};

/// Compares a text with the file in `packaging`; writes it there with `BLESS=1`.
fn compare(path: &str, text: &[u8]) {
    let path = format!("{}/packaging/{path}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(std::path::Path::new(&path).parent().expect("a folder")).expect("made");
        std::fs::write(&path, text).expect("written");
    }
    let there = std::fs::read(&path).unwrap_or_default();
    assert!(there == text, "{path} is out of date; run this test with BLESS=1");
}

#[test]
fn the_completions_in_packaging_are_those_of_the_program() {
    for (shell, name) in [(Shell::Bash, "cimaise.bash"), (Shell::Zsh, "_cimaise"), (Shell::Fish, "cimaise.fish")] {
        compare(&format!("completions/{name}"), &completions(Cli::command(), shell));
    }
}

#[test]
fn the_manual_pages_in_packaging_are_those_of_the_program() {
    let pages = pages(Cli::command());
    for (name, text) in &pages {
        compare(&format!("man/{name}.1"), text);
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/man");
    assert_eq!(std::fs::read_dir(folder).expect("listed").count(), pages.len(), "a page of a command that is gone");
}

#[test]
fn every_shell_completes_every_command_and_option() {
    let program = Cli::command();
    for shell in Shell::value_variants() {
        let text = String::from_utf8(completions(Cli::command(), *shell)).expect("UTF-8");
        for command in program.get_subcommands() {
            assert!(text.contains(command.get_name()), "{shell}: {}", command.get_name());
        }
        assert!(text.contains("skip-video") && text.contains("cache-dir"), "{shell}");
    }
}

#[test]
fn every_command_has_a_manual_page_with_its_options_and_examples() {
    let pages: std::collections::BTreeMap<_, _> = pages(Cli::command()).into_iter().collect();
    let text = |name: &str| String::from_utf8(pages[name].clone()).expect("UTF-8");
    for command in Cli::command().get_subcommands() {
        let page = text(&format!("cimaise-{}", command.get_name()));
        assert!(page.contains(&format!("cimaise\\-{}", command.get_name())), "{page}");
        assert!(page.contains(".SH OPTIONS") && page.contains("Examples:"), "{page}");
    }
    assert!(text("cimaise-build").contains("\\-\\-explain"));
    assert!(text("cimaise").contains("cimaise\\-build(1)"));
}
