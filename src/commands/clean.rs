//! `cimaise clean`: takes away what builds have written.

use std::io::{self, Write};

use super::summary::count;
use super::{Exit, Output, Undone, Verbosity};
use crate::cache::{self, Removal, Removed};
use crate::diagnostic::{Diagnostic, Report, Severity, Stop, escape};
use crate::machine::container;
use crate::machine::fs::Remains;
use crate::publish::{self, Cleaned};
use crate::source;
use crate::tasks::Options;

/// Removes the finished site, and with `cache` what is remembered; with `dry` it only tells.
#[must_use]
pub fn run(options: &Options, cache: bool, dry: bool, output: &Output) -> Exit {
    let mut report = Report::default();
    if let Some(empty) = source::empty_site(&options.site).filter(|_| container::is_inside()) {
        report.push(Diagnostic { severity: Severity::Warning, ..empty });
    }
    let result = clean(options, cache, dry, &mut report);
    output.conclude(&mut report, result, Undone::Nothing, |(site, cache)| {
        let mut stdout = io::stdout().lock();
        if output.verbosity == Verbosity::Quiet {
            return Ok(());
        }
        let (folder, would) = (options.output.to_string_lossy(), if dry { "would be " } else { "" });
        match site {
            None => writeln!(stdout, "there is no finished site in {}", escape(&folder))?,
            Some(Cleaned { files, remains }) => {
                writeln!(stdout, "{} {would}removed from {}", count(files, "file", "files"), escape(&folder))?;
                stdout.write_all(stays(remains, dry).as_bytes())?;
            }
        }
        if let Some(Removed { files, remains, .. }) = cache {
            let shown = options.cache.to_string_lossy();
            writeln!(stdout, "{} {would}removed from {}", count(files, "file", "files"), escape(&shown))?;
            stdout.write_all(stays(remains, dry).as_bytes())?;
        }
        Ok(())
    })
}

/// Why a folder is still there.
fn stays(remains: Remains, dry: bool) -> String {
    match remains {
        _ if dry => String::new(),
        Remains::Nothing => String::new(),
        Remains::Files => "the folder stays: it contains files that cimaise did not write\n".to_owned(),
        Remains::MountPoint => "the folder stays, empty: a file system is mounted there\n".to_owned(),
        Remains::Folder(cause) => format!("the folder stays, empty: {}\n", io::Error::from(cause)),
    }
}

type Gone = (Option<Cleaned>, Option<Removed>);

fn clean(options: &Options, with_cache: bool, dry: bool, report: &mut Report) -> Result<Gone, Stop> {
    // A folder that is refused is refused before anything goes.
    if with_cache && cache::remove(&options.cache, true)? == Removal::Foreign {
        let message = format!("`{}` is not a cache of cimaise", options.cache.display());
        report.push(Diagnostic::error(message).help("remove it yourself, if it is to go"));
        return Err(Stop::Site);
    }
    let site = publish::clean(&options.output, dry)?;
    let removed = if with_cache { cache::remove(&options.cache, dry)? } else { Removal::Nothing };
    Ok((site, if let Removal::Done(removed) = removed { Some(removed) } else { None }))
}
