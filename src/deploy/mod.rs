//! Deploying the finished site with rsync.
//!
//! In: the site's `deploy` settings and its output folder. Out: runs of rsync, as lists of arguments without a shell. The order is that
//! of publishing: linked files first, then pages, and unwanted files last, so that at every moment each page there links to existing
//! files. Only files of earlier deployments are ever deleted.

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

/// Converts bytes to a path; where paths are not bytes, invalid UTF-8 is replaced.
fn path_of(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    return <std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes).into();
    #[cfg(not(unix))]
    return String::from_utf8_lossy(bytes).into_owned().into();
}
