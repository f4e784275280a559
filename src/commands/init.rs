//! `cimaise init`: creates a site, or the galleries that a site lacks.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Exit, Output, Undone, Verbosity, compose, events};
use crate::compose::{Composed, Composer, begin, begin_site, ignore};
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop, escape};
use crate::machine::{Machine, fs};
use crate::site::Choice;
use crate::source::{self, SETTINGS, Unwritten};
use crate::tasks::{self, Options};

/// Turns a folder into a site and prints what was created.
#[must_use]
pub fn run(options: &Options, output: &Output) -> Exit {
    output.start("init", &options.site);
    let mut report = Report::default().of_site(&options.site);
    let machine = Machine::silent();
    let result = machine.run(|| init(options, &machine, &mut report));
    output.conclude(&mut report, result, Undone::Nothing, |begun| {
        if output.is_json() {
            events::galleries(&begun.galleries);
            return Ok(events::composed(&begun.galleries));
        }
        if output.verbosity == Verbosity::Quiet {
            return Ok(Value::Null);
        }
        begun.print(options, output.verbosity, &mut io::stdout().lock())?;
        Ok(Value::Null)
    })
}

/// What was created.
struct Begun {
    site: bool,
    ignored: bool,
    galleries: Vec<Composed>,
    /// Whether the site has a gallery.
    has_galleries: bool,
}

impl Begun {
    fn print(&self, options: &Options, verbosity: Verbosity, out: &mut dyn Write) -> io::Result<()> {
        let at = |name: &str| if options.site == Path::new(".") { name.into() } else { options.site.join(name) };
        let shown = |name: &str| escape(&at(name).to_string_lossy());
        if self.site {
            writeln!(out, "{}: created a site", shown(SETTINGS))?;
        }
        if self.ignored {
            writeln!(out, "{}: git ignores the output and the cache", shown(".gitignore"))?;
        }
        for composed in &self.galleries {
            compose::tell(composed, verbosity, out)?;
        }
        let site = options.site.to_string_lossy();
        let site = if site == "." { String::new() } else { format!(" {}", escape(&site)) };
        let is_new = self.site || self.galleries.iter().any(Composed::is_change);
        match (is_new, self.has_galleries) {
            (false, _) => writeln!(out, "nothing to do: every folder of photos in this site is a gallery"),
            (true, true) => writeln!(out, "next: cimaise serve{site}, then cimaise build{site}"),
            (true, false) => {
                writeln!(
                    out,
                    "next: create a folder for each gallery, copy photos into it, then run cimaise init{site}"
                )
            }
        }
    }
}

fn init(options: &Options, machine: &Machine<'_>, report: &mut Report) -> Result<Begun, Stop> {
    let folder = &options.site;
    fs::create_dir_all(folder).map_err(Failure::on("create the folder", folder))?;
    let real = fs::canonicalize(folder).map_err(Failure::on("find", folder))?;
    if let Some(warning) = source::unmounted(folder) {
        report.push(warning);
    }
    if let Some(name) = source::misspelled_settings(folder) {
        let message = format!("`{}` exists, but the name of settings is `{SETTINGS}`", folder.join(&name).display());
        report.push(Diagnostic::new(Code::SiteExists, message).help(format!("rename the file to `{SETTINGS}`")));
        return Err(Stop::Site);
    }
    let path = folder.join(SETTINGS);
    let refusal = inside_a_site(&real).or_else(|| source::refused(&real));
    if let Some(error) = refusal {
        report.push(error);
        return Err(Stop::Site);
    }
    let name = real.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    // Even a link to nowhere is somebody's.
    let is_new = fs::symlink_metadata(&path).is_err();
    if is_new {
        begin_site(folder, &name)?;
    }
    // A new site has no gallery yet, which is no mistake.
    let mut read = Report::default();
    let source = match tasks::read_source(options, &mut read) {
        Ok(source) => source,
        Err(stop) => {
            *report = read;
            return Err(stop);
        }
    };
    let shown = source::unwritten(source.files.keys(), &source.galleries, is_new);
    let missing: Vec<Unwritten> =
        shown.into_iter().filter(|gallery| !crate::compose::has_settings(&source, &gallery.path)).collect();
    let mut composer = Composer::new(&source, &options.cache, Choice::default(), machine);
    let galleries = begin(&mut composer, &missing, &name, report)?;
    let has_galleries = !source.galleries.is_empty() || galleries.iter().any(Composed::is_change);
    Ok(Begun { site: is_new, ignored: ignore(folder)?, galleries, has_galleries })
}

/// Reports a folder inside a site: settings in it would make it a gallery.
fn inside_a_site(folder: &Path) -> Option<Diagnostic> {
    let is_site = |folder: &&Path| fs::exists(folder.join(SETTINGS)).unwrap_or(false);
    let site: PathBuf = folder.ancestors().skip(1).filter(is_site).last()?.to_owned();
    let message = format!("`{}` is inside the site `{}`", folder.display(), site.display());
    let help = format!("to make galleries of its folders, run `cimaise init {}`", site.display());
    Some(Diagnostic::new(Code::SiteExists, message).help(help))
}
