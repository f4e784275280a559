//! The programs that convert videos and sounds, each asked once for what it can do.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::ffmpeg::{self, Encoders, Trouble};
use crate::site::conversion;
use crate::source::{FfmpegOptions, Spanned};

/// Called if the author names none.
const USUAL: &str = "ffmpeg";
/// Called if that is not there.
const INSTEAD: &str = "avconv";

/// A program that answers.
#[derive(Debug, Clone)]
pub(super) struct Program {
    /// As it has to be called.
    pub(super) binary: String,
    pub(super) encoders: Encoders,
}

type Answer = Result<Program, String>;

/// Programs by what their author calls them; "" is the usual one.
pub(super) struct Toolbox {
    root: PathBuf,
    asked: BTreeMap<String, Answer>,
    usual: OnceCell<Answer>,
}

impl Toolbox {
    /// For the site in `root`.
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), asked: BTreeMap::new(), usual: OnceCell::new() }
    }

    /// The program of these options.
    ///
    /// # Errors
    /// Why there is none: half a sentence.
    pub(super) fn program(&mut self, options: &FfmpegOptions) -> Result<Program, String> {
        let timeout = conversion::timeout(options);
        match named(&options.binary) {
            None => self.usual.get_or_init(|| usual(timeout)).clone(),
            Some(name) => {
                let binary = self.called(name);
                self.asked.entry(name.to_owned()).or_insert_with(|| ask(binary, timeout)).clone()
            }
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

fn usual(timeout: Duration) -> Answer {
    let first = ask(USUAL.to_owned(), timeout);
    if first.is_err()
        && let Ok(instead) = ask(INSTEAD.to_owned(), timeout)
    {
        return Ok(instead);
    }
    first
}

fn ask(binary: String, timeout: Duration) -> Answer {
    match ffmpeg::encoders(&binary, timeout) {
        Ok(encoders) => Ok(Program { binary, encoders }),
        Err(Trouble::NotFound) => Err(format!("there is no `{binary}` on this machine")),
        Err(trouble) => Err(format!("`{binary}` does not work: {trouble}")),
    }
}

/// That something cannot be converted because there is no program for it.
pub(super) fn missing(what: &str, why: &str, section: &str) -> Diagnostic {
    let skip = if what == "video" { ", or build without videos: `--skip-video`" } else { "" };
    Diagnostic::error(format!("the {what} cannot be converted: {why}")).help(format!(
        "install ffmpeg (`apt install ffmpeg`, `apk add ffmpeg`, `brew install ffmpeg`), or name it with `settings.{section}.binary`{skip}"
    ))
}
