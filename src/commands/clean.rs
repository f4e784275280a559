//! `cimaise clean`: takes away what builds have written.

use std::io::{self, Write};

use super::summary::count;
use super::{Exit, Output, Verbosity};
use crate::Options;
use crate::diagnostic::{Diagnostic, Failure, Report, Stop, escape};
use crate::publish::{self, Cleaned};

/// Removes the finished site, and with `cache` what is remembered; with `dry` it only tells.
#[must_use]
pub fn run(options: &Options, cache: bool, dry: bool, output: &Output) -> Exit {
    let mut report = Report::default();
    let result = clean(options, cache, dry, &mut report);
    output.conclude(&mut report, result, |(site, cache)| {
        let mut stdout = io::stdout().lock();
        if output.verbosity == Verbosity::Quiet {
            return Ok(());
        }
        let (folder, would) = (options.output.to_string_lossy(), if dry { "would be " } else { "" });
        match site {
            None => writeln!(stdout, "there is no finished site in {}", escape(&folder))?,
            Some(Cleaned { files, emptied }) => {
                writeln!(stdout, "{} {would}removed from {}", count(files, "file", "files"), escape(&folder))?;
                if !dry && !emptied {
                    writeln!(stdout, "the folder stays: there is something in it that cimaise did not write")?;
                }
            }
        }
        if cache {
            writeln!(stdout, "{} {would}removed", escape(&options.cache.to_string_lossy()))?;
        }
        Ok(())
    })
}

fn clean(options: &Options, cache: bool, dry: bool, report: &mut Report) -> Result<(Option<Cleaned>, bool), Stop> {
    let site = publish::clean(&options.output, dry)?;
    let cache = cache && options.cache.exists();
    if cache {
        // Only what bears our mark.
        if !options.cache.join("version").is_file() {
            let message = format!("`{}` is not a cache of cimaise", options.cache.display());
            report.push(Diagnostic::error(message).help("remove it yourself, if it is to go"));
            return Err(Stop::Site);
        }
        if !dry {
            std::fs::remove_dir_all(&options.cache).map_err(Failure::on("remove", &options.cache))?;
        }
    }
    Ok((site, cache))
}
