//! Why a run of ffmpeg or ffprobe came to nothing.

use std::fmt;
use std::io;
use std::path::Path;

use super::refusal::NotMedia;
use crate::diagnostic::Failure;
use crate::machine::threads;

/// Why a run came to nothing.
#[derive(Debug)]
pub enum FfmpegError {
    /// There is no such program.
    NotFound,
    /// It cannot be started, or not be listened to.
    Io(io::Error),
    /// The file is none that it may open.
    Refused(NotMedia),
    /// It was ended, because it did not go on.
    Stalled(Stall),
    /// It gave up: how it ended, and the last lines that it printed.
    Failed {
        /// "exit status: 1".
        status: String,
        /// Oldest first.
        said: Vec<String>,
    },
}

/// How a program failed to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stall {
    /// What it is called.
    pub program: String,
    /// What was seen of it.
    pub halt: Halt,
}

/// Why a program has to be ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halt {
    /// Nothing that can be seen of it grew for so many seconds.
    Still(u64),
    /// It was busy for so many seconds, and its result did not grow.
    Fruitless(u64),
    /// Its result has become so many seconds long, which the source is not.
    Endless(u64),
}

impl Stall {
    /// What to do.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self.halt {
            Halt::Still(_) | Halt::Fruitless(_) => {
                "see whether the file plays; for a slow disk or machine, raise `settings.ffmpeg.timeout`"
            }
            Halt::Endless(_) => "see whether the file plays to its end, and what `ffmpeg` options ask for",
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
    /// The failure of a machine that has no thread, process, file or memory left for `program`; `None` if the machine is not to blame.
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
