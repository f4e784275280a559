//! The command line: names, help texts, and what they mean to the commands.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::Options;
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

#[derive(Debug, Args)]
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
    match Cli::try_parse_from(arguments) {
        Ok(cli) => match cli.command {
            None => cli.build.run(PathBuf::from(".")),
            Some(Command::Build(build)) => build.options.run(build.site.site),
            Some(Command::Check(check)) => check.run(),
        },
        Err(error) => {
            // `--help` and `--version` come this way too.
            let _ = error.print();
            if error.use_stderr() { Exit::Usage } else { Exit::Done }
        }
    }
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
            _ => Verbosity::Normal,
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
