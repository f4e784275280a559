//! `cimaise clean`: removes the files that builds have written.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::summary::count;
use super::{Exit, Output, Undone, Verbosity, events};
use crate::cache::{self, Removal, Removed};
use crate::diagnostic::{Code, Diagnostic, Report, Stop, escape};
use crate::machine::container;
use crate::machine::fs::{self, Remains};
use crate::publish::{self, Cleaned};
use crate::source;
use crate::tasks::Options;

/// Removes the finished site, and the cache if `cache` is set; with `dry`, only prints what would be removed.
#[must_use]
pub fn run(options: &Options, cache: bool, dry: bool, output: &Output) -> Exit {
    output.start("clean", &options.site);
    let mut report = Report::default().of_site(&options.site);
    if let Some(empty) = source::empty_site(&options.site).filter(|_| container::is_inside()) {
        report.push(empty.as_warning());
    }
    let result = clean(options, cache, dry, &mut report);
    output.conclude(&mut report, result, Undone::Nothing, |(site, cache)| {
        let mut stdout = io::stdout().lock();
        if output.is_json() && dry {
            let cached = cache.iter().flat_map(|removed| &removed.files);
            events::removals(site.iter().flat_map(|cleaned| &cleaned.files).chain(cached));
        }
        if output.is_json() || output.verbosity == Verbosity::Quiet {
            return Ok(events::cleaned(site.as_ref(), cache.as_ref(), dry));
        }
        let listed = match (dry, output.verbosity) {
            (false, _) => 0,
            (true, Verbosity::Verbose) => usize::MAX,
            (true, _) => LISTED,
        };
        match site {
            None => {
                writeln!(stdout, "there is no finished site in {}", escape(&options.output.to_string_lossy()))?;
            }
            Some(Cleaned { files, remains }) => {
                stdout.write_all(gone(&files, &options.output, listed, remains, dry).as_bytes())?;
            }
        }
        if let Some(Removed { files, remains, .. }) = cache {
            stdout.write_all(gone(&files, &options.cache, listed, remains, dry).as_bytes())?;
        }
        Ok(Value::Null)
    })
}

/// Maximum number of files that `--dry-run` lists of each folder without `--verbose`.
const LISTED: usize = 20;

/// Formats the files of a folder that were removed, or would be: the first `listed` of them, and their number.
fn gone(files: &[PathBuf], folder: &Path, listed: usize, remains: Remains, dry: bool) -> String {
    let mut text: String =
        files.iter().take(listed).map(|path| format!("{}\n", escape(&path.to_string_lossy()))).collect();
    if listed > 0 && files.len() > listed {
        text += &format!("... and {} more; `--verbose` lists all\n", files.len() - listed);
    }
    let would = if dry { "would be " } else { "" };
    let number = count(files.len(), "file", "files");
    text + &format!("{number} {would}removed from {}\n{}", escape(&folder.to_string_lossy()), stays(remains, dry))
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
    // A mistyped folder has no finished site, either.
    if site.is_none() && !fs::exists(&options.site).unwrap_or(true) {
        let message = format!("the folder `{}` does not exist", options.site.display());
        let help = "name the folder that contains the `settings.yaml` of the site";
        report.push(Diagnostic::new(Code::FileUnreadable, message).help(help));
        return Err(Stop::Site);
    }
    let removed = if with_cache { cache::remove(&options.cache, dry)? } else { Removal::Nothing };
    Ok((site, if let Removal::Done(removed) = removed { Some(removed) } else { None }))
}
