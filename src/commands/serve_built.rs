//! `cimaise serve --built`: shows the finished site in a browser.
//!
//! In: the output folder and a place to listen. Out: the folder over HTTP, until the program is stopped.

use std::sync::Arc;

use super::listen::{Listening, ServerPlace};
use super::{Exit, Output, Undone};
use crate::diagnostic::{Failure, Report, Stop, escape};
use crate::serve::BuiltSite;
use crate::tasks::Options;
use crate::{publish, source};

/// Serves the finished site until it is interrupted.
#[must_use]
pub fn run(options: &Options, place: &ServerPlace, output: &Output) -> Exit {
    output.start("serve", &options.site);
    let mut report = Report::default().of_site(&options.site);
    let result = start(options, place, &mut report);
    output.conclude(&mut report, result, Undone::Nothing, |(listening, site)| {
        listening.announce(&format!("shows {}", escape(&options.output.to_string_lossy())), output)?;
        listening.server.run(Arc::new(site));
        Ok(())
    })
}

fn start(options: &Options, place: &ServerPlace, report: &mut Report) -> Result<(Listening, BuiltSite), Stop> {
    if publish::all_files(&options.output)?.is_none() {
        report.push(source::unbuilt(&options.site, &options.output));
        return Err(Stop::Site);
    }
    let site = BuiltSite::new(&options.output).map_err(Failure::on("read", &options.output))?;
    Ok((place.listen(report)?, site))
}
