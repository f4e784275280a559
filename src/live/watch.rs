//! Watching the folders of a site.
//!
//! In: folders. Out: the paths that changed, without the output, the cache and hidden files. Where the system reports no changes (network
//! and shared folders), or has no watches left, the folders are looked through every second. Must not know what a file means.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use notify::event::{AccessKind, EventKind};
use notify::{Config, ErrorKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::machine::{fs, mounts};

/// Time between two looks at folders whose changes nobody reports.
const LOOKS: Duration = Duration::from_secs(1);

/// File systems whose changes may be made elsewhere, so that this system does not see them.
const REMOTE: [&str; 14] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "virtiofs",
    "vboxsf",
    "prl_fs",
    "drvfs",
    "fuse",
    "fakeowner",
    "afs",
    "ceph",
];

type Changed = Box<dyn Fn(Vec<PathBuf>) + Send + Sync>;

/// A watcher of folders.
pub(super) struct FolderWatch {
    watcher: Box<dyn Watcher + Send>,
    is_polling: bool,
    folders: BTreeSet<PathBuf>,
    root: PathBuf,
    /// Folders whose changes do not matter.
    excluded: Vec<PathBuf>,
    changed: Arc<Changed>,
}

impl FolderWatch {
    /// Creates a watcher for the site at `root`, which calls `changed`.
    ///
    /// # Errors
    /// If the system refuses to watch anything.
    pub(super) fn new(root: PathBuf, excluded: Vec<PathBuf>, changed: Changed) -> notify::Result<Self> {
        let changed = Arc::new(changed);
        let is_polling = mounts::file_system(&root).is_some_and(|kind| is_remote(&kind));
        let watcher = watcher(is_polling, &excluded, &changed)?;
        Ok(Self { watcher, is_polling, folders: BTreeSet::new(), root, excluded, changed })
    }

    /// Watches all folders of the site, and these ones, which links in it lead to. Returns whether any of them is new.
    ///
    /// # Errors
    /// If the system refuses.
    pub(super) fn follow(&mut self, linked: &BTreeSet<PathBuf>) -> notify::Result<bool> {
        let mut folders = BTreeSet::new();
        self.collect(&self.root, &mut folders);
        folders.extend(linked.iter().cloned());
        let result = self.set(&folders);
        match result {
            Err(error) if !self.is_polling && matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                self.is_polling = true;
                self.watcher = watcher(true, &self.excluded, &self.changed)?;
                self.folders.clear();
                self.set(&folders)
            }
            result => result,
        }
    }

    /// Whether folders are looked through, because changes are not reported.
    pub(super) fn is_polling(&self) -> bool {
        self.is_polling
    }

    fn set(&mut self, folders: &BTreeSet<PathBuf>) -> notify::Result<bool> {
        let gone: Vec<PathBuf> = self.folders.difference(folders).cloned().collect();
        for folder in gone {
            // A removed folder is not watched any more.
            let _ = self.watcher.unwatch(&folder);
            self.folders.remove(&folder);
        }
        let kept = self.folders.len();
        for folder in folders {
            if self.folders.contains(folder) {
                continue;
            }
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
                Err(error) if matches!(&error.kind, ErrorKind::Io(cause) if cause.kind() == std::io::ErrorKind::NotFound) =>
                    {}
                result => {
                    result?;
                    self.folders.insert(folder.clone());
                }
            }
        }
        Ok(self.folders.len() > kept)
    }

    fn collect(&self, folder: &Path, found: &mut BTreeSet<PathBuf>) {
        if is_excluded(folder, &self.excluded) {
            return;
        }
        found.insert(folder.to_owned());
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && !is_hidden(&entry.path()) {
                self.collect(&entry.path(), found);
            }
        }
    }
}

fn watcher(polls: bool, excluded: &[PathBuf], changed: &Arc<Changed>) -> notify::Result<Box<dyn Watcher + Send>> {
    let (excluded, changed) = (excluded.to_vec(), Arc::clone(changed));
    let handler = move |event: notify::Result<notify::Event>| {
        // An overflow of the system's queue: anything may have changed.
        let Ok(event) = event else { return changed(Vec::new()) };
        if event.need_rescan() {
            return changed(Vec::new());
        }
        if matches!(event.kind, EventKind::Access(kind) if !matches!(kind, AccessKind::Close(notify::event::AccessMode::Write)))
        {
            return;
        }
        let paths: Vec<PathBuf> = event.paths.into_iter().filter(|path| matters(path, &excluded)).collect();
        if !paths.is_empty() {
            changed(paths);
        }
    };
    Ok(if polls {
        Box::new(PollWatcher::new(handler, Config::default().with_poll_interval(LOOKS))?)
    } else {
        Box::new(RecommendedWatcher::new(handler, Config::default())?)
    })
}

fn matters(path: &Path, excluded: &[PathBuf]) -> bool {
    !is_hidden(path) && !is_excluded(path, excluded)
}

fn is_excluded(path: &Path, excluded: &[PathBuf]) -> bool {
    excluded.iter().any(|excluded| path.starts_with(excluded))
}

/// Whether a name belongs to a hidden file or a temporary file of an editor.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        name.starts_with('.') || name.ends_with('~') || name == "4913"
    })
}

fn is_remote(kind: &str) -> bool {
    REMOTE.contains(&kind) || kind.starts_with("fuse.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_editors_and_builds_write_does_not_matter() {
        let excluded = [PathBuf::from("/s/build"), PathBuf::from("/s/.cimaise-cache")];
        let matters = |path: &str| matters(Path::new(path), &excluded);
        assert!(matters("/s/a/settings.yaml") && matters("/s/a/1.jpg") && matters("/s/builder"));
        for path in
            ["/s/build", "/s/build/a/1.jpg", "/s/.cimaise-cache/store", "/s/a/.settings.yaml.swp", "/s/a/x~", "/s/4913"]
        {
            assert!(!matters(path), "{path}");
        }
    }

    #[test]
    fn shared_folders_are_looked_through() {
        assert!(is_remote("nfs4") && is_remote("fuse.sshfs") && is_remote("virtiofs"));
        assert!(!is_remote("ext4") && !is_remote("fuseblk") && !is_remote("overlay"));
    }
}
