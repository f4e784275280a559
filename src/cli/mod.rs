//! The command line: names, help texts, and what they mean to the commands.

mod args;
mod common;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::commands::Exit;
use crate::machine;
use args::{
    AutogenArgs, BuildArgs, BuildOptions, CheckArgs, CleanArgs, DeployArgs, InitArgs, PreviewArgs, SyncArgs, VerifyArgs,
};

/// Turn folders of photographs and a few lines of YAML into a static website that tells their story.
///
/// A site is a folder with a settings.yaml; every folder in it that has a settings.yaml of its own is a gallery.
/// Sites made for prosopopée and récitale are read as they are.
#[derive(Debug, Parser)]
#[command(name = "cimaise", version, max_term_width = 100, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    build: BuildOptions,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site (also when no command is given)
    Build(BuildArgs),
    /// Check the site without rendering pictures; writes nothing
    #[command(visible_alias = "test")]
    Check(CheckArgs),
    /// Show the finished site on http://localhost:9000
    #[command(visible_alias = "serve")]
    Preview(PreviewArgs),
    /// Upload the finished site with rsync
    Deploy(DeployArgs),
    /// Create a site, with a gallery for each folder of photos in it
    Init(InitArgs),
    /// Make the sections of galleries from the photos in their folders
    Autogen(AutogenArgs),
    /// Append new photos to the sections of a gallery
    Sync(SyncArgs),
    /// Check every byte that was written, and repair what is damaged
    Verify(VerifyArgs),
    /// Remove the finished site
    Clean(CleanArgs),
}

/// Runs the program on its arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    machine::prepare_program();
    match Cli::try_parse_from(level_last(arguments)) {
        Ok(cli) => match cli.command {
            None => cli.build.run(PathBuf::from(".")),
            Some(Command::Build(build)) => build.run(),
            Some(Command::Check(check)) => check.run(),
            Some(Command::Preview(preview)) => preview.run(),
            Some(Command::Deploy(deploy)) => deploy.run(),
            Some(Command::Init(init)) => init.run(),
            Some(Command::Autogen(autogen)) => autogen.run(),
            Some(Command::Sync(sync)) => sync.run(),
            Some(Command::Verify(verify)) => verify.run(),
            Some(Command::Clean(clean)) => clean.run(),
        },
        Err(error) => {
            // `--help` and `--version` come this way too.
            print(&error);
            if error.use_stderr() { Exit::Usage } else { Exit::Done }
        }
    }
}

/// Prints what clap has to say: in colours on a terminal, else by one write. A reader who has gone is no trouble.
fn print(error: &clap::Error) {
    let (stderr, stdout) = (io::stderr(), io::stdout());
    let text = error.render().to_string();
    let _ = match error.use_stderr() {
        true if stderr.is_terminal() => error.print(),
        false if stdout.is_terminal() => error.print(),
        true => stderr.lock().write_all(text.as_bytes()),
        false => stdout.lock().write_all(text.as_bytes()),
    };
}

/// prosopopée and récitale take `--log-level` in front of the command as well.
fn level_last(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let is_level = |argument: &OsString| argument.to_str().is_some_and(|argument| argument.starts_with("--log-level"));
    if arguments.get(1).is_some_and(is_level) {
        let length = if arguments[1] == "--log-level" { 2 } else { 1 };
        let level: Vec<OsString> = arguments.drain(1..arguments.len().min(1 + length)).collect();
        // The one behind the command counts.
        if !arguments.iter().any(is_level) {
            arguments.extend(level);
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Limits;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_command_it_builds() {
        let cli = Cli::try_parse_from(["cimaise", "-j", "3", "--memory", "1g"]).expect("valid");
        assert!(cli.command.is_none());
        assert_eq!(cli.build.machine.limits(), Limits { jobs: 3, memory: 1 << 30 });
    }
}
