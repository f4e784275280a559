//! Bringing the output folder up to date.
//!
//! In: the plan, the renditions, the pages. Out: files. Linked files come first, then pages, each through a temporary file and a
//! rename; unwanted files are removed last. If a run is killed at any point, no reachable page links to a missing file, and the
//! next run finishes the job. Only files that the manifest lists are ever deleted. Must not know what a photo is.

mod apart;
mod audit;
mod before;
mod claim;
mod clean;
mod content;
mod disk;
mod files;
mod finished;
mod inventory;
mod item;
mod locked;
mod manifest;
#[expect(clippy::module_inception, reason = "the stage's verb")]
mod publish;
mod put;
mod survey;
mod turns;
mod wanted;

pub use apart::keep_apart;
pub use audit::{Audit, Known, Mended, known};
pub use before::Before;
pub use claim::OutputFolder;
pub use clean::{Cleaned, clean};
pub use files::{all_files, cache_among};
pub use finished::{Finished, Published};
#[cfg(test)]
pub(crate) use manifest::NAME as MANIFEST;
pub use publish::publish;
pub use turns::hold;
