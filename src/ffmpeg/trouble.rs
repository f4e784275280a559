//! Reasons for the failure of a run of ffmpeg or ffprobe.

use std::fmt;
use std::io;
use std::path::Path;

use super::refusal::NotMedia;
use crate::diagnostic::Failure;
use crate::machine::threads;

/// Reason for the failure of a run.
#[derive(Debug)]
pub enum FfmpegError {
    /// The program does not exist.
    NotFound,
    /// The program cannot be started, or its output cannot be read.
    Io(io::Error),
    /// The file is not a video or sound that ffmpeg may open.
    Refused(NotMedia),
    /// The program made no progress and was ended.
    Stalled(Stall),
    /// The program failed: exit status, and the last lines that it printed.
    Failed {
        /// Exit status, such as "exit status: 1".
        status: String,
        /// Lines of stderr, oldest first.
        said: Vec<String>,
    },
}

/// A program that made no progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stall {
    /// File name of the program.
    pub program: String,
    /// How it stalled.
    pub halt: Halt,
}

/// Reason for ending a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// Neither result nor effort grew for this many seconds.
    Still(u64),
    /// The program was busy for this many seconds, and its result did not grow.
    Fruitless(u64),
    /// The result has reached this many seconds, far more than the source has.
    Endless(u64),
}

impl Stall {
    /// Advice for the author.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self.halt {
            Halt::Still(_) | Halt::Fruitless(_) => {
                "check that the file plays; for a slow disk or machine, raise `settings.ffmpeg.timeout`"
            }
            Halt::Endless(_) => "check that the file plays to its end, and check the options in `settings.ffmpeg`",
        }
    }
}

impl fmt::Display for Stall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { program, halt } = self;
        match halt {
            Halt::Still(seconds) => write!(f, "`{program}` made no progress for {seconds} s"),
            Halt::Fruitless(seconds) => write!(f, "`{program}` was busy for {seconds} s without a result"),
            Halt::Endless(seconds) => {
                write!(f, "`{program}` made {seconds} s of it, which is far more than there is, and came to no end")
            }
        }
    }
}

impl FfmpegError {
    /// Returns a failure if the machine has no thread, process, file or memory left for `program`; `None` for other errors.
    #[must_use]
    pub fn exhaustion(&self, program: &str) -> Option<Failure> {
        let Self::Io(cause) = self else { return None };
        let same = cause.raw_os_error().filter(|_| threads::is_exhaustion(cause))?;
        Some(Failure::on("run", Path::new(program))(io::Error::from_raw_os_error(same)))
    }
}

impl fmt::Display for FfmpegError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such program"),
            Self::Io(cause) => cause.fmt(f),
            Self::Refused(what) => write!(f, "the file is {what}"),
            Self::Stalled(stall) => stall.fmt(f),
            Self::Failed { status, said } if said.is_empty() => write!(f, "{status}"),
            Self::Failed { said, .. } => f.write_str(&said.join("; ")),
        }
    }
}
