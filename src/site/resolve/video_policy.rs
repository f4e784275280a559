//! What becomes of videos.

use std::path::Path;

use crate::diagnostic::Failure;
use crate::ffmpeg::probe_beside;
use crate::machine::threads;
use crate::site::read::Probing;
use crate::site::resolve::references::References;
use crate::site::videos::{Toolbox, conversion, missing};
use crate::source::RootSettings;

/// What becomes of videos.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VideoPolicy {
    /// Videos are shown, for which ffmpeg is needed.
    #[default]
    Shown,
    /// Videos are left out, with a warning.
    Skipped,
    /// Videos are listed, for a look into their files.
    Listed,
}

impl VideoPolicy {
    /// How videos are probed, if there are any.
    pub(super) fn probing(
        self,
        references: &References<'_>,
        root: &RootSettings,
        toolbox: &mut Toolbox,
    ) -> Result<Probing, Failure> {
        Ok(match self {
            Self::Skipped => Probing::Skipped,
            Self::Listed => Probing::Unknown,
            Self::Shown if references.videos.files.is_empty() => Probing::Skipped,
            Self::Shown => match toolbox.program(&root.settings.ffmpeg) {
                Ok(program) => Probing::With {
                    program: probe_beside(&program.binary),
                    timeout: conversion::timeout(&root.settings.ffmpeg),
                },
                Err(why) => {
                    // Where no thread can be made, no program can be run either, and the program is not to blame.
                    threads::are_granted(1).map_err(Failure::on("run", Path::new("ffmpeg")))?;
                    toolbox.finish()?;
                    missing("video", &why, "ffmpeg").map_or(Probing::Unknown, Probing::Impossible)
                }
            },
        })
    }
}
