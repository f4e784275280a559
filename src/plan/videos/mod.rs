//! Videos: their transcodes, and the stills shown in their place.
//!
//! In: the videos of a site and how they are used. Out: transcodes and stills with recipe, key and path.

mod fit;
mod planner;
mod still;

pub use fit::fitting;
pub(super) use planner::plan;
pub use planner::{PlannedCover, PlannedVideo, VideoUse};
pub(super) use still::FrameSource;
pub use still::{PlannedFrame, Still};
