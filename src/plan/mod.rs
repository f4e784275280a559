//! Planning: every file of the output is named and sized before one pixel is decoded.
//!
//! In: a [`Site`](crate::site::Site). Out: a [`Plan`]: all output paths, no two equal; every rendition with its recipe and key; for
//! every picture its `srcset`. Pure: no file is opened, no clock is read, and the same site gives the same plan.

mod audience;
mod ladder;
mod listing;
mod model;
mod names;
mod output_path;
#[expect(clippy::module_inception, reason = "the stage's verb")]
mod plan;
mod recipes;
mod uses;

pub use audience::{Audience, Audiences, LockId};
pub use listing::{FeedKind, Listing};
pub use model::{Copy, CopyId, Naming, Page, PageKind, Plan, PlannedPicture, Rendition, RenditionId};
pub use output_path::OutputPath;
pub use plan::plan;
pub use uses::pictures;
