//! The command line: names, help texts, and what they mean to the commands.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::Options;
use crate::commands::compose::{Action, Which};
use crate::commands::{self, Exit, Output, Verbosity};
use crate::diagnostic::Format;
use crate::render::media;

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
    /// Bring the finished site to where it is served, with rsync
    Deploy(DeployArgs),
    /// Begin a site, with a gallery for each folder of photos that is there
    Init(InitArgs),
    /// Make the sections of galleries from the photos in their folders
    Autogen(AutogenArgs),
    /// Add photos that are new in a folder to its story
    Sync(SyncArgs),
    /// Remove the finished site
    Clean(CleanArgs),
}

#[derive(Debug, Args)]
struct PreviewArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Port to listen on; 0 is any that is free
    #[arg(short, long, default_value_t = 9000)]
    port: u16,
    /// Address to listen on; 0.0.0.0 shows the site to the whole network
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

#[derive(Debug, Args)]
struct DeployArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Tell what would be sent and deleted, and change nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

#[derive(Debug, Args)]
struct InitArgs {
    /// Folder of the new site
    #[arg(default_value = ".", value_name = "FOLDER")]
    site: PathBuf,
    #[command(flatten)]
    talk: TalkArgs,
}

#[derive(Debug, Args)]
struct AutogenArgs {
    #[command(flatten)]
    which: WhichArgs,
    /// Replace sections that are there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Args)]
struct SyncArgs {
    #[command(flatten)]
    which: WhichArgs,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("which").required(true).args(["directory", "all"]))]
struct WhichArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Folder of one gallery
    #[arg(short = 'd', long = "directory", value_name = "FOLDER")]
    directory: Option<PathBuf>,
    /// Every gallery that has no galleries inside
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    talk: TalkArgs,
}

#[derive(Debug, Args)]
struct CleanArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Remove what is remembered between builds, too
    #[arg(long)]
    cache: bool,
    /// Tell what would be removed, and remove nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    cache_folder: CacheArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

#[derive(Debug, Args)]
struct OutputArgs {
    /// Folder of the finished site
    #[arg(short, long, value_name = "FOLDER", help = "Folder of the finished site [default: SITE/build]")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct BuildArgs {
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    options: BuildOptions,
}

/// What `build` takes apart from the site's folder. Without a command there is no such folder: a mistyped command would be
/// taken for one.
#[derive(Debug, Args)]
struct BuildOptions {
    /// Folder for the finished site
    #[arg(short, long, value_name = "FOLDER", help = "Folder for the finished site [default: SITE/build]")]
    output: Option<PathBuf>,
    /// How many photos to work on at once
    #[arg(short, long, value_name = "N", help = "Photos to work on at once [default: one a processor]")]
    jobs: Option<std::num::NonZeroUsize>,
    /// Memory for decoded photos
    #[arg(
        long,
        value_name = "SIZE",
        value_parser = media::parse_memory,
        help = "Memory for decoded photos, such as 512m or 2g [default: half of what is there]"
    )]
    memory: Option<u64>,
    /// Tell for each rendition whether it was there already or, if not, what has changed
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    videos: VideoArgs,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

#[derive(Debug, Args)]
struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// List what photos, videos and the finished site tell: places, serial numbers, names
    #[arg(long)]
    privacy: bool,
    #[command(flatten)]
    videos: VideoArgs,
    /// Folder of the finished site
    #[arg(
        short,
        long,
        value_name = "FOLDER",
        requires = "privacy",
        help = "Folder of the finished site [default: SITE/build]"
    )]
    output: Option<PathBuf>,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

#[derive(Debug, Args)]
struct SiteArgs {
    /// Folder of the site
    #[arg(default_value = ".", value_name = "SITE")]
    site: PathBuf,
}

#[derive(Debug, Args)]
struct VideoArgs {
    /// Leave videos out, where there is no ffmpeg
    #[arg(long)]
    skip_video: bool,
}

#[derive(Debug, Default, Args)]
struct CacheArgs {
    /// Folder for what is remembered between builds
    #[arg(
        long,
        value_name = "FOLDER",
        help = "Folder for what is remembered between builds [default: SITE/.cimaise-cache]"
    )]
    cache_dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct TalkArgs {
    /// How errors and warnings are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: FormatArg,
    /// Print nothing but errors and warnings
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Tell more about what is done
    #[arg(short, long)]
    verbose: bool,
    /// As prosopopée and récitale have it
    #[arg(long, value_name = "LEVEL", hide = true, value_parser = level)]
    log_level: Option<Verbosity>,
}

