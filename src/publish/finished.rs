//! Input and result of publishing.

use crate::cache::Cache;
use crate::lock::Keyring;
use crate::plan::Plan;
use crate::render::media::Rendered;
use crate::render::pages::Pages;

/// Numbers of files and bytes of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Files of the site, without the manifest.
    pub files: usize,
    /// Files that were written, linked or copied in this run.
    pub written: usize,
    /// Files that were already up to date.
    pub unchanged: usize,
    /// Files of earlier runs that were removed.
    pub removed: usize,
    /// Bytes of all files of the site.
    pub bytes: u64,
}

/// Everything that is to be published.
#[derive(Debug, Clone, Copy)]
pub struct Finished<'a> {
    /// Paths of all files, and their audiences.
    pub plan: &'a Plan,
    /// Renditions.
    pub rendered: &'a Rendered,
    /// Pages and their assets.
    pub pages: &'a Pages,
    /// A lock for each password.
    pub keys: &'a Keyring,
    /// Cache with the renditions and the inventory.
    pub cache: &'a Cache,
}
