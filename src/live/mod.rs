//! The site as it is now: pages from the current settings, pictures rendered when a browser asks.
//!
//! In: a site folder, changes of its files, requests of browsers. Out: the same bytes as a build, without the output folder. The stages
//! are those of a build, up to the plan; each run of them makes an immutable `Snapshot`. Requests for files of a snapshot go through
//! the store, and through a queue for what the store lacks. Must not know HTTP, and must not write to the output folder.

mod answers;
mod changes;
mod inject;
mod line;
mod live_site;
mod news;
mod queue;
mod read_ahead;
mod scope;
mod sheets;
mod snapshot;
mod stage;
mod state;
mod surveys;
mod watch;
mod workers;

pub use live_site::{LiveSite, start};
pub use news::News;
