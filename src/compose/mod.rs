//! Composing: from the photos in a folder to the story in its settings.
//!
//! In: a [`Source`](crate::source::Source), and the folders that are meant. Out: settings files with sections, and what was done with each folder. Everything that
//! was written by hand stays as it is. Must not know how it is told.

mod photos;
mod story;
mod title;
mod write;

pub use story::{ComposeOutcome, Composed, autogen, begin, has_settings, sync};
pub use title::shown;
