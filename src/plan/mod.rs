//! Planning: every file of the output is named and sized before one pixel is decoded.
//!
//! In: a [`Site`](crate::site::Site). Out: a [`Plan`]: all output paths, no two equal; every rendition with its recipe and key; for
//! every picture its `srcset`. Pure: no file is opened, no clock is read, and the same site gives the same plan.

mod audience;
mod films;
mod ladder;
mod listing;
mod model;
mod names;
mod output_path;
#[expect(clippy::module_inception, reason = "the stage's verb")]
mod plan;
mod recipes;
mod uses;
mod wanted;

pub use audience::{Audience, Audiences, LockId};
pub use listing::{FeedKind, Listing};
mod videos;

pub use films::{
    FilmSource, FilmUse, Frame, PlannedVideo, Still, StillId, Transcode, TranscodeId, TranscodeRecipe, fitting, still,
    track, transcode,
};
pub use model::{
    Copy, CopyId, Edition, Naming, Page, PageKind, Plan, PlannedCover, PlannedPicture, PlannedSound, Rendition,
    RenditionId,
};
pub use output_path::OutputPath;
pub use plan::{plan, plan_with};
pub use uses::{pictures, videos};
pub use wanted::{Requests, Wanted, WantedFilm, film_file, film_size, photo_file, photo_size, sound_file};
