//! What several commands take: folders, videos, and how much is told.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::commands::{Output, Verbosity};
use crate::diagnostic::Format;
use crate::machine::{Limits, memory};
use crate::tasks::Options;

#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// Folder of the finished site
    #[arg(short, long, value_name = "FOLDER", help = "Folder of the finished site [default: SITE/build]")]
    output: Option<PathBuf>,
}

impl OutputArgs {
    pub(super) fn options(self, site: PathBuf, cache: CacheArgs) -> Options {
        let options = options(site, cache);
        Options { output: self.output.unwrap_or(options.output), ..options }
    }
}

#[derive(Debug, Args)]
pub(super) struct SiteArgs {
    /// Folder of the site
    #[arg(default_value = ".", value_name = "SITE")]
    pub(super) site: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct VideoArgs {
    /// Build without videos, so that ffmpeg is not needed
    #[arg(long)]
    pub(super) skip_video: bool,
}

#[derive(Debug, Default, Args)]
pub(super) struct CacheArgs {
    /// Folder for the cache
    #[arg(long, value_name = "FOLDER", help = "Folder for the cache [default: SITE/.cimaise-cache]")]
    cache_dir: Option<PathBuf>,
}

/// How much of the machine a command may use.
#[derive(Debug, Args)]
pub(super) struct MachineArgs {
    /// Files to work on at once
    #[arg(short, long, value_name = "N", help = "Files to work on at once [default: number of processors]")]
    jobs: Option<std::num::NonZeroUsize>,
    /// Memory limit
    #[arg(
        long,
        value_name = "SIZE",
        value_parser = memory::parse,
        help = "Memory limit, such as 512m or 2g [default: half of the available memory]"
    )]
    memory: Option<u64>,
}

impl MachineArgs {
    pub(super) fn limits(self) -> Limits {
        let Limits { jobs, memory } = Limits::default();
        Limits { jobs: self.jobs.map_or(jobs, std::num::NonZeroUsize::get), memory: self.memory.unwrap_or(memory) }
    }
}

#[derive(Debug, Args)]
pub(super) struct TalkArgs {
    /// How errors and warnings are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: FormatArg,
    /// Print nothing but errors and warnings
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Print more detail
    #[arg(short, long)]
    verbose: bool,
    /// As prosopopée and récitale have it
    #[arg(long, value_name = "LEVEL", hide = true, value_parser = level)]
    log_level: Option<Verbosity>,
}

impl TalkArgs {
    pub(super) fn output(&self) -> Output {
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

/// The defaults for a site.
pub(super) fn options(site: PathBuf, cache: CacheArgs) -> Options {
    let options = Options::new(site);
    Options { cache: cache.cache_dir.unwrap_or(options.cache), ..options }
}

/// On a terminal, unless the reader has asked for none (no-color.org).
fn colour_is_welcome() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        && std::io::stderr().is_terminal()
}
