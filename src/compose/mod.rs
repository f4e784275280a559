//! Composing: writing the photos of a folder into its settings as a story.
//!
//! In: a [`Source`](crate::source::Source), and folders. Out: settings files with sections, and the outcome for each folder. Everything
//! written by hand is kept. Must not know how the outcome is printed.

mod begin;
mod composer;
mod ignore;
mod insert;
mod moves;
mod outcome;
mod story;
mod write;

pub use begin::{begin, begin_site};
pub use composer::Composer;
pub use ignore::ignore;
pub use moves::{find, leaves};
pub use outcome::{Added, ComposeOutcome, Composed};
pub use story::{autogen, sync};
pub use write::has_settings;
