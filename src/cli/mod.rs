//! The command line: names, help texts, and what they mean to the commands.

mod args;
mod common;
mod generate;
#[cfg(test)]
mod generate_tests;
mod order;
mod server;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand};

use crate::commands::Exit;
use crate::machine;
use args::{
    AutogenArgs, BuildArgs, BuildOptions, CheckArgs, CleanArgs, DeployArgs, ExplainArgs, InitArgs, SchemaArgs,
    ServeArgs, SyncArgs, VerifyArgs,
};
use generate::{CompletionsArgs, ManArgs};

/// Build a website from folders of photos and a few lines of YAML.
///
/// A site is a folder with a settings.yaml. Each folder inside with a settings.yaml of its own is a gallery. cimaise also
/// builds sites made for prosopopée and récitale.
#[derive(Debug, Parser)]
#[command(
    name = "cimaise",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true,
    after_help = "Run `cimaise COMMAND --help` for the options and examples of a command.",
    after_long_help = "Examples:
  cimaise init              Create a site in this folder of photos
  cimaise build             Build the site in this folder
  cimaise build photos      Build the site in the folder photos
  cimaise serve             Show the site on http://localhost:9000, and follow your changes
  cimaise check --strict    Check the settings; fail if there are warnings

Run `cimaise COMMAND --help` for the options and examples of a command."
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    build: BuildOptions,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site; the default command
    ///
    /// Renders new and changed photos, and updates the output folder. Photos that did not change come from the cache.
    /// If the site has errors, the output folder stays as it is.
    #[command(after_long_help = "Examples:
  cimaise build                                 Build the site in this folder
  cimaise build photos --output /srv/www        Build into another folder
  cimaise build --jobs 2 --memory 512m          Use fewer resources
  cimaise build --strict --allow compat/recitale
                                                Publish nothing if there are other warnings
  cimaise build --explain                       Show why photos are rendered again")]
    Build(BuildArgs),
    /// Check the site without rendering photos
    ///
    /// Reads all settings and photos, reports errors and warnings, and writes nothing.
    #[command(
        visible_alias = "test",
        after_long_help = "Examples:
  cimaise check                             Check the site in this folder
  cimaise check --strict --format short     Check in CI; warnings fail
  cimaise check --allow photo/damaged       Hide warnings about damaged photos
  cimaise check --privacy                   List metadata that the site reveals"
    )]
    Check(CheckArgs),
    /// Show the site on http://localhost:9000, and follow your changes
    ///
    /// Pages come from the current settings, and photos are rendered when the browser asks for them. Save a file, and the open page
    /// changes. Writes nothing into the output folder: run `cimaise build` to publish. Press Ctrl-C to stop.
    #[command(
        visible_alias = "preview",
        after_long_help = "Examples:
  cimaise serve                       Show the site on http://localhost:9000
  cimaise serve --open                Show the site, and open a browser
  cimaise serve --built               Show the finished site, as the last build left it
  cimaise serve --port 8080           Use another port
  cimaise serve --host 0.0.0.0        Show the site to other devices, such as a phone"
    )]
    Serve(ServeArgs),
    /// Upload the finished site with rsync
    ///
    /// `settings.deploy` in the settings.yaml of the site names the destination; docs/commands.md lists all keys.
    #[command(after_long_help = "Examples:
  cimaise deploy --dry-run      List the files to upload and to delete
  cimaise deploy                Upload the site")]
    Deploy(DeployArgs),
    /// Create a site, with a gallery for each folder of photos
    ///
    /// Writes a settings.yaml into the folder, and one into each folder inside that contains photos. Run it again to
    /// create galleries for new folders. Changes no photo.
    #[command(after_long_help = "Examples:
  cimaise init              Create a site in this folder
  cimaise init photos       Create a site in the folder photos")]
    Init(InitArgs),
    /// Create the sections of galleries from the photos in their folders
    ///
    /// Writes a settings.yaml into a folder that has none. Leaves galleries alone that already have sections, unless
    /// --force is given.
    #[command(after_long_help = "Examples:
  cimaise autogen -d 2024/alps      Make the folder 2024/alps a gallery
  cimaise autogen --all             Create the sections of all galleries that have none
  cimaise autogen --all --min-rating 3
                                    Use only photos with at least three stars")]
    Autogen(AutogenArgs),
    /// Append new photos to the sections of galleries
    ///
    /// Adds the photos of the folder that the settings do not name yet, corrects the names of renamed ones, and keeps
    /// everything else.
    #[command(after_long_help = "Examples:
  cimaise sync -d 2024/alps     Add new photos of one gallery
  cimaise sync --all            Add new photos of all galleries
  cimaise sync --all --by-time  Add each new photo behind those taken before it")]
    Sync(SyncArgs),
    /// Check every file that cimaise wrote, and repair damage
    ///
    /// Compares all files in the cache and the output folder with their checksums. Runs a build to repair what the cache
    /// cannot restore.
    #[command(after_long_help = "Examples:
  cimaise verify                Check and repair the cache and the output folder
  cimaise verify --sources      Check the originals as well
  cimaise verify --dry-run      Report damage, and change nothing")]
    Verify(VerifyArgs),
    /// Remove the finished site
    ///
    /// Removes only files that cimaise wrote.
    #[command(after_long_help = "Examples:
  cimaise clean                 Remove the finished site
  cimaise clean --cache         Remove the cache as well; the next build renders all photos again
  cimaise clean --dry-run       List the files to remove")]
    Clean(CleanArgs),
    /// Explain the code of an error or warning
    ///
    /// Prints what the code means, with an example and a cure. With a group, such as `yaml`, or without a code, lists codes
    /// with their severity.
    #[command(after_long_help = "Examples:
  cimaise explain settings/unknown-key
  cimaise explain yaml                  List the codes of a group
  cimaise explain                       List all codes")]
    Explain(ExplainArgs),
    /// Print a JSON Schema of settings files or of the events of --format json
    ///
    /// Editors with a YAML language server complete and check settings.yaml by the schema that its first line names:
    /// `# yaml-language-server: $schema=...`. `cimaise init` writes such a line.
    #[command(after_long_help = "Examples:
  cimaise schema site > site.schema.json            For the settings.yaml of the site
  cimaise schema gallery > gallery.schema.json      For the settings.yaml of each gallery
  cimaise schema events                             For programs that read --format json")]
    Schema(SchemaArgs),
    /// Print completions for a shell
    #[command(after_long_help = "Examples:
  cimaise completions bash > ~/.local/share/bash-completion/completions/cimaise
  cimaise completions zsh > ~/.zfunc/_cimaise
  cimaise completions fish > ~/.config/fish/completions/cimaise.fish")]
    Completions(CompletionsArgs),
    /// Print a manual page
    #[command(after_long_help = "Examples:
  cimaise man | man -l -            Read the page of the program
  cimaise man build | man -l -      Read the page of a command")]
    Man(ManArgs),
}

