//! `cimaise check`: everything except rendering; writes nothing.

use std::io::{self, Write};

use serde_json::Value;

use super::summary::{count, shown};
use super::{Exit, Output, Undone, Verbosity, events};
use crate::diagnostic::{Policy, Report, Severity};
use crate::machine::{Limits, Machine};
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
        if output.is_json() || output.verbosity == Verbosity::Quiet {
            return Ok(events::checked(&checked));
        }
        writeln!(
            io::stdout(),
            "{}, {}, {} to render: 0 errors, {}",
            count(checked.galleries, "gallery", "galleries"),
            shown(checked.photos, checked.videos),
            count(checked.missing, "rendition", "renditions"),
            count(warnings, "warning", "warnings"),
        )?;
        Ok(Value::Null)
    })
}
