//! Originals that changed though the file system says that they did not.
//!
//! In: the ledger, which knows what each file held when it was read, and at which stat. Out: the files whose stat is the same and whose
//! bytes are others: a disk that fails, or a program that covers its tracks. For the only copy of a photograph this is the last
//! moment to bring it back from a backup.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use crate::cache::{Digest, Ledger, Reading, Stat};
use crate::dates;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::machine::fs;
use crate::site::Facts;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Originals {
    /// How many were hashed.
    pub(super) hashed: usize,
    /// How many are gone, or are other files by now.
    pub(super) not_compared: usize,
    /// Those that hold what they held.
    pub(super) whole: BTreeSet<String>,
    /// What is to be said of the others.
    pub(super) changed: Vec<Diagnostic>,
}

impl Originals {
    pub(super) fn check(site: &Path, ledger: &Ledger<Facts>, done: &(dyn Fn() + Sync)) -> Self {
        let files: Vec<_> = ledger.all().collect();
        let look = |(path, stat, reading): &(&str, &Stat, Reading)| {
            let found = look(&site.join(path), path, stat, *reading);
            done();
            found
        };
        let found: Vec<Option<Result<(), Diagnostic>>> = files.par_iter().map(look).collect();
        let mut originals = Self::default();
        for ((path, ..), found) in files.iter().zip(found) {
            originals.hashed += usize::from(found.is_some());
            match found {
                None => originals.not_compared += 1,
                Some(Ok(())) => drop(originals.whole.insert((*path).to_owned())),
                Some(Err(diagnostic)) => originals.changed.push(diagnostic),
            }
        }
        originals
    }
}

/// `None` if nothing can be said of the file.
fn look(absolute: &Path, path: &str, stat: &Stat, expected: Reading) -> Option<Result<(), Diagnostic>> {
    let now = Stat::of(&fs::metadata(absolute).ok()?);
    if now != *stat {
        return None;
    }
    let error = |message: String, help: &str| {
        Some(Err(Diagnostic::new(Code::VerifyOriginal, message).in_file(path).help(help)))
    };
    let backup = "restore the file from a backup, and check the disk";
    match Digest::and_len_of_file(absolute) {
        Ok((digest, _)) if digest == expected.digest => Some(Ok(())),
        Ok((_, len)) if len != stat.len => {
            error(format!("only {len} of {} bytes can be read", stat.len), "check the disk")
        }
        Ok(_) => error(altered(expected), backup),
        Err(cause) => error(format!("cannot read the file: {cause}"), "check its permissions and the disk"),
    }
}

fn altered(before: Reading) -> String {
    let when = dates::minute(before.at);
    format!(
        "the content differs from what cimaise read on {when}, although the length and times of the file are the same"
    )
}

/// Warns of originals in use that were found to be altered, in this build or before.
pub fn warn(ledger: &Ledger<Facts>, report: &mut Report) {
    for (path, before) in ledger.suspects() {
        let help = "the file may be damaged: compare it with a backup; if the file is intact, `touch` it";
        report.push(Diagnostic::new(Code::VerifyOriginal, altered(before)).as_warning().in_file(path).help(help));
    }
}
