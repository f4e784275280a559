//! `cimaise serve`: shows the site as it is now, and follows changes.
//!
//! In: the site's folder and an address to listen on. Out: an address that a browser can open; after each change, its problems and the time
//! until the site showed it.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::listen::{Listening, ServerPlace};
use super::{Exit, Output, Undone, Verbosity, events};
use crate::diagnostic::{self, Policy, Report, Severity, Stop, escape};
use crate::live::{self, LiveSite, News};
use crate::machine::{self, Limits, Machine};
use crate::tasks::Options;

/// Serves the site until it is interrupted.
#[must_use]
pub fn run(options: &Options, place: &ServerPlace, limits: Limits, policy: Policy, output: &Output) -> Exit {
    output.start("serve", &options.site);
    let progress = output.progress();
    let machine = Machine::new(limits, progress.as_ref());
    let mut report = Report::default().of_site(&options.site);
    let result = start(options, place, policy, &machine, &mut report);
    output.conclude(&mut report, result, Undone::Nothing, |(listening, preview)| {
        let folder = machine::fs::whole(&options.site).unwrap_or_else(|_| options.site.clone());
        listening.announce(&format!("shows {}", escape(&options.site.to_string_lossy())), output)?;
        let served = preview.served();
        let server = listening.server;
        std::thread::Builder::new().name("serve".to_owned()).spawn(move || server.run(served))?;
        let mut said = String::new();
        let result = preview.run(&mut |news| said = print(news, &said, &folder, output));
        result.map_err(|failure| io::Error::other(failure.message()))
    })
}

fn start<'a>(
    options: &'a Options,
    place: &ServerPlace,
    policy: Policy,
    machine: &'a Machine<'a>,
    report: &mut Report,
) -> Result<(Listening, LiveSite<'a>), Stop> {
    let preview = live::start(options, policy, machine, report)?;
    Ok((place.listen(report)?, preview))
}

/// Prints news, unless they are the same problems as before; returns the problems as text.
fn print(news: &News<'_>, before: &str, site: &Path, output: &Output) -> String {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = diagnostic::print(news.report, output.format, &mut text);
    if let Some(failure) = news.failure {
        let _ = diagnostic::print_failure(failure, output.format, &mut text);
    }
    let problems = String::from_utf8_lossy(&text).into_owned();
    if problems != before {
        let _ = output.messages(|out| out.write_all(problems.as_bytes()));
    }
    match news.changed.is_empty() {
        false if output.is_json() => emit(news, site),
        false if output.verbosity > Verbosity::Quiet => {
            let _ = output.messages(|out| out.write_all(line(news, site).as_bytes()));
        }
        _ => {}
    }
    problems
}

/// Emits an event about a change.
fn emit(news: &News<'_>, site: &Path) {
    let files: Vec<_> =
        news.changed.iter().map(|path| path.strip_prefix(site).unwrap_or(path).to_string_lossy()).collect();
    let errors = news.report.count(Severity::Error);
    events::emit("changed", json!({ "files": files, "errors": errors, "seconds": news.took.as_secs_f64() }));
}

/// The line about a change: the first changed file, and what became of it.
fn line(news: &News<'_>, site: &Path) -> String {
    let name = |path: &PathBuf| news.report.shown(&path.strip_prefix(site).unwrap_or(path).to_string_lossy());
    let names: BTreeSet<String> = news.changed.iter().map(name).collect();
    let first = news.changed.first().map(name).unwrap_or_default();
    let files = match names.len() {
        0 | 1 => escape(&first),
        more => format!("{} and {} more", escape(&first), more - 1),
    };
    match news.is_shown {
        true => format!("{files}: updated in {} ms\n", news.took.as_millis()),
        false => format!("{files}: the pages stay as they were\n"),
    }
}
