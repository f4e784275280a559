//! Originals whose content changed while their stat did not.
//!
//! In: the ledger, with the content and the stat of each file at its reading. Out: the files with the same stat and other bytes: a
//! failing disk, or a program that covers its tracks. For the only copy of a photograph, this is the last moment to restore it from a
//! backup.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;

use crate::cache::{Digest, Ledger, Reading, Stat};
use crate::dates;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::machine::fs;
use crate::site::Facts;

/// Result of checking the originals.
#[derive(Debug, Default)]
pub(super) struct Originals {
    /// Number of files that were hashed.
    pub(super) hashed: usize,
    /// Number of files that are missing or have another stat by now.
    pub(super) not_compared: usize,
    /// Files with unchanged content.
    pub(super) whole: BTreeSet<String>,
    /// Diagnostics about the others.
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

/// Compares a file with its earlier content; `None` if it is missing or its stat has changed.
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

/// Warns about originals in use that were found to have changed without a new stat, in this build or an earlier one.
pub fn warn(ledger: &Ledger<Facts>, report: &mut Report) {
    for (path, before) in ledger.suspects() {
        let help = "the file may be damaged: compare it with a backup; if the file is intact, `touch` it";
        report.push(Diagnostic::new(Code::VerifyOriginal, altered(before)).as_warning().in_file(path).help(help));
    }
}
