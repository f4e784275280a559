//! `cimaise check`: everything except rendering; writes nothing.

use std::io::{self, Write};

use super::summary::{count, shown};
use super::{Exit, Output, Undone, Verbosity};
use crate::diagnostic::{Format, Policy, Report, Severity};
use crate::machine::{Limits, Machine};
use crate::tasks::{self, Options};

/// Checks a site and prints a summary.
#[must_use]
pub fn run(options: &Options, policy: Policy, output: &Output) -> Exit {
    let mut report = Report::with(policy).of_site(&options.site);
    let progress = output.progress();
    let result = tasks::check(options, &Machine::new(Limits::default(), progress.as_ref()), &mut report);
    drop(progress);
    let warnings = report.count(Severity::Warning);
    output.conclude(&mut report, result, Undone::Nothing, |checked| {
        if output.verbosity == Verbosity::Quiet || matches!(output.format, Format::Json) {
            return Ok(());
        }
        writeln!(
            io::stdout(),
            "{}, {}, {} to render: 0 errors, {}",
            count(checked.galleries, "gallery", "galleries"),
            shown(checked.photos, checked.videos),
            count(checked.missing, "rendition", "renditions"),
            count(warnings, "warning", "warnings"),
        )
    })
}
