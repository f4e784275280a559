//! What ffmpeg makes, as values: transcodes of videos and sounds, and stills of videos.
//!
//! [`transcode`], [`track`] and [`still`] are pure: a source, how it is used and a size give recipe, key and path, whoever asks.

use std::sync::Arc;

use serde::Serialize;

use super::model::ids;
use super::{OutputPath, names};
use crate::cache::Key;
use crate::site::{Codecs, Conversion, PictureOptions, Sound, SoundId, Tool, Video, VideoFile, VideoId, VideoPlace};
use pixels::{ENGINE, Recipe, Size};

/// Of the arguments that ffmpeg is given. It is raised when the same recipe would be rendered otherwise than before.
const ARGUMENTS: u32 = 1;

/// Of the way in which a frame is chosen.
const CHOICE: u32 = 1;

ids! {
    /// A transcode, by its place in [`Plan::transcodes`](super::Plan::transcodes).
    TranscodeId;
    /// A still, by its place in [`Plan::stills`](super::Plan::stills).
    StillId;
}

/// Of what a transcode is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilmSource {
    /// A video.
    Video(VideoId),
    /// A sound.
    Sound(SoundId),
}

/// All that shapes a transcode, apart from its source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct TranscodeRecipe {
    /// Size of a video, even on both sides.
    pub size: Option<Size>,
    /// Container, encoders, bitrates.
    pub codecs: Codecs,
}

/// One file that ffmpeg makes of a video or a sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcode {
    /// Of what.
    pub source: FilmSource,
    /// By which program.
    pub tool: Tool,
    /// What.
    pub recipe: TranscodeRecipe,
    /// Identity: of the source's bytes and the recipe.
    pub key: Key,
    /// Where it is published.
    pub path: OutputPath,
}

/// A way in which a video is used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilmUse {
    clip: VideoId,
    conversion: Arc<Conversion>,
    place: VideoPlace,
    still: PictureOptions,
}

impl FilmUse {
    /// That of a video where it stands.
    #[must_use]
    pub fn of(video: &Video) -> Self {
        Self { clip: video.file, conversion: Arc::clone(&video.conversion), place: video.place, still: video.still }
    }
}

/// A video as pages show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedVideo {
    /// Size of the transcode.
    pub size: Size,
    /// What plays.
    pub transcode: TranscodeId,
    /// What is seen before it plays.
    pub poster: StillId,
}

/// The frame by which a video is shown where it does not play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Of which video.
    pub clip: VideoId,
    /// Taken out by which program.
    pub tool: Tool,
    /// Size at which it is taken out.
    pub size: Size,
    /// The still that holds what is learned of it.
    pub survey: StillId,
}

/// One encoded output of one frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Still {
    /// Of which video.
    pub clip: VideoId,
    /// What to make of its frame.
    pub recipe: Recipe,
    /// Identity: of the video's bytes, the frame's size and the recipe.
    pub key: Key,
    /// Size as seen.
    pub size: Size,
    /// Where it is published; surveys are not.
    pub path: Option<OutputPath>,
}

/// What `clip` becomes at a size.
#[must_use]
pub fn transcode(clip: &VideoFile, id: VideoId, conversion: &Conversion, size: Size) -> Transcode {
    let recipe = TranscodeRecipe { size: Some(size), codecs: conversion.codecs.clone() };
    let key = key(&(ARGUMENTS, clip.digest, &recipe));
    let path = names::rendition(&clip.path, key, size, &conversion.extension);
    Transcode { source: FilmSource::Video(id), tool: conversion.tool.clone(), recipe, key, path }
}

/// What `sound` becomes.
#[must_use]
pub fn track(sound: &Sound, id: SoundId, conversion: &Conversion) -> Transcode {
    let recipe = TranscodeRecipe { size: None, codecs: conversion.codecs.clone() };
    let key = key(&(ARGUMENTS, sound.digest, &recipe));
    let path = names::track(&sound.path, key, &conversion.extension);
    Transcode { source: FilmSource::Sound(id), tool: conversion.tool.clone(), recipe, key, path }
}

/// What becomes of the frame of `clip` that is taken out at size `frame`. What no page shows has no `extension`.
#[must_use]
pub fn still(clip: &VideoFile, id: VideoId, frame: Size, recipe: Recipe, size: Size, extension: Option<&str>) -> Still {
    let key = key(&(ENGINE, CHOICE, clip.digest, frame, &recipe));
    let path = extension.map(|extension| names::rendition(&clip.path, key, size, extension));
    Still { clip: id, recipe, key, size, path }
}

/// The size of a video in a box, of which a side that is not given does not limit: the aspect is kept, nothing is enlarged, and
/// both sides are even, because chroma has half as many pixels.
#[must_use]
pub fn fitting(video: Size, width: Option<u32>, height: Option<u32>) -> Size {
    let (wide, high) = (u64::from(video.width.max(1)), u64::from(video.height.max(1)));
    // As fractions: the smallest of 1, width / wide and height / high.
    let mut scale = (1, 1);
    for (to, from) in [(width, wide), (height, high)] {
        let to = u64::from(to.unwrap_or(u32::MAX).max(2));
        if to * scale.1 < scale.0 * from {
            scale = (to, from);
        }
    }
    let even = |side: u64| u32::try_from((side * scale.0 / scale.1) & !1).unwrap_or(u32::MAX - 1).max(2);
    Size { width: even(wide), height: even(high) }
}

/// As the key of a photo's rendition: a hash of JSON with fields in the order of their declaration.
fn key(inputs: &impl Serialize) -> Key {
    Key::of(&serde_json::to_vec(inputs).expect("a recipe is plain data"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fit(video: (u32, u32), width: Option<u32>, height: Option<u32>) -> (u32, u32) {
        let size = fitting(Size { width: video.0, height: video.1 }, width, height);
        (size.width, size.height)
    }

    #[test]
    fn a_video_is_made_smaller_but_never_larger() {
        assert_eq!(fit((1920, 1080), None, Some(600)), (1066, 600));
        assert_eq!(fit((1920, 1080), None, Some(2000)), (1920, 1080));
        assert_eq!(fit((1080, 1920), Some(1280), Some(720)), (404, 720));
        assert_eq!(fit((1920, 1080), Some(1280), Some(720)), (1280, 720));
        assert_eq!(fit((3, 5), None, None), (2, 4));
        assert_eq!(fit((1, 1), None, None), (2, 2));
    }

    proptest! {
        #[test]
        fn sides_are_even_fit_the_box_and_keep_the_aspect(
            wide in 2_u32..70_000, high in 2_u32..70_000,
            width in proptest::option::of(2_u32..5_000), height in proptest::option::of(2_u32..5_000),
        ) {
            let (w, h) = fit((wide, high), width, height);
            prop_assert!(w % 2 == 0 && h % 2 == 0 && w >= 2 && h >= 2);
            prop_assert!(w <= wide && h <= high && w <= width.unwrap_or(w).max(2) && h <= height.unwrap_or(h).max(2));
            // Each side is less than three pixels off, apart from the least size that there is.
            let off = (f64::from(w) - f64::from(h) * f64::from(wide) / f64::from(high)).abs();
            prop_assert!(w == 2 || h == 2 || off < 3.0 * (1.0 + f64::from(wide) / f64::from(high)));
        }
    }
}
