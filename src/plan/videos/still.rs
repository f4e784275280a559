//! Stills: sizes of one frame, which pages show while a video does not play.

use crate::cache::Key;
use crate::ffmpeg::{Filters, Preparation};
use crate::plan::ids::StillId;
use crate::plan::output_path::OutputPath;
use crate::plan::photos::{FormatSet, encoded, recipes, survey};
use crate::plan::shown::Showing;
use crate::plan::{keys, ladder, names::SourceName};
use crate::site::{ImagePolicy, PictureOptions, Site, Tool, VideoFile, VideoId};
use pixels::{ColorSpace, Format, Header, Recipe, Size};

/// Limit for the long edge of a poster, in pixels. A poster is visible only until the video plays.
const POSTER: u32 = 1920;

/// The frame that represents a video while it does not play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFrame {
    /// The video.
    pub video: VideoId,
    /// The program that extracts the frame.
    pub tool: Tool,
    /// Size in pixels at which the frame is extracted.
    pub size: Size,
    /// What is done to the frame.
    pub preparation: Preparation,
    /// The still whose entry in the store contains the results of decoding the frame.
    pub survey: StillId,
}

/// A frame encoded at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Still {
    /// The video.
    pub video: VideoId,
    /// The recipe to apply to the frame.
    pub recipe: Recipe,
    /// Identity: hash of the video's bytes, the frame's size and the recipe.
    pub key: Key,
    /// Size in pixels, as seen.
    pub size: Size,
    /// Path in the output folder; `None` for surveys, which are not published.
    pub path: Option<OutputPath>,
}

/// A video whose frame is to be rendered, and the site's rules for pictures.
#[derive(Clone, Copy)]
pub(in crate::plan) struct FrameSource<'a> {
    video: &'a VideoFile,
    id: VideoId,
    policy: &'a ImagePolicy,
    /// Size of the extracted frame in pixels: large enough for every possible use, so that one frame serves all of them.
    pub(in crate::plan) size: Size,
    /// What is done to the frame.
    pub(in crate::plan) preparation: Preparation,
}

impl<'a> FrameSource<'a> {
    pub(in crate::plan) fn new(site: &'a Site, id: VideoId, filters: Filters) -> Self {
        let (video, policy) = (&site.videos[id.index()], &site.images);
        let top = policy.ladder.top().0.max(POSTER);
        let preparation = Preparation::of_still(video.probe.is_interlaced, video.probe.range, filters);
        Self { video, id, policy, size: ladder::capped(video.probe.size, top), preparation }
    }

    /// Returns the still that records the results of decoding the frame.
    pub(in crate::plan) fn survey(&self) -> Still {
        self.still(survey(&self.header(), self.policy), self.size)
    }

    /// Returns the picture that stands in for a video of size `video` before it plays.
    pub(in crate::plan) fn poster(&self, video: Size, options: &PictureOptions) -> Still {
        let size = ladder::capped(self.size, POSTER.min(video.long_edge()));
        self.still(encoded(&self.header(), options, self.policy, size), size)
    }

    /// Returns the sizes for a tile, in each format.
    pub(in crate::plan) fn cover(&self, options: &PictureOptions) -> Vec<FormatSet<Still>> {
        let sets = recipes(&self.header(), options, self.policy, Showing::Cover.widest(self.size)).sets;
        sets.into_iter().map(|set| set.map(|(recipe, size)| self.still(recipe, size))).collect()
    }

    /// Returns the header of a frame as ffmpeg writes it: lossless and upright, in a format that every build of ffmpeg supports.
    fn header(&self) -> Header {
        let color_space = if self.preparation.range().is_some() { ColorSpace::Foreign } else { ColorSpace::Srgb };
        Header { color_space, ..Header::plain(Format::Bmp, self.size) }
    }

    fn still(&self, recipe: Recipe, size: Size) -> Still {
        let key = keys::still(self.video.digest, self.size, &self.preparation, &recipe);
        let path = SourceName::of(&self.video.path).of_recipe(key, &recipe, size, Format::Bmp);
        Still { video: self.id, recipe, key, size, path }
    }
}
