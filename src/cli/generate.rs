//! `cimaise completions` and `cimaise man`: what shells and `man` read, made from the command line.
//!
//! The same texts are in `packaging/completions` and `packaging/man`, for archives and images: a program for another processor cannot
//! be run there.

use std::io::{self, Write};

use clap::error::ErrorKind;
use clap::{Args, Command};
use clap_complete::Shell;
use clap_complete::aot::generate;
use clap_mangen::Man;

use crate::commands::Exit;

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// Shell that reads the completions
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl CompletionsArgs {
    pub(super) fn run(self, program: Command) -> Exit {
        print(&completions(program, self.shell))
    }
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Command to describe, such as build; without one, the program
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl ManArgs {
    pub(super) fn run(self, mut program: Command) -> Exit {
        let found = match self.command.as_deref() {
            None => Some(program.get_name().to_owned()),
            Some(name) => program.find_subcommand(name).map(|command| format!("cimaise-{}", command.get_name())),
        };
        let Some(wanted) = found else {
            let error = program.error(ErrorKind::InvalidValue, "no such command; `cimaise --help` lists all commands");
            let _ = io::stderr().write_all(error.render().to_string().as_bytes());
            return Exit::Usage;
        };
        let page = pages(program).into_iter().find(|(name, _)| *name == wanted);
        print(&page.map(|(_, text)| text).unwrap_or_default())
    }
}

/// Prints a text. A closed pipe is not an error.
fn print(text: &[u8]) -> Exit {
    let _ = io::stdout().write_all(text);
    Exit::Done
}

/// Returns the completions for a shell.
pub(super) fn completions(mut program: Command, shell: Shell) -> Vec<u8> {
    let mut text = Vec::new();
    generate(shell, &mut program, "cimaise", &mut text);
    text
}

/// Returns the manual pages of the program and of each command, with their names: `cimaise`, `cimaise-build`.
pub(super) fn pages(program: Command) -> Vec<(String, Vec<u8>)> {
    // Without `help`, whose page would repeat the others.
    let mut program = program.disable_help_subcommand(true);
    program.build();
    let commands = program.get_subcommands().filter(|command| !command.is_hide_set());
    [&program].into_iter().chain(commands).map(page).collect()
}

fn page(command: &Command) -> (String, Vec<u8>) {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let mut text = Vec::new();
    // Writing to a vector does not fail.
    let page = Man::new(command.clone()).title(name.as_str()).source(concat!("cimaise ", env!("CARGO_PKG_VERSION")));
    let _ = page.manual("cimaise manual").render(&mut text);
    (name, text)
}
