//! `cimaise build`: builds the website from the site folder.

use std::io::{self, Write};

use serde_json::Value;

use super::{Exit, Output, Undone, Verbosity, events, summary};
use crate::diagnostic::{Policy, Report, escape};
use crate::machine::{Limits, Machine};
use crate::tasks::{self, Options};

/// Builds a site and prints a summary.
#[must_use]
pub fn run(options: &Options, limits: Limits, policy: Policy, output: &Output) -> Exit {
    output.start("build", &options.site);
    let mut report = Report::with(policy).of_site(&options.site);
    let progress = output.progress();
    progress.note(&summary::limits(limits));
    let result = tasks::build(options, &Machine::new(limits, progress.as_ref()), &mut report);
    drop(progress);
    output.conclude(&mut report, result, Undone::Published, |built| {
        if output.is_json() {
            events::explanations(&built.explanations);
            return Ok(events::built(&built, &options.output));
        }
        let mut stdout = io::stdout().lock();
        for explanation in &built.explanations {
            writeln!(stdout, "{}", escape(&explanation.to_string()))?;
        }
        if output.verbosity > Verbosity::Quiet {
            summary::print(&built, options, output.begun.elapsed(), output.format, &mut stdout)?;
        }
        Ok(Value::Null)
    })
}
