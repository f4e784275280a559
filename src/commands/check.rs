//! `cimaise check`: everything except rendering; writes nothing.

use std::io::{self, Write};

use serde_json::Value;

use super::summary::{count, shown, unshown};
use super::{Exit, Output, Undone, Verbosity, events};
use crate::diagnostic::{Policy, Report, Severity, escape};
use crate::machine::{Limits, Machine};
use crate::site::Unshown;
use crate::tasks::{self, Options};

/// Checks a site and prints a summary.
#[must_use]
pub fn run(options: &Options, policy: Policy, output: &Output) -> Exit {
    output.start("check", &options.site);
    let mut report = Report::with(policy).of_site(&options.site);
    let progress = output.progress();
    let result = tasks::check(options, &Machine::new(Limits::default(), progress.as_ref()), &mut report);
    drop(progress);
    let warnings = report.count(Severity::Warning);
    output.conclude(&mut report, result, Undone::Nothing, |checked| {
        if output.is_json() {
            events::unshown(&checked.unshown);
        }
        if output.is_json() || output.verbosity == Verbosity::Quiet {
            return Ok(events::checked(&checked));
        }
        let mut stdout = io::stdout().lock();
        writeln!(
            stdout,
            "{}, {}, {} to render: 0 errors, {}",
            count(checked.galleries, "gallery", "galleries"),
            shown(checked.photos, checked.videos),
            count(checked.missing, "rendition", "renditions"),
            count(warnings, "warning", "warnings"),
        )?;
        list(&checked.unshown, &mut stdout)?;
        Ok(Value::Null)
    })
}

/// Lists the photos and folders of photos that no page shows.
fn list(missed: &Unshown, out: &mut dyn Write) -> io::Result<()> {
    let Some(sum) = unshown(missed) else { return Ok(()) };
    writeln!(out, "{sum}:")?;
    for file in &missed.files {
        writeln!(out, "  {}", escape(file))?;
    }
    for (folder, number) in &missed.folders {
        writeln!(out, "  {}/ ({})", escape(folder), count(*number, "photo", "photos"))?;
    }
    Ok(())
}
