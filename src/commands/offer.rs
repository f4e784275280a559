//! `cimaise` without a command: builds the site; in a folder of photos without settings, says what it would do.

use std::io::{self, Write};

use super::summary::shown;
use super::{Exit, Output, Undone, build};
use crate::diagnostic::{Policy, Report, escape};
use crate::machine::{Limits, fs};
use crate::source::{SETTINGS, is_picture, is_video};
use crate::tasks::{self, Options};

/// Builds the site, or prints what the commands would make of the folder.
#[must_use]
pub fn run(options: &Options, limits: Limits, policy: Policy, output: &Output) -> Exit {
    if fs::symlink_metadata(options.site.join(SETTINGS)).is_ok() {
        return build::run(options, limits, policy, output);
    }
    let mut report = Report::with(policy);
    let result = tasks::read_source(options, &mut report);
    let exit = output.conclude(&mut report, result, Undone::Published, |source| {
        let count = |is: fn(&str) -> bool| source.files.keys().filter(|path| is(path.name())).count();
        let text = format!(
            "This folder has no settings.yaml. cimaise can show {} ({}):\n\n  \
             cimaise serve     show it in the browser\n  \
             cimaise build     make the website, in {}\n  \
             cimaise init      write the settings, to change titles, order and texts\n\n\
             Nothing was done.\n",
            tasks::describe(&source),
            shown(count(is_picture), count(is_video)),
            escape(&options.output.to_string_lossy()),
        );
        io::stdout().write_all(text.as_bytes())
    });
    // A script that relies on a build has to notice that there was none.
    if exit == Exit::Done { Exit::Site } else { exit }
}
