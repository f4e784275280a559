//! Deploying: the finished site is brought to where it is served, with rsync.
//!
//! In: the site's `deploy` settings and its output folder. Out: rsync's runs, as lists of arguments; no shell ever sees them. The order
//! is that of publishing: what pages link to first, then the pages, and last what is no longer wanted, so that
//! at every moment each page there links to files that are there.

mod passes;
mod run;
mod target;

pub use passes::{Pass, passes};
pub use run::{Sent, run};
pub use target::Target;
