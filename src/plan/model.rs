//! The plan as a value.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cache::{Digest, Key};
use crate::plan::films::{FilmUse, Frame, PlannedVideo, Still, StillId, Transcode, TranscodeId};
use crate::plan::{Audiences, Listing, OutputPath};
use crate::site::{AttachmentId, GalleryId, PhotoId, Picture, PictureOptions, SoundId, Video, VideoId};
use pixels::{Recipe, Size};

/// Numbers that are places in lists.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Its place in the list.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

pub(super) use ids;

ids! {
    /// A rendition, by its place in [`Plan::renditions`].
    RenditionId;
    /// A copied file, by its place in [`Plan::copies`].
    CopyId;
}

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
    pub videos: BTreeMap<FilmUse, PlannedVideo>,
    /// The videos of which a frame is shown, in the site's order.
    pub frames: Vec<Frame>,
    /// What is made of those frames; all of one frame stand together, in the order of the frames.
    pub stills: Vec<Still>,
    /// For each way in which a video stands on a tile: its sizes, as stills.
    pub covers: BTreeMap<(VideoId, PictureOptions), PlannedCover>,
    /// For each sound: what is published of it.
    pub sounds: Vec<PlannedSound>,
    /// For each file that is published as it is, its copy.
    pub attachments: Vec<CopyId>,
    /// All pages.
    pub pages: Vec<Page>,
    /// For whom each file is published. What stands here for nobody is not published.
    pub audiences: Audiences,
    /// Lists of pages, for programs.
    pub listings: Vec<Listing>,
}

/// One encoded output of one photo at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Of which photo.
    pub photo: PhotoId,
    /// What to make.
    pub recipe: Recipe,
    /// Identity: of the source's bytes and the recipe.
    pub key: Key,
    /// Size as seen.
    pub size: Size,
    /// Where it is published for everybody, which need not be anybody (see [`Plan::audiences`]); surveys are not published, they are for the pages and for the author.
    pub path: Option<OutputPath>,
    /// Whether its name says what is in it.
    pub naming: Naming,
}

/// How a file of the output got its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Naming {
    /// The name carries a hash: a file of this name never changes.
    #[default]
    Content,
    /// The author chose it: what is in it may change.
    Author,
}

/// A photo as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPicture {
    /// Size of the source as seen.
    pub size: Size,
    /// The sizes offered in `srcset`, from narrow to wide, no two of equal width. Never empty.
    pub candidates: Vec<RenditionId>,
    /// The full-size picture, if there is one apart from the ladder.
    pub full: Option<RenditionId>,
}

/// A frame of a video as it stands on a tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCover {
    /// Size of the frame.
    pub size: Size,
    /// The sizes offered in `srcset`, from narrow to wide. Never empty.
    pub candidates: Vec<StillId>,
}

/// What is published of a sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlannedSound {
    /// The file itself.
    Copy(CopyId),
    /// What is made of it.
    Transcode(TranscodeId),
}

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// Where from.
    pub from: PathBuf,
    /// Of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// Where to.
    pub path: OutputPath,
    /// Whether its name says what is in it.
    pub naming: Naming,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it is published.
    pub path: OutputPath,
    /// What it shows.
    pub kind: PageKind,
    /// Whether it is the page itself or its light copy.
    pub edition: Edition,
}

/// What a page is beside others that show the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Edition {
    /// The page itself, whatever its theme.
    #[default]
    Full,
    /// Its copy in the theme `light`.
    Light,
}

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The front page.
    Front,
    /// A gallery, whatever its body.
    Gallery(GalleryId),
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
        &self.videos[&FilmUse::of(video)]
    }

    /// The copy of a file that is published as it is.
    #[must_use]
    pub fn attachment(&self, id: AttachmentId) -> &Copy {
        &self.copies[self.attachments[id.index()].index()]
    }

    /// The sizes of a video's frame on a tile.
    #[must_use]
    pub fn cover(&self, video: &Video) -> &PlannedCover {
        &self.covers[&(video.file, video.still)]
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
