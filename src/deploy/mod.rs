//! Deploying: the finished site is brought to where it is served, with rsync.
//!
//! In: the site's `deploy` settings and its output folder. Out: rsync's runs, as lists of arguments; no shell ever sees them. The order
//! is that of publishing: what pages link to first, then the pages, and last what is no longer wanted, so that
//! at every moment each page there links to files that are there. Only what an earlier deployment put there is ever deleted.

#[expect(clippy::module_inception, reason = "the stage's verb")]
mod deploy;
mod items;
mod list;
mod options;
mod passes;
mod place;
mod run;
mod scratch;
mod survey;
mod target;

use std::path::PathBuf;

pub use deploy::{Sent, Upload, deploy};
pub use passes::Pass;
pub use place::{OwnFolders, local, refusal};
pub use target::Target;

/// A path of bytes; where paths are no bytes, what is no text cannot be named.
fn path_of(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    return <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes).into();
    #[cfg(not(unix))]
    return String::from_utf8_lossy(bytes).into_owned().into();
}
