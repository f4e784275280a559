//! Reading files as a whole of which only a part has been read.
//!
//! In: a file with the facts in its first part. Out: the ledger's entry with its digest. Any thread may read, while the ledger is in use
//! elsewhere. Must not know who waits.

use rayon::prelude::*;

use crate::cache::{Ledger, LedgerEntry};
use crate::diagnostic::Diagnostic;
use crate::machine::Share;
use crate::machine::memory::Limit;
use crate::site::read::common::{read_digest, unreadable};
use crate::site::read::facts::{Facts, What};
use crate::site::read::photo::read_photo;
use crate::site::read::scan::Scanner;
use crate::source::{FileEntry, SitePath};

/// A file of which only a part has been read.
#[derive(Debug, Clone)]
pub struct PartlyRead {
    path: SitePath,
    file: FileEntry,
    facts: Facts,
}

impl PartlyRead {
    /// Returns the file at `path`; `None` if more than a part of it has been read, or nothing.
    #[must_use]
    pub fn of(path: &SitePath, file: &FileEntry, ledger: &Ledger<Facts>) -> Option<Self> {
        if !ledger.is_partial(path.as_str()) {
            return None;
        }
        let facts = ledger.get(path.as_str(), &file.stat)?.facts.clone()?;
        Some(Self { path: path.clone(), file: file.clone(), facts })
    }
}

/// A file that has been read as a whole, or could not be.
#[derive(Debug)]
pub struct WhollyRead {
    file: PartlyRead,
    entry: Option<LedgerEntry<Facts>>,
}

impl WhollyRead {
    /// Records the facts, unless the ledger has others by now. A file that could not be read is forgotten: the next run reads it as a
    /// whole, and reports the problem. Returns the path of the file.
    pub fn record(self, ledger: &mut Ledger<Facts>) -> SitePath {
        ledger.complete(self.file.path.as_str(), self.file.file.stat, self.entry);
        self.file.path
    }
}

/// Reads files as a whole, within the memory of the machine.
#[derive(Debug)]
pub struct WholeReader {
    scanner: Scanner,
    limit: Option<Limit>,
}

impl WholeReader {
    /// Creates a reader with this share of the machine, for any number of threads.
    #[must_use]
    pub fn new(share: &Share) -> Self {
        Self { scanner: Scanner::new(share), limit: share.limit }
    }

    /// Reads a file.
    #[must_use]
    pub fn read(&self, file: PartlyRead) -> WhollyRead {
        let entry = self.entry(&file.file, &file.facts).ok();
        WhollyRead { file, entry }
    }

    /// Reads several files at once.
    #[must_use]
    pub fn read_all(&self, files: Vec<PartlyRead>) -> Vec<WhollyRead> {
        files.into_par_iter().map(|file| self.read(file)).collect()
    }

    fn entry(&self, file: &FileEntry, facts: &Facts) -> Result<LedgerEntry<Facts>, Diagnostic> {
        match &facts.what {
            Some(What::Photo(_)) => read_photo(file, &self.scanner.gate, self.limit.as_ref()),
            Some(What::Video(_)) => Ok(LedgerEntry { digest: read_digest(file)?, facts: Some(facts.clone()) }),
            Some(What::Sound(_)) | None => {
                let (digest, leaks) = self.scanner.read(&file.absolute).map_err(unreadable(file))?;
                Ok(LedgerEntry { digest, facts: Some(Facts::telling(facts.what.clone(), &leaks)) })
            }
        }
    }
}
