//! What pages show of a video that does not play: sizes of one frame.

use crate::cache::Key;
use crate::plan::ids::StillId;
use crate::plan::output_path::OutputPath;
use crate::plan::photos::{FormatSet, encoded, recipes, survey};
use crate::plan::{keys, ladder, names};
use crate::site::{ImagePolicy, PictureOptions, Site, Tool, VideoFile, VideoId};
use pixels::{Format, Header, Recipe, Size};

/// Long edge of a poster in pixels, at most: nobody looks closely at a picture that is about to move.
const POSTER: u32 = 1920;

/// The frame by which a video is shown where it does not play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFrame {
    /// The video.
    pub video: VideoId,
    /// The program that takes the frame out.
    pub tool: Tool,
    /// Size in pixels at which it is taken out.
    pub size: Size,
    /// The still that holds what is learned of the frame.
    pub survey: StillId,
}

/// A frame encoded at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Still {
    /// The video.
    pub video: VideoId,
    /// What to make of its frame.
    pub recipe: Recipe,
    /// Identity: hash of the video's bytes, the frame's size and the recipe.
    pub key: Key,
    /// Size in pixels, as seen.
    pub size: Size,
    /// Path in the output folder; `None` for surveys, which are not published.
    pub path: Option<OutputPath>,
}

/// A video whose frame is about to be rendered, with the rules for that.
#[derive(Clone, Copy)]
pub(in crate::plan) struct FrameSource<'a> {
    video: &'a VideoFile,
    id: VideoId,
    policy: &'a ImagePolicy,
    /// A frame is taken out no larger than anything that is made of it, wherever it is shown: so one frame serves all places.
    pub(in crate::plan) size: Size,
}

impl<'a> FrameSource<'a> {
    pub(in crate::plan) fn new(site: &'a Site, id: VideoId) -> Self {
        let (video, policy) = (&site.videos[id.index()], &site.images);
        let top = policy.ladder.iter().copied().max().unwrap_or(POSTER).max(POSTER);
        Self { video, id, policy, size: ladder::capped(video.probe.size, top) }
    }

    /// The still that records what decoding the frame reveals.
    pub(in crate::plan) fn survey(&self) -> Still {
        self.still(survey(&self.header(), self.policy), self.size)
    }

    /// The picture in place of a video of size `video` before it plays.
    pub(in crate::plan) fn poster(&self, video: Size, options: &PictureOptions) -> Still {
        let size = ladder::capped(self.size, POSTER.min(video.long_edge()));
        self.still(encoded(&self.header(), options, self.policy, size), size)
    }

    /// The sizes for a tile, in each format.
    pub(in crate::plan) fn cover(&self, options: &PictureOptions) -> Vec<FormatSet<Still>> {
        let sets = recipes(&self.header(), options, self.policy).sets;
        sets.into_iter().map(|set| set.map(|(recipe, size)| self.still(recipe, size))).collect()
    }

    /// A frame as ffmpeg writes it: pixels without loss, upright, in a format that every ffmpeg knows.
    fn header(&self) -> Header {
        Header::plain(Format::Bmp, self.size)
    }

    fn still(&self, recipe: Recipe, size: Size) -> Still {
        let key = keys::still(self.video.digest, self.size, &recipe);
        let path = names::of_recipe(&self.video.path, key, &recipe, size, Format::Bmp);
        Still { video: self.id, recipe, key, size, path }
    }
}