/// Runs the program on its arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    machine::prepare_program();
    let given = level_last(arguments);
    match Cli::try_parse_from(&given) {
        Ok(cli) => match cli.command {
            None => cli.build.run_or_offer(PathBuf::from(".")),
            Some(Command::Build(build)) => build.run(),
            Some(Command::Check(check)) => check.run(),
            Some(Command::Serve(serve)) => serve.run(),
            Some(Command::Deploy(deploy)) => deploy.run(),
            Some(Command::Init(init)) => init.run(),
            Some(Command::Autogen(autogen)) => autogen.run(),
            Some(Command::Sync(sync)) => sync.run(),
            Some(Command::Verify(verify)) => verify.run(),
            Some(Command::Clean(clean)) => clean.run(),
            Some(Command::Explain(explain)) => explain.run(),
            Some(Command::Schema(schema)) => schema.run(),
            Some(Command::Completions(completions)) => completions.run(Cli::command()),
            Some(Command::Man(man)) => man.run(Cli::command()),
        },
        Err(error) => {
            let order = order::corrected(&Cli::command(), &error, &given);
            let order = order.map(|right| format!("error: options follow the command: write `{right}`\n"));
            let folder =
                order::folder(&error, &given).map(|right| format!("error: the command is missing: write `{right}`\n"));
            if let Some(message) = order.or(folder) {
                let _ = io::stderr().write_all(message.as_bytes());
                return Exit::Usage;
            }
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
