//! The programs that convert videos and sounds.
//!
//! In: the name of a program in the options. Out: the program with its encoders, or why it cannot be used. Each
//! program is queried once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, Failure, install};
use crate::ffmpeg::{self, Encoders, FfmpegError, Filters};
use crate::site::model::Tool;
use crate::site::videos::conversion;
use crate::source::{FfmpegOptions, Spanned};

/// The default program.
const USUAL: &str = "ffmpeg";
/// Fallback if the default program is missing or does not work.
const INSTEAD: &str = "avconv";

/// A working program.
#[derive(Debug, Clone)]
pub(in crate::site) struct Program {
    /// Name or path for calling the program.
    pub(in crate::site) binary: String,
    pub(in crate::site) encoders: Encoders,
}

/// The reason why there is no program.
#[derive(Debug, Clone)]
pub(in crate::site) enum Missing {
    /// Cause, as a clause for a message.
    Program(String),
    /// The machine could not run it; [`Toolbox::finish`] returns the failure.
    Machine,
}

type Answer = Result<Program, Missing>;

/// Programs by the author's name for them; "" is the default program.
pub(in crate::site) struct Toolbox {
    root: PathBuf,
    asked: BTreeMap<String, Answer>,
    filters: BTreeMap<String, Filters>,
    failure: Option<Failure>,
}

impl Toolbox {
    /// Creates the toolbox for the site in `root`.
    pub(in crate::site) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), asked: BTreeMap::new(), filters: BTreeMap::new(), failure: None }
    }

    /// Returns the program that these options choose.
    ///
    /// # Errors
    /// The reason why there is none.
    pub(in crate::site) fn program(&mut self, options: &FfmpegOptions) -> Answer {
        let timeout = conversion::timeout(options);
        let name = named(&options.binary).unwrap_or_default();
        if let Some(answer) = self.asked.get(name) {
            return answer.clone();
        }
        let answer = match name {
            "" => self.usual(timeout),
            name => self.ask(self.called(name), timeout),
        };
        self.asked.insert(name.to_owned(), answer.clone());
        answer
    }

    /// Returns the filters of a working program. A program that does not list them has none.
    pub(in crate::site) fn filters(&mut self, tool: &Tool) -> Filters {
        let ask = || ffmpeg::filters(&tool.binary, tool.timeout).unwrap_or_default();
        *self.filters.entry(tool.binary.clone()).or_insert_with(ask)
    }

    /// Checks that the machine had the resources to run all programs.
    ///
    /// # Errors
    /// If the machine had no thread, process, file or memory left.
    pub(in crate::site) fn finish(&mut self) -> Result<(), Failure> {
        self.failure.take().map_or(Ok(()), Err)
    }

    fn usual(&mut self, timeout: Duration) -> Answer {
        match self.ask(USUAL.to_owned(), timeout) {
            Err(Missing::Program(why)) => match self.ask(INSTEAD.to_owned(), timeout) {
                Err(Missing::Program(_)) => Err(Missing::Program(why)),
                answer => answer,
            },
            answer => answer,
        }
    }

    fn ask(&mut self, binary: String, timeout: Duration) -> Answer {
        match ffmpeg::encoders(&binary, timeout) {
            Ok(encoders) => Ok(Program { binary, encoders }),
            Err(FfmpegError::NotFound) => Err(Missing::Program(match binary == USUAL {
                true => format!("`{binary}` was not found"),
                false => format!("`{binary}`, which `binary` in the settings names, was not found"),
            })),
            Err(trouble) => match trouble.exhaustion(&binary) {
                Some(failure) => {
                    self.failure.get_or_insert(failure);
                    Err(Missing::Machine)
                }
                None => Err(Missing::Program(format!("`{binary}` does not work: {trouble}"))),
            },
        }
    }

    /// Returns how to call a program: paths are relative to the site's folder, as in récitale; names are searched in
    /// `PATH`.
    fn called(&self, name: &str) -> String {
        match name.contains(std::path::is_separator) {
            true => self.root.join(name).to_string_lossy().into_owned(),
            false => name.to_owned(),
        }
    }
}

fn named(binary: &Option<Spanned<String>>) -> Option<&str> {
    binary.as_ref().map(|binary| binary.value.trim()).filter(|name| !name.is_empty() && *name != USUAL)
}

/// Describes that a file cannot be converted because there is no program; `None` if the machine is the cause.
pub(in crate::site) fn missing(what: &str, why: &Missing, section: &str) -> Option<Diagnostic> {
    let Missing::Program(why) = why else { return None };
    let skip = if what == "video" { ", or skip videos with `--skip-video`" } else { "" };
    let (install, message) = (install("ffmpeg"), format!("cannot convert the {what}: {why}"));
    let help = format!("{install}, or name the program in `settings.{section}.binary`{skip}");
    Some(Diagnostic::new(Code::VideoNoFfmpeg, message).help(help))
}
