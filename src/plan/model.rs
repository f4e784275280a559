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

/// All files of the output, except assets of pages (style sheets, scripts, icons): those are named after their content when they are
/// written.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// All files made from photos. Renditions of one photo are adjacent; photos are in the site's order.
    pub renditions: Vec<Rendition>,
    /// The sizes of a photo, by the way in which the photo is used.
    pub pictures: BTreeMap<(PhotoId, PictureOptions), PlannedPicture>,
    /// For each photo, the rendition whose entry in the store contains the results of decoding the photo.
    pub surveys: Vec<RenditionId>,
    /// Files that are copied unchanged.
    pub copies: Vec<Copy>,
    /// Files that ffmpeg makes from videos and sounds.
    pub transcodes: Vec<Transcode>,
    /// Transcode and poster of a video, by the way in which the video is used.
    pub videos: BTreeMap<VideoUse, PlannedVideo>,
    /// Videos of which a frame is needed, in the site's order.
    pub frames: Vec<PlannedFrame>,
    /// Files made from those frames. Stills of one frame are adjacent, in the order of the frames.
    pub stills: Vec<Still>,
    /// The sizes of a video's frame on a tile, by the way in which the video is used.
    pub covers: BTreeMap<(VideoId, PictureOptions), PlannedCover>,
    /// The published file of each sound.
    pub sounds: Vec<PlannedSound>,
    /// The copy of each attachment.
    pub attachments: Vec<CopyId>,
    /// All pages.
    pub pages: Vec<PlannedPage>,
    /// Audiences of each file. A file without an audience is not published.
    pub audiences: Audiences,
    /// Machine-readable lists of pages.
    pub listings: Vec<Listing>,
}

impl Plan {
    /// Returns the sizes of a picture.
    ///
    /// # Panics
    /// If the picture belongs to another site than this plan.
    #[must_use]
    pub fn picture(&self, picture: &Picture) -> &PlannedPicture {
        &self.pictures[&(picture.photo, picture.options)]
    }

    /// Returns the files of a photo, as offered to browsers.
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

    /// Returns the files of a video's frame on a tile, as offered to browsers.
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

    /// Returns a rendition.
    #[must_use]
    pub fn rendition(&self, id: RenditionId) -> &Rendition {
        &self.renditions[id.index()]
    }

    /// Returns transcode and poster of a video.
    ///
    /// # Panics
    /// If the video belongs to another site than this plan.
    #[must_use]
    pub fn video(&self, video: &Video) -> &PlannedVideo {
        &self.videos[&VideoUse::of(video)]
    }

    /// Returns the copy of an attachment.
    #[must_use]
    pub fn attachment(&self, id: AttachmentId) -> &Copy {
        &self.copies[self.attachments[id.index()].index()]
    }

    /// Returns a transcode.
    #[must_use]
    pub fn transcode(&self, id: TranscodeId) -> &Transcode {
        &self.transcodes[id.index()]
    }

    /// Returns a still.
    #[must_use]
    pub fn still(&self, id: StillId) -> &Still {
        &self.stills[id.index()]
    }

    /// Returns the path where a sound is published.
    #[must_use]
    pub fn sound(&self, id: SoundId) -> &OutputPath {
        match self.sounds[id.index()] {
            PlannedSound::Copy(copy) => &self.copies[copy.index()].path,
            PlannedSound::Transcode(transcode) => &self.transcode(transcode).path,
        }
    }

    /// Returns all paths of pictures, videos, sounds and attachments.
    #[cfg(test)]
    pub(crate) fn media(&self) -> impl Iterator<Item = &OutputPath> {
        let renditions = self.renditions.iter().filter_map(|rendition| rendition.path.as_ref());
        let transcodes = self.transcodes.iter().map(|transcode| &transcode.path);
        let stills = self.stills.iter().filter_map(|still| still.path.as_ref());
        renditions.chain(transcodes).chain(stills).chain(self.copies.iter().map(|copy| &copy.path))
    }

    /// Returns the keys of all files that must be in the store: renditions, transcodes and stills.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        let renditions = self.renditions.iter().map(|rendition| rendition.key);
        let transcodes = self.transcodes.iter().map(|transcode| transcode.key);
        renditions.chain(transcodes).chain(self.stills.iter().map(|still| still.key))
    }
}
