//! Reading files as a whole while nobody waits for them.
//!
//! In: files of which only a part has been read. Out: messages to the main loop with their digests. A film of several gigabytes takes a
//! while: threads of their own read, so that the main loop goes on. Must not know the ledger.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::site::{PartlyRead, WholeReader, WhollyRead};

/// The files to read, in order.
#[derive(Debug, Default)]
pub(super) struct ReadAhead {
    files: Mutex<VecDeque<PartlyRead>>,
    work: Condvar,
}

impl ReadAhead {
    /// Replaces the files.
    pub(super) fn renew(&self, files: VecDeque<PartlyRead>) {
        *self.files() = files;
        self.work.notify_all();
    }

    /// Reads files until the process ends.
    pub(super) fn work(&self, reader: &WholeReader, done: impl Fn(WhollyRead)) -> ! {
        loop {
            done(reader.read(self.next()));
        }
    }

    fn next(&self) -> PartlyRead {
        let mut files = self.files();
        loop {
            if let Some(file) = files.pop_front() {
                return file;
            }
            files = self.work.wait(files).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn files(&self) -> MutexGuard<'_, VecDeque<PartlyRead>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
