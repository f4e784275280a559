//! `cimaise build`: builds the website from the site folder.

use std::io::{self, Write};
use std::time::Instant;

use super::{Exit, Output, Undone, Verbosity, summary};
use crate::diagnostic::{Policy, Report, escape};
use crate::machine::{Limits, Machine};
use crate::tasks::{self, Options};

/// Builds a site and prints a summary.
#[must_use]
pub fn run(options: &Options, limits: Limits, policy: Policy, output: &Output) -> Exit {
    let begun = Instant::now();
    let mut report = Report::with(policy).of_site(&options.site);
    let progress = output.progress();
    progress.note(&summary::limits(limits));
    let result = tasks::build(options, &Machine::new(limits, progress.as_ref()), &mut report);
    drop(progress);
    output.conclude(&mut report, result, Undone::Published, |built| {
        let mut stdout = io::stdout().lock();
        for line in &built.explanations {
            writeln!(stdout, "{}", escape(line))?;
        }
        if output.verbosity == Verbosity::Quiet {
            return Ok(());
        }
        summary::print(&built, options, begun.elapsed(), output.format, &mut stdout)
    })
}
