//! What publishing takes, and what it did.

use crate::cache::Cache;
use crate::lock::Keyring;
use crate::plan::Plan;
use crate::render::media::Rendered;
use crate::render::pages::Pages;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Files of the site, without the manifest.
    pub files: usize,
    /// Files that were written, linked or copied in this run.
    pub written: usize,
    /// Files that were there already.
    pub unchanged: usize,
    /// Files of earlier runs that were removed.
    pub removed: usize,
    /// Bytes of all files of the site.
    pub bytes: u64,
}

/// All that is to be published.
#[derive(Debug, Clone, Copy)]
pub struct Finished<'a> {
    /// Where it is published, and for whom.
    pub plan: &'a Plan,
    /// Renditions.
    pub rendered: &'a Rendered,
    /// Pages, and what they bring with them.
    pub pages: &'a Pages,
    /// A lock for each password.
    pub keys: &'a Keyring,
    /// Where the renditions lie, and where it is kept what was published.
    pub cache: &'a Cache,
}
