//! The treatment of videos, and the way to probe them.

use std::path::Path;

use super::conversion;
use super::toolbox::{Toolbox, missing};
use crate::diagnostic::Failure;
use crate::ffmpeg::probe_beside;
use crate::machine::threads;
use crate::site::read::Probing;
use crate::source::RootSettings;

/// The treatment of videos in one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VideoPolicy {
    /// Videos are shown; this requires ffmpeg.
    #[default]
    Shown,
    /// Videos are left out, with a warning.
    Skipped,
    /// Videos are listed, for the inspection of their files.
    Listed,
}

impl VideoPolicy {
    /// Returns how videos are probed, if there are `any`.
    ///
    /// # Errors
    /// If the machine has no resources left to run a program.
    pub(in crate::site) fn probing(
        self,
        any: bool,
        root: &RootSettings,
        toolbox: &mut Toolbox,
    ) -> Result<Probing, Failure> {
        Ok(match self {
            Self::Skipped => Probing::Skipped,
            Self::Listed => Probing::Unknown,
            Self::Shown if !any => Probing::Skipped,
            Self::Shown => match toolbox.program(&root.settings.ffmpeg) {
                Ok(program) => Probing::With {
                    program: probe_beside(&program.binary),
                    timeout: conversion::timeout(&root.settings.ffmpeg),
                },
                Err(why) => {
                    // If the machine grants no thread, it cannot run a program either, and the program is not the
                    // cause.
                    threads::are_granted(1).map_err(Failure::on("run", Path::new("ffmpeg")))?;
                    toolbox.finish()?;
                    let binary = root.settings.ffmpeg.binary.as_ref();
                    missing("video", &why, "ffmpeg").map_or(Probing::Unknown, |problem| match binary {
                        Some(binary) => Probing::Impossible(problem.at(binary.span)),
                        None => Probing::Impossible(problem),
                    })
                }
            },
        })
    }
}
