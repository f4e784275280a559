//! Stories that no author wrote: the photos and videos of a folder, in the order in which they were taken.
//!
//! In: a [`Source`](crate::source::Source) whose galleries may lack sections, a cover or a date. Out: the same source with all of them,
//! or the lines of YAML that say the same. Reads headers and metadata, through the ledger; must not decode a pixel.

mod candidate;
mod choice;
mod clock;
mod fill;
mod lines;
mod name_time;
mod own;
mod read;
mod shape;
mod twin;

pub use candidate::Candidate;
pub use choice::Choice;
pub use clock::Clock;
pub(super) use fill::filled;
pub use lines::{WrittenEntries, group_lines, written_rows};
pub use own::{own_media, own_twins};
pub use read::Candidates;
pub use shape::{Story, rows_of};
pub use twin::{Twin, without_copies};