/// A level of Python's logging, by name or number.
fn level(text: &str) -> Result<Verbosity, String> {
    match text.to_ascii_uppercase().as_str() {
        "NOTSET" | "DEBUG" | "INFO" => Ok(Verbosity::Verbose),
        "WARN" | "WARNING" => Ok(Verbosity::Normal),
        "ERROR" | "CRITICAL" | "FATAL" => Ok(Verbosity::Quiet),
        number => match number.parse::<u32>() {
            Ok(0..=20) => Ok(Verbosity::Verbose),
            Ok(21..=30) => Ok(Verbosity::Normal),
            Ok(_) => Ok(Verbosity::Quiet),
            Err(_) => Err("expected DEBUG, INFO, WARNING, ERROR, CRITICAL or a number".to_owned()),
        },
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    /// With the line in question, for people
    Human,
    /// One line each, for editors and CI
    Short,
    /// One JSON object a line
    Json,
}

/// Runs the program on its arguments, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    match Cli::try_parse_from(level_last(arguments)) {
        Ok(cli) => match cli.command {
            None => cli.build.run(PathBuf::from(".")),
            Some(Command::Build(build)) => build.options.run(build.site.site),
            Some(Command::Check(check)) => check.run(),
            Some(Command::Preview(preview)) => preview.run(),
            Some(Command::Deploy(deploy)) => deploy.run(),
            Some(Command::Init(init)) => {
                commands::init::run(&options(init.site, CacheArgs::default()), &init.talk.output())
            }
            Some(Command::Autogen(autogen)) => autogen.which.run(Action::Autogen { force: autogen.force }),
            Some(Command::Sync(sync)) => sync.which.run(Action::Sync),
            Some(Command::Clean(clean)) => clean.run(),
        },
        Err(error) => {
            // `--help` and `--version` come this way too.
            let _ = error.print();
            if error.use_stderr() { Exit::Usage } else { Exit::Done }
        }
    }
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

impl BuildOptions {
    fn run(self, site: PathBuf) -> Exit {
        let mut options = options(site, self.cache);
        options.jobs = self.jobs.map_or(options.jobs, std::num::NonZeroUsize::get);
        options.memory = self.memory.unwrap_or(options.memory);
        options.explain = self.explain;
        options.skip_video = self.videos.skip_video;
        if let Some(output) = self.output {
            options.output = output;
        }
        commands::build::run(&options, &self.talk.output())
    }
}

impl CheckArgs {
    fn run(self) -> Exit {
        let mut options = options(self.site.site, self.cache);
        options.skip_video = self.videos.skip_video;
        if let Some(output) = self.output {
            options.output = output;
        }
        match self.privacy {
            true => commands::privacy::run(&options, &self.talk.output()),
            false => commands::check::run(&options, &self.talk.output()),
        }
    }
}

impl PreviewArgs {
    fn run(self) -> Exit {
        let options = self.output.options(self.site.site, CacheArgs::default());
        commands::preview::run(&options, &self.host, self.port, &self.talk.output())
    }
}

impl DeployArgs {
    fn run(self) -> Exit {
        let options = self.output.options(self.site.site, CacheArgs::default());
        commands::deploy::run(&options, self.dry_run, &self.talk.output())
    }
}

impl WhichArgs {
    fn run(self, action: Action) -> Exit {
        let which = self.directory.map_or(Which::All, Which::One);
        commands::compose::run(&options(self.site.site, CacheArgs::default()), &which, action, &self.talk.output())
    }
}

impl CleanArgs {
    fn run(self) -> Exit {
        let options = self.output.options(self.site.site, self.cache_folder);
        commands::clean::run(&options, self.cache, self.dry_run, &self.talk.output())
    }
}

impl OutputArgs {
    fn options(self, site: PathBuf, cache: CacheArgs) -> Options {
        let options = options(site, cache);
        Options { output: self.output.unwrap_or(options.output), ..options }
    }
}

/// The defaults for a site.
fn options(site: PathBuf, cache: CacheArgs) -> Options {
    let below_site = |name: &str| {
        // "build", not "./build": messages name folders as people do.
        if site == Path::new(".") { PathBuf::from(name) } else { site.join(name) }
    };
    Options {
        output: below_site("build"),
        cache: cache.cache_dir.unwrap_or_else(|| below_site(".cimaise-cache")),
        jobs: media::default_jobs(),
        memory: media::default_memory(),
        explain: false,
        skip_video: false,
        site,
    }
}

impl TalkArgs {
    fn output(&self) -> Output {
        let verbosity = match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => self.log_level.unwrap_or_default(),
        };
        let format = match self.format {
            FormatArg::Human => Format::Human { color: colour_is_welcome() },
            FormatArg::Short => Format::Short,
            FormatArg::Json => Format::Json,
        };
        Output { format, verbosity }
    }
}

/// On a terminal, unless the reader has asked for none (no-color.org).
fn colour_is_welcome() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        && std::io::stderr().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_command_it_builds() {
        let cli = Cli::try_parse_from(["cimaise", "-j", "3", "--memory", "1g"]).expect("valid");
        assert!(cli.command.is_none());
        assert_eq!((cli.build.jobs.map(Into::into), cli.build.memory), (Some(3), Some(1 << 30)));
    }
}
