//! Planning: every file of the output is named and sized before one pixel is decoded.
//!
//! In: a [`Site`](crate::site::Site). Out: a [`Plan`]: all output paths, no two equal; every rendition with its recipe and key; for
//! every picture its `srcset`. Pure: no file is opened, no clock is read, and the same site gives the same plan.

mod audience;
mod copies;
mod files;
mod ids;
mod keys;
mod ladder;
mod listing;
mod model;
mod names;
mod offer;
mod output_path;
mod pages;
mod photos;
#[expect(clippy::module_inception, reason = "the stage's verb")]
mod plan;
mod requests;
mod settle;
mod sounds;
mod transcode;
mod uses;
mod videos;

pub use audience::{Audience, Audiences};
pub use copies::{Copy, Naming};
pub use files::{photo_file, photo_size, sound_file, video_file};
pub use ids::{CopyId, LockId, RenditionId, StillId, TranscodeId};
pub use listing::{FeedKind, Listing, feed_stories, is_in_sitemap};
pub use model::Plan;
pub use offer::{OfferedFile, OfferedPicture, OfferedSet};
pub use output_path::OutputPath;
pub use pages::{Edition, PageKind, PlannedPage};
pub use photos::{FormatSet, PlannedPicture, Rendition};
pub use plan::{plan, plan_with};
pub use requests::{PhotoRequest, Requests, VideoRequest};
pub use sounds::PlannedSound;
pub use transcode::{Transcode, TranscodeRecipe, TranscodeSource};
pub use videos::{PlannedCover, PlannedFrame, PlannedVideo, Still, VideoUse, fitting};
