//! `cimaise deploy`: uploads the finished site to its destination.

use std::io::{self, Write};

use serde_json::Value;

use super::summary::count;
use super::{Exit, Output, Undone, Verbosity, events};
use crate::deploy::Sent;
use crate::diagnostic::{Report, escape};
use crate::machine::{Limits, Machine};
use crate::tasks::{self, Options};

/// Deploys a site and prints a summary; with `dry`, only prints what would be done.
#[must_use]
pub fn run(options: &Options, dry: bool, output: &Output) -> Exit {
    output.start("deploy", &options.site);
    let mut report = Report::default().of_site(&options.site);
    let progress = output.progress();
    let result = tasks::deploy(options, dry, &Machine::new(Limits::default(), progress.as_ref()), &mut report);
    drop(progress);
    output.conclude(&mut report, result, Undone::Deployed, |sent| {
        if output.is_json() {
            events::transfers(&sent);
            return Ok(events::deployed(&sent, dry));
        }
        print(&sent, dry, output.verbosity, &mut io::stdout().lock())?;
        Ok(Value::Null)
    })
}

fn print(sent: &Sent, dry: bool, verbosity: Verbosity, out: &mut dyn Write) -> io::Result<()> {
    if dry || verbosity == Verbosity::Verbose {
        for name in &sent.files {
            writeln!(out, "send   {}", escape(name))?;
        }
        for name in &sent.deleted {
            writeln!(out, "delete {}", escape(name))?;
        }
    }
    if verbosity == Verbosity::Quiet {
        return Ok(());
    }
    let files = count(sent.files.len(), "file", "files");
    // Deleted folders are not counted, only the files that were in them.
    let deleted = sent.deleted.iter().filter(|path| !path.ends_with('/')).count();
    match dry {
        true => writeln!(out, "{files} would be sent, {deleted} deleted; nothing was changed")?,
        false => writeln!(out, "{files} sent, {deleted} deleted")?,
    }
    if sent.stale > 0 {
        let stale = count(sent.stale, "file", "files");
        writeln!(
            out,
            "keeping {stale} of earlier deployments; `delete: true` deletes files that are no longer in the site"
        )?;
    }
    match sent.foreign {
        0 => Ok(()),
        1 => writeln!(out, "keeping 1 file at the destination that cimaise did not upload"),
        some => writeln!(out, "keeping {some} files at the destination that cimaise did not upload"),
    }
}
