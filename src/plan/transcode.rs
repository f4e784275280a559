//! Transcodes: videos and sounds converted by ffmpeg.
//!
//! [`Transcode::of_video`] and [`Transcode::of_sound`] are pure: source and conversion determine recipe, key and path.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ids::TranscodeId;
use super::output_path::OutputPath;
use super::{keys, names};
use crate::cache::Key;
use crate::ffmpeg::Preparation;
use crate::site::{Codecs, Conversion, Sound, SoundId, Tool, VideoFile, VideoId};
use pixels::Size;

/// The source of a transcode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TranscodeSource {
    /// A video.
    Video(VideoId),
    /// A sound.
    Sound(SoundId),
}

/// Everything that decides the bytes of a transcode, apart from its source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct TranscodeRecipe {
    /// Size of a video in pixels, even on both sides; `None` for a sound.
    pub size: Option<Size>,
    /// Container, encoders and bitrates.
    pub codecs: Codecs,
    /// What is done to the frames of a video.
    #[serde(skip_serializing_if = "Preparation::is_nothing")]
    pub preparation: Preparation,
}

/// A file that ffmpeg makes from a video or a sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcode {
    /// The video or sound that is converted.
    pub source: TranscodeSource,
    /// The program that converts it.
    pub tool: Tool,
    /// Size and codecs of the file.
    pub recipe: TranscodeRecipe,
    /// Identity: hash of the source's bytes and the recipe.
    pub key: Key,
    /// Path in the output folder.
    pub path: OutputPath,
}

impl Transcode {
    /// Returns the transcode of `video` at `size`.
    #[must_use]
    pub fn of_video(video: &VideoFile, id: VideoId, conversion: &Conversion, size: Size) -> Self {
        let (probe, codecs) = (&video.probe, conversion.codecs.clone());
        let preparation = Preparation::of_film(probe.is_interlaced, probe.range, conversion.tool.filters);
        let recipe = TranscodeRecipe { size: Some(size), codecs, preparation };
        let key = keys::transcode(video.digest, &recipe);
        let path = names::SourceName::of(&video.path).rendition(key, size, &conversion.extension);
        Self { source: TranscodeSource::Video(id), tool: conversion.tool.clone(), recipe, key, path }
    }

    /// Returns the transcode of `sound`.
    #[must_use]
    pub fn of_sound(sound: &Sound, id: SoundId, conversion: &Conversion) -> Self {
        let (codecs, preparation) = (conversion.codecs.clone(), Preparation::default());
        let recipe = TranscodeRecipe { size: None, codecs, preparation };
        let key = keys::transcode(sound.digest, &recipe);
        let path = names::track(&sound.path, key, &conversion.extension);
        Self { source: TranscodeSource::Sound(id), tool: conversion.tool.clone(), recipe, key, path }
    }
}

/// The transcodes collected so far; duplicates are made once.
#[derive(Default)]
pub(super) struct Transcodes {
    pub(super) list: Vec<Transcode>,
    by_key: BTreeMap<Key, TranscodeId>,
}

impl Transcodes {
    pub(super) fn add(&mut self, new: Transcode) -> TranscodeId {
        *self.by_key.entry(new.key).or_insert_with(|| {
            let id = TranscodeId::at(self.list.len());
            self.list.push(new);
            id
        })
    }
}
