//! Watching the folders of a site.
//!
//! In: folders. Out: the paths that changed, without the output, the cache and hidden files. Where the system reports no changes (network
//! and shared folders), or has no watches left, the folders are looked through every second. Must not know what a file means.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use notify::event::{AccessKind, EventKind, ModifyKind};
use notify::{Config, ErrorKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::scope::{Identity, Scope, is_excluded, is_hidden, own_outputs};
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
    /// The watched folders. Another folder may take the place of one of them.
    folders: BTreeMap<PathBuf, Option<Identity>>,
    root: PathBuf,
    scope: Scope,
    changed: Arc<Changed>,
}

/// Whether the folder to be watched does not exist any more.
fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(cause) => cause.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

impl FolderWatch {
    /// Creates a watcher for the site at `root`, which calls `changed`.
    ///
    /// # Errors
    /// If the system refuses to watch anything.
    pub(super) fn new(root: PathBuf, excluded: Vec<PathBuf>, changed: Changed) -> notify::Result<Self> {
        let changed = Arc::new(changed);
        let scope = Scope {
            around: root.parent().map(Path::to_owned),
            around_is_linked: Arc::default(),
            gone: Arc::default(),
            root: root.clone(),
            excluded,
            own: own_outputs(),
        };
        let is_remote = mounts::file_system(&root).is_some_and(|kind| is_remote(&kind));
        let (mut watcher, is_polling) = match watcher(is_remote, &scope, &changed) {
            Ok(watcher) => (watcher, is_remote),
            // The system has no instances of its watcher left.
            Err(_) if !is_remote => (self::watcher(true, &scope, &changed)?, true),
            Err(error) => return Err(error),
        };
        // The site itself may be replaced. Polling finds that without this watch.
        if let Some(around) = scope.around.as_ref().filter(|_| !is_polling) {
            let _ = watcher.watch(around, RecursiveMode::NonRecursive);
        }
        Ok(Self { watcher, is_polling, folders: BTreeMap::new(), root, scope, changed })
    }

    /// Watches all folders of the site, and these ones, which links in it lead to. Returns whether any of them is new.
    ///
    /// # Errors
    /// If the system refuses.
    pub(super) fn follow(&mut self, linked: &BTreeSet<PathBuf>) -> notify::Result<bool> {
        self.forget_gone();
        let mut folders = BTreeSet::new();
        self.collect(&self.root, &mut folders);
        folders.extend(linked.iter().cloned());
        let around_is_linked = self.scope.around.as_ref().is_some_and(|around| linked.contains(around));
        self.scope.around_is_linked.store(around_is_linked, Ordering::Relaxed);
        let result = self.set(&folders);
        match result {
            Err(error) if !self.is_polling && matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                self.is_polling = true;
                self.watcher = watcher(true, &self.scope, &self.changed)?;
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

    /// Forgets the watches of folders that were removed or renamed, and of those in them.
    fn forget_gone(&mut self) {
        let gone = std::mem::take(&mut *self.scope.gone.lock().unwrap_or_else(PoisonError::into_inner));
        if gone.is_empty() {
            return;
        }
        self.unwatch_if(|folder| folder.ancestors().any(|path| gone.contains(path)));
    }

    fn unwatch_if(&mut self, is_over: impl Fn(&Path) -> bool) {
        let Self { watcher, folders, .. } = self;
        folders.retain(|folder, _| {
            let is_over = is_over(folder);
            if is_over {
                // The system may have ended that watch already.
                let _ = watcher.unwatch(folder);
            }
            !is_over
        });
    }

    fn set(&mut self, folders: &BTreeSet<PathBuf>) -> notify::Result<bool> {
        self.unwatch_if(|folder| !folders.contains(folder));
        let mut any = false;
        for folder in folders {
            any |= self.watch(folder)?;
        }
        Ok(any)
    }

    /// Watches a folder, unless it is watched already. Another folder may have taken its place.
    fn watch(&mut self, folder: &Path) -> notify::Result<bool> {
        let identity = Identity::of(folder);
        match self.folders.get(folder) {
            Some(known) if *known == identity => return Ok(false),
            // The system may have ended that watch already.
            Some(_) => drop(self.watcher.unwatch(folder)),
            None => {}
        }
        match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
            Err(error) if is_gone(&error) => {
                self.folders.remove(folder);
                Ok(false)
            }
            result => {
                result?;
                self.folders.insert(folder.to_owned(), identity);
                Ok(true)
            }
        }
    }

    fn collect(&self, folder: &Path, found: &mut BTreeSet<PathBuf>) {
        if is_excluded(folder, &self.scope.excluded) {
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

fn watcher(polls: bool, scope: &Scope, changed: &Arc<Changed>) -> notify::Result<Box<dyn Watcher + Send>> {
    let (scope, changed) = (scope.clone(), Arc::clone(changed));
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
        if matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))) {
            scope.gone.lock().unwrap_or_else(PoisonError::into_inner).extend(event.paths.iter().cloned());
        }
        let paths: Vec<PathBuf> = event.paths.into_iter().filter(|path| scope.contains(path)).collect();
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

fn is_remote(kind: &str) -> bool {
    REMOTE.contains(&kind) || kind.starts_with("fuse.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_folders_are_looked_through() {
        assert!(is_remote("nfs4") && is_remote("fuse.sshfs") && is_remote("virtiofs"));
        assert!(!is_remote("ext4") && !is_remote("fuseblk") && !is_remote("overlay"));
    }
}
