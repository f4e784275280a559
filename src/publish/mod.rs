//! Bringing the output folder up to date.
//!
//! In: the plan, what was rendered, the pages. Out: files. First what pages link to, then pages, each by a temporary file
//! and a rename, then what is no longer wanted goes: killed at any point, no page that can be reached links to a file that
//! is not there, and the next run finishes the job. Only what the manifest lists is ever deleted. This module does not
//! know what a photo is.

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
