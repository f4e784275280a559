//! Composing: writing the photos of a folder into its settings as a story.
//!
//! In: a [`Source`](crate::source::Source), and folders. Out: settings files with sections, and the outcome for each folder. Everything
//! written by hand is kept. Must not know how the outcome is printed.

mod photos;
mod story;
mod title;
mod write;

pub use story::{ComposeOutcome, Composed, autogen, begin, has_settings, sync};
pub use title::shown;
