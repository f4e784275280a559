//! `cimaise completions` and `cimaise man`: what shells and `man` read, made from the command line.
//!
//! The same texts are in `packaging/completions` and `packaging/man`, for archives and images: a program for another processor cannot
//! be run there.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use clap_complete::aot::generate;
use clap_mangen::Man;

use super::Cli;
use crate::commands::Exit;

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// Shell that reads the completions
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl CompletionsArgs {
    pub(super) fn run(self) -> Exit {
        print(&completions(self.shell))
    }
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Command to describe, such as build; without one, the program
    #[arg(value_name = "COMMAND", value_parser = command)]
    command: Option<String>,
}

impl ManArgs {
    pub(super) fn run(self) -> Exit {
        let wanted = self.command.map_or_else(|| "cimaise".to_owned(), |name| format!("cimaise-{name}"));
        let page = pages().into_iter().find(|(name, _)| *name == wanted);
        page.map_or(Exit::Usage, |(_, text)| print(&text))
    }
}

/// A command of the program, by its name or an alias.
fn command(text: &str) -> Result<String, String> {
    let program = Cli::command();
    let found = program
        .get_subcommands()
        .find(|command| command.get_name() == text || command.get_all_aliases().any(|alias| alias == text));
    found
        .map(|command| command.get_name().to_owned())
        .ok_or_else(|| "no such command; `cimaise --help` lists all".to_owned())
}

/// Prints a text. A closed pipe is not an error.
fn print(text: &[u8]) -> Exit {
    let _ = io::stdout().write_all(text);
    Exit::Done
}

/// Returns the completions for a shell.
fn completions(shell: Shell) -> Vec<u8> {
    let mut text = Vec::new();
    generate(shell, &mut Cli::command(), "cimaise", &mut text);
    text
}

/// Returns the manual pages of the program and of each command, with their names: `cimaise`, `cimaise-build`.
fn pages() -> Vec<(String, Vec<u8>)> {
    // Without `help`, whose page would repeat the others.
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let commands = program.get_subcommands().filter(|command| !command.is_hide_set());
    [&program].into_iter().chain(commands).map(page).collect()
}

fn page(command: &clap::Command) -> (String, Vec<u8>) {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let mut text = Vec::new();
    // Writing to a vector does not fail.
    let page = Man::new(command.clone()).title(name.as_str()).source(concat!("cimaise ", env!("CARGO_PKG_VERSION")));
    let _ = page.manual("cimaise manual").render(&mut text);
    (name, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

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
            compare(&format!("completions/{name}"), &completions(shell));
        }
    }

    #[test]
    fn the_manual_pages_in_packaging_are_those_of_the_program() {
        let pages = pages();
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
            let text = String::from_utf8(completions(*shell)).expect("UTF-8");
            for command in program.get_subcommands() {
                assert!(text.contains(command.get_name()), "{shell}: {}", command.get_name());
            }
            assert!(text.contains("skip-video") && text.contains("cache-dir"), "{shell}");
        }
    }

    #[test]
    fn every_command_has_a_manual_page_with_its_options_and_examples() {
        let pages: std::collections::BTreeMap<_, _> = pages().into_iter().collect();
        let text = |name: &str| String::from_utf8(pages[name].clone()).expect("UTF-8");
        for command in Cli::command().get_subcommands() {
            let page = text(&format!("cimaise-{}", command.get_name()));
            assert!(page.contains(&format!("cimaise\\-{}", command.get_name())), "{page}");
            assert!(page.contains(".SH OPTIONS") && page.contains("Examples:"), "{page}");
        }
        assert!(text("cimaise-build").contains("\\-\\-explain"));
        assert!(text("cimaise").contains("cimaise\\-build(1)"));
    }
}
