//! Options that several commands share: folders, videos, resources, diagnostics and messages.

use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, ValueEnum};

use crate::commands::{Output, Verbosity};
use crate::diagnostic::{Code, Format, Policy, Severity};
use crate::machine::{Limits, memory};
use crate::source::nearest;
use crate::tasks::Options;

/// The headings of `--help`.
pub(super) const FOLDERS: &str = "Folders";
pub(super) const RESOURCES: &str = "Resources";
pub(super) const DIAGNOSTICS: &str = "Diagnostics";
pub(super) const MESSAGES: &str = "Messages";

#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// Folder of the finished site [default: SITE/build]
    #[arg(short, long, value_name = "FOLDER", help_heading = FOLDERS)]
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
    /// Folder of the site, which contains its settings.yaml
    #[arg(default_value = ".", value_name = "SITE")]
    pub(super) site: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct VideoArgs {
    /// Leave out all videos, so that ffmpeg is not required
    #[arg(long)]
    pub(super) skip_video: bool,
}

#[derive(Debug, Args)]
pub(super) struct PhotoArgs {
    /// Leave out photos that cannot be read, with a warning
    #[arg(long)]
    pub(super) keep_going: bool,
}

#[derive(Debug, Default, Args)]
pub(super) struct CacheArgs {
    /// Folder of the cache, which keeps rendered photos and the keys of protected galleries [default: SITE/.cimaise-cache]
    #[arg(long, value_name = "FOLDER", help_heading = FOLDERS)]
    cache_dir: Option<PathBuf>,
}

/// How much of the machine a command may use.
#[derive(Debug, Args)]
#[command(next_help_heading = RESOURCES)]
pub(super) struct MachineArgs {
    /// Number of photos to process in parallel [default: number of CPUs]
    #[arg(short, long, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZeroUsize>,
    /// Memory limit, such as 512m or 2g [default: half of the available memory]
    #[arg(long, value_name = "SIZE", value_parser = memory_limit)]
    memory: Option<u64>,
}

/// A number of jobs.
fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "expected a whole number, 1 or more".to_owned())
}

/// A memory limit that is large enough to mean something: `5` is 5 bytes.
fn memory_limit(text: &str) -> Result<u64, String> {
    const LEAST: u64 = 1 << 20;
    let bytes = memory::parse(text)?;
    if bytes < LEAST {
        return Err("expected at least 1 MiB; write a size with a unit, such as `512m` or `2g`".to_owned());
    }
    Ok(bytes)
}

/// Which warnings count.
#[derive(Debug, Args)]
#[command(next_help_heading = DIAGNOSTICS)]
pub(super) struct PolicyArgs {
    /// Fail with exit code 1 if there are warnings
    #[arg(long)]
    strict: bool,
    /// Hide warnings with this code; repeat the option for several codes
    #[arg(long, value_name = "CODE", value_parser = allowed)]
    allow: Vec<Code>,
}

impl PolicyArgs {
    pub(super) fn policy(self) -> Policy {
        Policy { strict: self.strict, allow: self.allow.into_iter().collect(), ..Policy::default() }
    }
}

/// A code of warnings.
fn allowed(text: &str) -> Result<Code, String> {
    let code = code(text)?;
    match code.severity() {
        Severity::Warning => Ok(code),
        Severity::Error => Err("diagnostics with this code are errors; only warnings can be allowed".to_owned()),
    }
}

/// The code of this name.
pub(super) fn code(text: &str) -> Result<Code, String> {
    Code::named(text).ok_or_else(|| match nearest(text, Code::ALL.iter().map(|code| code.name())) {
        Some(near) => format!("unknown code; did you mean `{near}`?"),
        None => "unknown code; `cimaise explain` lists all codes".to_owned(),
    })
}

impl MachineArgs {
    pub(super) fn limits(self) -> Limits {
        let Limits { jobs, memory } = Limits::default();
        Limits { jobs: self.jobs.map_or(jobs, NonZeroUsize::get), memory: self.memory.unwrap_or(memory) }
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = MESSAGES)]
pub(super) struct TalkArgs {
    /// Format of messages; json prints the whole run as events to stdout
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: FormatArg,
    /// Print only errors and warnings
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Print details of each step, and the internal cause of failures
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
            FormatArg::Human => Format::Human { color: colour_is_welcome(), width: width() },
            FormatArg::Short => Format::Short,
            FormatArg::Json => Format::Json,
        };
        Output { format, verbosity, begun: Instant::now() }
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
    /// Message, source lines and help, for people
    Human,
    /// One line per diagnostic, for editors and CI
    Short,
    /// One JSON object per line, one for each event of the run, for programs
    Json,
}

/// The columns of a terminal that texts are wrapped at.
const NARROWEST: usize = 40;
const WIDEST: usize = 100;

/// The defaults for a site.
pub(super) fn options(site: PathBuf, cache: CacheArgs) -> Options {
    let options = Options::new(site);
    Options { cache: cache.cache_dir.unwrap_or(options.cache), ..options }
}

/// The columns to wrap texts at: those of the terminal within reason; none where a file or a program receives the text.
fn width() -> Option<usize> {
    if !std::io::stderr().is_terminal() {
        return None;
    }
    let (terminal_size::Width(columns), _) = terminal_size::terminal_size_of(std::io::stderr())?;
    Some(usize::from(columns).clamp(NARROWEST, WIDEST))
}

/// On a terminal, unless the reader has asked for none (no-color.org).
fn colour_is_welcome() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        && std::io::stderr().is_terminal()
}
