//! The plan as a value.

use std::collections::BTreeMap;

use super::audience::Audiences;
use super::copies::Copy;
use super::ids::{CopyId, RenditionId, StillId, TranscodeId};
use super::listing::Listing;
use super::offer::{OfferedFile, OfferedPicture};
use super::output_path::OutputPath;
use super::pages::PlannedPage;
use super::photos::{PlannedPicture, Rendition};
use super::sounds::PlannedSound;
use super::transcode::Transcode;
use super::videos::{PlannedCover, PlannedFrame, PlannedVideo, Still, VideoUse};
use crate::cache::Key;
use crate::site::{AttachmentId, PhotoId, Picture, PictureOptions, SoundId, Video, VideoId};

/// Every file of the output, apart from what pages bring with them (style sheets, scripts, icons: they are named after
/// their content when it is written).
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Everything to be made from photos; all renditions of one photo stand together, photos in the site's order.
    pub renditions: Vec<Rendition>,
    /// For each way in which a photo is used: its sizes.
    pub pictures: BTreeMap<(PhotoId, PictureOptions), PlannedPicture>,
    /// For each photo, the rendition that holds what is learned of it by decoding.
    pub surveys: Vec<RenditionId>,
    /// Files that are copied as they are.
    pub copies: Vec<Copy>,
    /// What ffmpeg makes of videos and sounds.
    pub transcodes: Vec<Transcode>,
    /// For each way in which a video is used: what it becomes.
    pub videos: BTreeMap<VideoUse, PlannedVideo>,
    /// The videos of which a frame is shown, in the site's order.
    pub frames: Vec<PlannedFrame>,
    /// What is made of those frames; all of one frame stand together, in the order of the frames.
    pub stills: Vec<Still>,
    /// For each way in which a video stands on a tile: its sizes, as stills.
    pub covers: BTreeMap<(VideoId, PictureOptions), PlannedCover>,
    /// For each sound: what is published of it.
    pub sounds: Vec<PlannedSound>,
    /// For each file that is published as it is, its copy.
    pub attachments: Vec<CopyId>,
    /// All pages.
    pub pages: Vec<PlannedPage>,
    /// For whom each file is published. What stands here for nobody is not published.
    pub audiences: Audiences,
    /// Lists of pages, for programs.
    pub listings: Vec<Listing>,
}

impl Plan {
    /// The sizes of a picture.
    ///
    /// # Panics
    /// If the picture is not of the site that this plan was made for.
    #[must_use]
    pub fn picture(&self, picture: &Picture) -> &PlannedPicture {
        &self.pictures[&(picture.photo, picture.options)]
    }

    /// The files of a photo, as they are offered to browsers.
    ///
    /// # Panics
    /// Like [`picture`](Self::picture).
    #[must_use]
    pub fn offered(&self, picture: &Picture) -> OfferedPicture<'_> {
        let planned = self.picture(picture);
        let file = |id: &RenditionId| {
            let rendition = self.rendition(*id);
            Some(OfferedFile { path: rendition.path.as_ref()?, size: rendition.size })
        };
        OfferedPicture::new(planned.size, &planned.sets, planned.full.as_ref().and_then(file), file)
    }

    /// The files of a video's frame on a tile, as they are offered to browsers.
    ///
    /// # Panics
    /// Like [`video`](Self::video).
    #[must_use]
    pub fn offered_cover(&self, video: &Video) -> OfferedPicture<'_> {
        let planned = &self.covers[&(video.file, video.still)];
        let file = |id: &StillId| {
            let still = self.still(*id);
            Some(OfferedFile { path: still.path.as_ref()?, size: still.size })
        };
        OfferedPicture::new(planned.size, &planned.sets, None, file)
    }

    /// A rendition.
    #[must_use]
    pub fn rendition(&self, id: RenditionId) -> &Rendition {
        &self.renditions[id.index()]
    }

    /// What a video becomes where it plays.
    ///
    /// # Panics
    /// If the video is not of the site that this plan was made for, as the next.
    #[must_use]
    pub fn video(&self, video: &Video) -> &PlannedVideo {
        &self.videos[&VideoUse::of(video)]
    }

    /// The copy of a file that is published as it is.
    #[must_use]
    pub fn attachment(&self, id: AttachmentId) -> &Copy {
        &self.copies[self.attachments[id.index()].index()]
    }

    /// What ffmpeg makes.
    #[must_use]
    pub fn transcode(&self, id: TranscodeId) -> &Transcode {
        &self.transcodes[id.index()]
    }

    /// A still.
    #[must_use]
    pub fn still(&self, id: StillId) -> &Still {
        &self.stills[id.index()]
    }

    /// Where a sound is published.
    #[must_use]
    pub fn sound(&self, id: SoundId) -> &OutputPath {
        match self.sounds[id.index()] {
            PlannedSound::Copy(copy) => &self.copies[copy.index()].path,
            PlannedSound::Transcode(transcode) => &self.transcode(transcode).path,
        }
    }

    /// Every path at which a picture, a video or a sound is published.
    pub fn media(&self) -> impl Iterator<Item = &OutputPath> {
        let renditions = self.renditions.iter().filter_map(|rendition| rendition.path.as_ref());
        let transcodes = self.transcodes.iter().map(|transcode| &transcode.path);
        let stills = self.stills.iter().filter_map(|still| still.path.as_ref());
        renditions.chain(transcodes).chain(stills).chain(self.copies.iter().map(|copy| &copy.path))
    }

    /// All that has to be in the store: renditions, transcodes and stills.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        let renditions = self.renditions.iter().map(|rendition| rendition.key);
        let transcodes = self.transcodes.iter().map(|transcode| transcode.key);
        renditions.chain(transcodes).chain(self.stills.iter().map(|still| still.key))
    }
}
