//! Planning: names and sizes for all files of the output, before any pixel is decoded.
//!
//! In: a [`Site`](crate::site::Site). Out: a [`Plan`]: all output paths, without duplicates; every rendition with its recipe and key; the
//! `srcset` of every picture. Pure: opens no files and reads no clock; the same site always gives the same plan.

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
mod published;
mod requests;
mod settle;
mod shown;
mod sounds;
mod transcode;
mod uses;
mod videos;

pub use audience::{Audience, Audiences};
pub use copies::{Copy, Naming};
pub use files::{photo_file, photo_size, sound_file, video_file};
#[cfg(test)]
pub(crate) use ids::{RenditionId, StillId};
pub use keys::RenditionKeys;
pub use listing::{FeedKind, Listing, feed_stories, is_in_sitemap};
pub use model::Plan;
pub use offer::{OfferedFile, OfferedPicture, OfferedSet};
pub use output_path::OutputPath;
pub use pages::{Edition, PageKind, PlannedPage};
#[cfg(test)]
pub(crate) use photos::FormatSet;
pub use photos::Rendition;
#[cfg(test)]
pub(crate) use plan::plan;
pub use plan::plan_with;
pub use published::{MediaFile, PlacedFile};
pub use requests::{PhotoRequest, Requests, VideoRequest};
pub use transcode::{Transcode, TranscodeRecipe, TranscodeSource};
pub use videos::{PlannedFrame, Still};
