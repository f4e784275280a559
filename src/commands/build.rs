//! `cimaise build`: the site folder in, the website out.

use std::io::{self, Write};
use std::time::Instant;

use super::{Exit, Output, Undone, Verbosity, summary};
use crate::diagnostic::{Report, escape};
use crate::{Options, allocator};

/// Builds a site and prints a summary.
#[must_use]
pub fn run(options: &Options, output: &Output) -> Exit {
    allocator::settle(options.jobs, options.memory);
    let begun = Instant::now();
    let mut report = Report::default();
    let progress = output.progress();
    progress.note(&summary::limits(options.jobs, options.memory));
    let result = crate::build(options, progress.as_ref(), &mut report);
    drop(progress);
    output.conclude(&mut report, result, Undone::Published, |built| {
        let mut stdout = io::stdout().lock();
        for line in &built.explanations {
            writeln!(stdout, "{}", escape(line))?;
        }
        if output.verbosity == Verbosity::Quiet {
            return Ok(());
        }
        summary::print(&built, &options.output, begun.elapsed(), output.format, &mut stdout)
    })
}
