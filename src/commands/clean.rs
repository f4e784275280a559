//! `cimaise clean`: removes the files that builds have written.

use std::io::{self, Write};

use serde_json::Value;

use super::summary::count;
use super::{Exit, Output, Undone, Verbosity, events};
use crate::cache::{self, Removal, Removed};
use crate::diagnostic::{Code, Diagnostic, Report, Stop, escape};
use crate::machine::container;
use crate::machine::fs::Remains;
use crate::publish::{self, Cleaned};
use crate::source;
use crate::tasks::Options;

/// Removes the finished site, and the cache if `cache` is set; with `dry`, only prints what would be removed.
#[must_use]
pub fn run(options: &Options, cache: bool, dry: bool, output: &Output) -> Exit {
    output.start("clean", &options.site);
    let mut report = Report::default();
    if let Some(empty) = source::empty_site(&options.site).filter(|_| container::is_inside()) {
        report.push(empty.as_warning());
    }
    let result = clean(options, cache, dry, &mut report);
    output.conclude(&mut report, result, Undone::Nothing, |(site, cache)| {
        let mut stdout = io::stdout().lock();
        if output.is_json() || output.verbosity == Verbosity::Quiet {
            return Ok(events::cleaned(site.as_ref(), cache.as_ref(), dry));
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
        Ok(Value::Null)
    })
}

/// Message with the reason why a folder is still there.
fn stays(remains: Remains, dry: bool) -> String {
    match remains {
        _ if dry => String::new(),
        Remains::Nothing => String::new(),
        Remains::Files => "keeping the folder: it contains files that cimaise did not write\n".to_owned(),
        Remains::MountPoint => "keeping the empty folder: a file system is mounted there\n".to_owned(),
        Remains::Folder(cause) => format!("keeping the empty folder: {}\n", io::Error::from(cause)),
    }
}

type Gone = (Option<Cleaned>, Option<Removed>);

fn clean(options: &Options, with_cache: bool, dry: bool, report: &mut Report) -> Result<Gone, Stop> {
    // Refuse a folder that is not a cache before anything is removed.
    if with_cache && cache::remove(&options.cache, true)? == Removal::Foreign {
        let message = format!("`{}` is not a cimaise cache", options.cache.display());
        report.push(
            Diagnostic::new(Code::CacheForeign, message)
                .help("check `--cache-dir`: cimaise deletes only its own caches"),
        );
        return Err(Stop::Site);
    }
    let site = publish::clean(&options.output, dry)?;
    let removed = if with_cache { cache::remove(&options.cache, dry)? } else { Removal::Nothing };
    Ok((site, if let Removal::Done(removed) = removed { Some(removed) } else { None }))
}
