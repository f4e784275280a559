//! Locks on an output folder.
//!
//! In: the folder. Out: a lock on it. One run changes the folder at a time; `deploy` keeps all of them out while it sends. Where the
//! system cannot lock folders, there is no locking. Must not know the contents of the folder.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::cache::Stat;
use crate::diagnostic::Failure;
use crate::machine::fs::{self, File};
use crate::machine::progress::Progress;

/// Locks a folder against a second run that publishes into it; `None` where the system cannot lock folders.
///
/// # Errors
/// If another run holds the lock.
pub(super) fn lock(folder: &Path) -> Result<Option<File>, Failure> {
    let Ok(file) = File::open_folder(folder) else { return Ok(None) };
    match file.try_lock() {
        // The other run may have removed the folder (`clean`).
        Ok(()) if !is_at(&file, folder) => {
            fs::create_dir_all(folder).map_err(Failure::on("create the folder", folder))?;
            lock(folder)
        }
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => {
            let cause = io::Error::new(ErrorKind::ResourceBusy, "another run is publishing there");
            let help = Some("wait until it is over".to_owned());
            Err(Failure { help, ..Failure::on("publish into", folder)(cause) })
        }
        Err(fs::TryLockError::Error(_)) => Ok(None),
    }
}

/// Whether an open folder is still the one at this path.
fn is_at(open: &File, folder: &Path) -> bool {
    let (Ok(open), Ok(named)) = (open.metadata(), fs::metadata(folder)) else { return false };
    Stat::of(&open).inode == Stat::of(&named).inode
}

/// Like [`lock`], but waits until the other run has finished, and prints that it waits.
pub(super) fn wait_for_lock(folder: &Path, progress: &dyn Progress) -> Result<Option<File>, Failure> {
    match lock(folder) {
        Err(failure) if failure.cause.kind() == ErrorKind::ResourceBusy => {}
        result => return result,
    }
    progress.tell(&format!("waiting for another run that is publishing to `{}`", folder.display()));
    loop {
        let file = File::open_folder(folder).map_err(Failure::on("read", folder))?;
        file.lock().map_err(Failure::on("lock", folder))?;
        if is_at(&file, folder) {
            return Ok(Some(file));
        }
        // The other run has removed the folder (`clean`).
        fs::create_dir_all(folder).map_err(Failure::on("create the folder", folder))?;
    }
}

/// Keeps other runs from changing an output folder while its files are sent elsewhere; waits for a run that is changing it. `None` where
/// the system cannot lock folders.
#[must_use]
pub fn hold(folder: &Path) -> Option<File> {
    let file = File::open_folder(folder).ok()?;
    file.lock_shared().ok().map(|()| file)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};
    use std::time::Duration;

    use super::*;

    struct Teller(Sender<String>);
    impl Progress for Teller {
        fn begin(&self, _: &'static str, _: u64) {}
        fn advance(&self, _: u64) {}
        fn end(&self) {}
        fn tell(&self, line: &str) {
            self.0.send(line.to_owned()).expect("somebody listens");
        }
        fn note(&self, _: &str) {}
    }

    #[test]
    fn a_second_run_says_that_it_waits_until_the_first_is_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let held = lock(folder.path()).expect("free").expect("locked");
        let (sender, told) = channel();
        std::thread::scope(|scope| {
            let other = scope.spawn(move || {
                let line = told.recv_timeout(Duration::from_secs(60));
                drop(held);
                line
            });
            wait_for_lock(folder.path(), &Teller(sender)).expect("free in the end").expect("locked");
            let line = other.join().expect("no panic").expect("told");
            assert!(line.starts_with("waiting for another run that is publishing to `"), "{line}");
        });
    }

    #[test]
    fn who_would_take_it_all_away_does_not_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        let _held = lock(folder.path()).expect("free");
        assert_eq!(lock(folder.path()).expect_err("held").cause.kind(), ErrorKind::ResourceBusy);
    }

    #[test]
    fn a_lock_is_one_on_the_folder_that_has_the_name() {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join("build");
        fs::create_dir(&folder).expect("made");
        let held = lock(&folder).expect("free").expect("locked");
        assert!(is_at(&held, &folder));
        fs::remove_dir(&folder).expect("removed");
        assert!(!is_at(&held, &folder));
        fs::create_dir(&folder).expect("made");
        assert!(!is_at(&held, &folder));
        // A lock on the removed folder keeps nobody out.
        assert!(is_at(&lock(&folder).expect("free").expect("locked"), &folder));
    }

    #[test]
    fn what_is_sent_is_changed_by_nobody() {
        let folder = tempfile::tempdir().expect("a folder");
        let held = hold(folder.path()).expect("locked");
        assert!(lock(folder.path()).is_err());
        // Two runs may send at the same time.
        assert!(hold(folder.path()).is_some());
        drop(held);
        assert!(lock(folder.path()).is_ok());
    }
}
