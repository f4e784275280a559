//! Plans the transcodes and stills of a site's videos. A file that several pages need is made once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fit::fitting;
use super::still::{FrameSource, PlannedFrame, Still};
use crate::plan::ids::{StillId, TranscodeId};
use crate::plan::photos::FormatSet;
use crate::plan::requests::VideoRequest;
use crate::plan::transcode::{Transcode, Transcodes};
use crate::plan::uses::{self, VideoUses};
use crate::site::{Conversion, PictureOptions, Site, Video, VideoId, VideoPlace};
use pixels::{Recipe, Size};

/// A way in which a video is used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct VideoUse {
    video: VideoId,
    conversion: Arc<Conversion>,
    place: VideoPlace,
    still: PictureOptions,
}

impl VideoUse {
    /// Returns the way in which `video` is used.
    #[must_use]
    pub fn of(video: &Video) -> Self {
        let conversion = Arc::clone(&video.conversion);
        Self { video: video.file, conversion, place: video.place, still: video.still }
    }
}

/// A video as shown on pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedVideo {
    /// Size of the transcode in pixels.
    pub size: Size,
    /// The file that plays.
    pub transcode: TranscodeId,
    /// The still that is shown before the video plays.
    pub poster: StillId,
}

/// A frame of a video on a tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCover {
    /// Size of the frame in pixels.
    pub size: Size,
    /// The sizes in each format, as in `PlannedPicture::sets`.
    pub sets: Vec<FormatSet<StillId>>,
}

/// Everything planned for videos, except transcodes.
#[derive(Default)]
pub(in crate::plan) struct PlannedVideos {
    pub(in crate::plan) videos: BTreeMap<VideoUse, PlannedVideo>,
    pub(in crate::plan) covers: BTreeMap<(VideoId, PictureOptions), PlannedCover>,
    /// In the site's order.
    pub(in crate::plan) frames: Vec<PlannedFrame>,
    /// The stills of one frame are adjacent, in the order of the frames.
    pub(in crate::plan) stills: Vec<Still>,
}

/// Plans the files that pages show and templates request.
pub(in crate::plan) fn plan(
    site: &Site,
    requests: &BTreeSet<VideoRequest>,
    transcodes: &mut Transcodes,
) -> PlannedVideos {
    let mut planned = PlannedVideos::default();
    let mut uses = uses::videos_by_file(site);
    for id in (0..site.videos.len()).map(VideoId::at) {
        let requests: Vec<&VideoRequest> = requests.iter().filter(|request| request.video == id).collect();
        let uses = uses.remove(&id).unwrap_or_default();
        let first = uses.playing.iter().chain(&uses.covers).next().map(|video| &video.conversion);
        let Some(conversion) = first.or(site.conversion.as_ref().filter(|_| !requests.is_empty())) else { continue };
        // Templates name stills before there is a plan, by the site's conversion.
        let conversion = site.conversion.as_ref().unwrap_or(conversion);
        let source = FrameSource::new(site, id, conversion.tool.filters);
        let mut one = OneVideo { site, id, source, by_recipe: BTreeMap::new(), transcodes, planned: &mut planned };
        one.frame(conversion);
        one.uses(&uses);
        requests.into_iter().for_each(|request| one.request(request));
    }
    planned
}

/// Returns the size of a video's transcode: limited by the bounds of the site's author, or else by the height of its place.
fn shown_size(site: &Site, video: &Video) -> Size {
    let size = site.videos[video.file.index()].probe.size;
    match video.conversion.bounds {
        Some(Size { width, height }) => fitting(size, Some(width), Some(height)),
        None => fitting(size, None, Some(video.place.height())),
    }
}

/// Collects the files made from one video.
struct OneVideo<'a> {
    site: &'a Site,
    id: VideoId,
    source: FrameSource<'a>,
    by_recipe: BTreeMap<Recipe, StillId>,
    transcodes: &'a mut Transcodes,
    planned: &'a mut PlannedVideos,
}

impl OneVideo<'_> {
    /// Plans the frame and its survey; must come before the other stills.
    fn frame(&mut self, conversion: &Conversion) {
        let survey = self.still(self.source.survey());
        let (tool, FrameSource { size, preparation, .. }) = (conversion.tool.clone(), self.source);
        self.planned.frames.push(PlannedFrame { video: self.id, tool, size, preparation, survey });
    }

    fn uses(&mut self, uses: &VideoUses<'_>) {
        for video in &uses.playing {
            let size = shown_size(self.site, video);
            let transcode = self.transcode(&video.conversion, size);
            let poster = self.still(self.source.poster(size, &video.still));
            self.planned.videos.insert(VideoUse::of(video), PlannedVideo { size, transcode, poster });
        }
        for video in &uses.covers {
            let sets = self.source.cover(&video.still).into_iter();
            let sets = sets.map(|set| set.map(|still| self.still(still))).collect();
            self.planned.covers.insert((self.id, video.still), PlannedCover { size: self.source.size, sets });
        }
    }

    fn request(&mut self, request: &VideoRequest) {
        let (width, height) = request.within;
        let size = fitting(self.site.videos[self.id.index()].probe.size, width, height);
        match (&request.still, &self.site.conversion) {
            (Some(options), _) => {
                self.still(self.source.poster(size, options));
            }
            (None, Some(conversion)) => {
                self.transcode(conversion, size);
            }
            (None, None) => {}
        }
    }

    fn transcode(&mut self, conversion: &Conversion, size: Size) -> TranscodeId {
        let video = &self.site.videos[self.id.index()];
        self.transcodes.add(Transcode::of_video(video, self.id, conversion, size))
    }

    fn still(&mut self, still: Still) -> StillId {
        let stills = &mut self.planned.stills;
        *self.by_recipe.entry(still.recipe.clone()).or_insert_with(|| {
            stills.push(still);
            StillId::at(stills.len() - 1)
        })
    }
}
