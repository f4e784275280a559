//! The files whose changes matter to a preview.
//!
//! In: paths that changed. Out: whether the site may depend on them. Must not know how changes are noticed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use crate::machine::fs;

/// The files whose changes matter.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    pub(super) root: PathBuf,
    /// The folder that contains the site, of which only the site itself matters, unless a link leads to another file in it.
    pub(super) around: Option<PathBuf>,
    pub(super) around_is_linked: Arc<AtomicBool>,
    /// Folders whose changes do not matter.
    pub(super) excluded: Vec<PathBuf>,
    /// Paths that were removed or renamed. Whatever is there now has no watch yet, even if the system has given it the same number.
    pub(super) gone: Arc<Mutex<BTreeSet<PathBuf>>>,
    /// Files to which this process writes its output: each line about a change would be a change.
    pub(super) own: Vec<Identity>,
}

impl Scope {
    /// Whether a change of this path matters.
    pub(super) fn contains(&self, path: &Path) -> bool {
        let is_beside = path != self.root
            && path.parent() == self.around.as_deref()
            && !self.around_is_linked.load(Ordering::Relaxed);
        let is_own = || !self.own.is_empty() && Identity::of(path).is_some_and(|identity| self.own.contains(&identity));
        !is_hidden(path) && !is_excluded(path, &self.excluded) && !is_beside && !is_own()
    }
}

/// Device and number of a file or folder, which stay when its name changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity(u64, u64);

impl Identity {
    /// Returns the identity of whatever is at this path, behind links; `None` if nothing is.
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        fs::metadata(path).ok().map(|metadata| Self(metadata.dev(), metadata.ino()))
    }

    #[cfg(not(unix))]
    pub(super) fn of(_: &Path) -> Option<Self> {
        None
    }
}

/// Returns the regular files to which standard output and standard error lead.
pub(super) fn own_outputs() -> Vec<Identity> {
    let outputs = ["/dev/stdout", "/dev/stderr"].map(Path::new);
    let files = outputs.into_iter().filter(|path| fs::metadata(path).is_ok_and(|metadata| metadata.is_file()));
    files.filter_map(Identity::of).collect()
}

pub(super) fn is_excluded(path: &Path, excluded: &[PathBuf]) -> bool {
    excluded.iter().any(|excluded| path.starts_with(excluded))
}

/// Whether a name belongs to a hidden file or a temporary file of an editor.
pub(super) fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        name.starts_with('.') || name.ends_with('~') || name == "4913"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_and_builds_write_does_not_matter() {
        let scope = Scope {
            root: PathBuf::from("/x/s"),
            around: Some(PathBuf::from("/x")),
            around_is_linked: Arc::default(),
            gone: Arc::default(),
            excluded: vec![PathBuf::from("/x/s/build"), PathBuf::from("/x/s/.cimaise-cache")],
            own: Vec::new(),
        };
        for path in ["/x/s", "/x/s/a/settings.yaml", "/x/s/a/1.jpg", "/x/s/builder", "/linked/1.jpg"] {
            assert!(scope.contains(Path::new(path)), "{path}");
        }
        for path in [
            "/x/s/build",
            "/x/s/build/a/1.jpg",
            "/x/s/.cimaise-cache/store",
            "/x/s/a/.settings.yaml.swp",
            "/x/s/a/x~",
            "/x/s/4913",
            "/x/beside",
        ] {
            assert!(!scope.contains(Path::new(path)), "{path}");
        }
        scope.around_is_linked.store(true, Ordering::Relaxed);
        assert!(scope.contains(Path::new("/x/beside")));
    }
}
