//! Photos: which sizes and formats are made of each.
//!
//! In: a photo's header, how it is used, and the site's policy. Out: renditions with recipe, key and path. Must not know videos; the
//! rules for a single picture ([`recipes`]) also serve for their frames.

mod planner;
mod recipes;
mod rendition;

pub(super) use planner::plan;
pub(super) use recipes::{encoded, recipes, requested, seen, survey};
pub use rendition::{FormatSet, PlannedPicture, Rendition};
