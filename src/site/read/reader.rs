//! Reads files that the ledger does not know, in several threads.
//!
//! In: lists of files, and a function that reads one. Out: ledger entries. The results and diagnostics do not depend
//! on the order in which threads finish.

use rayon::prelude::*;

use crate::cache::{Ledger, LedgerEntry};
use crate::diagnostic::{Diagnostic, Failure};
use crate::machine::Machine;
use crate::machine::memory::Limit;
use crate::machine::progress::Progress;
use crate::site::read::facts::Facts;
use crate::site::read::list::{Entries, Listed};
use crate::site::read::pointer::pointer;
use crate::source::{FileEntry, SitePath};

pub(super) struct FileReader<'a> {
    ledger: &'a mut Ledger<Facts>,
    progress: &'a dyn Progress,
    /// Upper bound for the memory of the process.
    pub(super) limit: Option<Limit>,
    pub(super) problems: Vec<Diagnostic>,
    /// First failure of the machine.
    failure: Option<Failure>,
}

impl<'a> FileReader<'a> {
    pub(super) fn new(ledger: &'a mut Ledger<Facts>, machine: &'a Machine<'_>) -> Self {
        let limit = machine.share().limit;
        Self { ledger, progress: machine.progress(), limit, problems: Vec::new(), failure: None }
    }

    /// Returns the problems with files, in the order of the lists that were read.
    ///
    /// # Errors
    /// The first failure of the machine.
    pub(super) fn finish(self) -> Result<Vec<Diagnostic>, Failure> {
        self.failure.map_or(Ok(self.problems), Err)
    }
}

/// The reason why a file was not read.
pub(super) enum Unread {
    /// A problem that the author can correct.
    Source(Diagnostic),
    Machine(Failure),
}

impl From<Diagnostic> for Unread {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Source(diagnostic)
    }
}

impl FileReader<'_> {
    /// Looks up each file in the ledger, and reads it unless the known facts are `enough`.
    pub(super) fn all(
        &mut self,
        files: &[Listed<'_>],
        read: &(dyn Fn(&FileEntry) -> Result<LedgerEntry<Facts>, Unread> + Sync),
        enough: fn(&Facts) -> bool,
    ) -> Entries {
        let (ledger, progress) = (&*self.ledger, self.progress);
        let answers: Vec<_> = files
            .par_iter()
            .map(|(path, file)| {
                let known = ledger.get(path.as_str(), &file.stat);
                let answer = match known.filter(|entry| entry.facts.as_ref().is_some_and(enough)) {
                    Some(entry) => (Ok(entry.clone()), false),
                    None => {
                        let read = || read(file).map(|new| Facts::merged(new, known));
                        (pointer(file).map_or_else(read, |pointer| Err(pointer.into())), true)
                    }
                };
                progress.advance(1);
                answer
            })
            .collect();
        let mut entries = Vec::with_capacity(files.len());
        for ((path, file), (answer, new)) in files.iter().zip(answers) {
            if let (Ok(entry), true) = (&answer, new) {
                // The stat was taken before the content was read, as the ledger requires.
                self.ledger.record(path.as_str(), file.stat, entry.clone());
            }
            entries.push(answer.map_err(|why| self.note(path, why)).ok());
        }
        entries
    }

    fn note(&mut self, path: &SitePath, why: Unread) {
        match why {
            Unread::Source(problem) => self.problems.push(problem.in_file(path.as_str())),
            Unread::Machine(failure) => self.failure = self.failure.take().or(Some(failure)),
        }
    }
}
