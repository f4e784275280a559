//! Photos: sizes and formats of their renditions.
//!
//! In: a photo's header, the ways in which the photo is used, and the site's policy. Out: renditions with recipe, key and path. Must not
//! know videos; the rules for a single picture ([`recipes()`]) also apply to their frames.

mod planner;
mod recipes;
mod rendition;

pub(super) use planner::plan;
pub(super) use recipes::{encoded, recipes, requested, survey};
pub use rendition::{FormatSet, PlannedPicture, Rendition};
