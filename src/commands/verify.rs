//! `cimaise verify`: hashes the cache, the output and the originals, and repairs files that a build can create again.

use std::io::{self, Write};

use serde_json::json;

use super::summary::count;
use super::{Exit, Output, Undone, Verbosity};
use crate::diagnostic::{Format, Report, Severity, escape};
use crate::machine::{Limits, Machine};
use crate::tasks::{self, Options};
use crate::verify::{Checks, Verified};

/// Verifies, repairs, and prints a summary.
#[must_use]
pub fn run(options: &Options, checks: Checks, limits: Limits, output: &Output) -> Exit {
    let mut report = Report::default().of_site(&options.site);
    let progress = output.progress();
    let result = tasks::verify(options, checks, &Machine::new(limits, progress.as_ref()), &mut report);
    drop(progress);
    let broken = report.count(Severity::Error);
    let exit = output.conclude(&mut report, result, Undone::Nothing, |verified| {
        let mut stdout = io::stdout().lock();
        match output.format {
            Format::Json => writeln!(stdout, "{}", json(&verified, broken)),
            _ if output.verbosity == Verbosity::Quiet => Ok(()),
            Format::Human { .. } | Format::Short => print(&verified, broken, options, &mut stdout),
        }
    });
    if exit == Exit::Done && broken > 0 { Exit::Site } else { exit }
}

fn json(verified: &Verified, broken: usize) -> serde_json::Value {
    json!({
        "stored": verified.stored,
        "published": verified.published,
        "originals": verified.originals,
        "originals_not_compared": verified.not_compared,
        "originals_changed": verified.changed.len(),
        "damaged": verified.findings.len(),
        "errors": broken,
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
