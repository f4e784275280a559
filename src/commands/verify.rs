//! `cimaise verify`: hashes the cache, the output and the originals, and repairs files that a build can create again.

use std::io::{self, Write};

use super::summary::count;
use super::{Exit, Output, Undone, Verbosity, events};
use crate::diagnostic::{Report, Severity, escape};
use crate::machine::{Limits, Machine};
use crate::tasks::{self, Options};
use crate::verify::{Checks, Verified};

/// Verifies, repairs, and prints a summary.
#[must_use]
pub fn run(options: &Options, checks: Checks, limits: Limits, output: &Output) -> Exit {
    output.start("verify", &options.site);
    let mut report = Report::default().of_site(&options.site);
    let progress = output.progress();
    let result = tasks::verify(options, checks, &Machine::new(limits, progress.as_ref()), &mut report);
    drop(progress);
    let broken = report.count(Severity::Error);
    output.conclude(&mut report, result, Undone::Nothing, |verified| {
        if !output.is_json() && output.verbosity > Verbosity::Quiet {
            print(&verified, broken, options, &mut io::stdout().lock())?;
        }
        Ok(events::verified(&verified))
    })
}

fn print(verified: &Verified, broken: usize, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let cache = escape(&options.cache.to_string_lossy());
    writeln!(out, "{cache}: {} checked", count(verified.stored, "file", "files"))?;
    let output = escape(&options.output.to_string_lossy());
    match verified.published {
        Some(files) => writeln!(out, "{output}: {} checked", count(files, "file", "files"))?,
        None => writeln!(out, "{output}: not checked: no finished site found")?,
    }
    if let Some(originals) = verified.originals {
        write!(out, "originals: {} checked", count(originals, "file", "files"))?;
        match verified.not_compared {
            0 => writeln!(out)?,
            other => writeln!(out, ", {other} not: changed or deleted since the last build")?,
        }
    }
    let wrong = verified.findings.len() + verified.changed.len();
    match (wrong, broken) {
        (0, 0) => writeln!(out, "all checked files are intact"),
        (wrong, 0) => writeln!(out, "{} damaged, all repaired", count(wrong, "file was", "files were")),
        (wrong, _) => writeln!(out, "{} damaged, not all repaired", count(wrong, "file is", "files are")),
    }
}
