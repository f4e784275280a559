//! The programs that convert videos and sounds, each asked once for what it can do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, Failure, install};
use crate::ffmpeg::{self, Encoders, FfmpegError};
use crate::site::videos::conversion;
use crate::source::{FfmpegOptions, Spanned};

/// Called if the author names none.
const USUAL: &str = "ffmpeg";
/// Called if that is not there.
const INSTEAD: &str = "avconv";

/// A program that answers.
#[derive(Debug, Clone)]
pub(in crate::site) struct Program {
    /// As it has to be called.
    pub(in crate::site) binary: String,
    pub(in crate::site) encoders: Encoders,
}

/// Why there is no program.
#[derive(Debug, Clone)]
pub(in crate::site) enum Missing {
    /// Half a sentence.
    Program(String),
    /// The machine could not run it; [`Toolbox::finish`] says why.
    Machine,
}

type Answer = Result<Program, Missing>;

/// Programs by what their author calls them; "" is the usual one.
pub(in crate::site) struct Toolbox {
    root: PathBuf,
    asked: BTreeMap<String, Answer>,
    failure: Option<Failure>,
}

impl Toolbox {
    /// For the site in `root`.
    pub(in crate::site) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), asked: BTreeMap::new(), failure: None }
    }

    /// The program of these options.
    ///
    /// # Errors
    /// Why there is none.
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

    /// Whether the machine could run all programs that it has.
    ///
    /// # Errors
    /// If it had no thread, process, file or memory left for one.
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

    /// A path is meant from the site's folder, as in récitale; a name is looked for where programs are.
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

/// That something cannot be converted because there is no program for it; `None` if the machine is to blame.
pub(in crate::site) fn missing(what: &str, why: &Missing, section: &str) -> Option<Diagnostic> {
    let Missing::Program(why) = why else { return None };
    let skip = if what == "video" { ", or skip videos with `--skip-video`" } else { "" };
    let (install, message) = (install("ffmpeg"), format!("cannot convert the {what}: {why}"));
    let help = format!("{install}, or name the program in `settings.{section}.binary`{skip}");
    Some(Diagnostic::new(Code::VideoNoFfmpeg, message).help(help))
}
