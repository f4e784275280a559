//! `cimaise autogen` and `cimaise sync`: stories from the photos in folders.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::summary::count;
use super::{Exit, Output, Undone, Verbosity};
use crate::compose::{self, ComposeOutcome, Composed};
use crate::diagnostic::{Diagnostic, Report, Stop, escape};
use crate::machine::{Machine, Share, fs};
use crate::source::{Folder, SitePath, Source};
use crate::tasks::{self, Options};

/// Which folders are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Every gallery that has none inside.
    All,
    /// This one; relative to the site, or to where the command was called.
    One(PathBuf),
}

/// What is done with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Sections are made from all photos.
    Autogen {
        /// Also where there are sections.
        force: bool,
    },
    /// New photos are added.
    Sync,
}

/// Changes the settings of galleries and tells about it.
#[must_use]
pub fn run(options: &Options, which: &Which, action: Action, output: &Output) -> Exit {
    let mut report = Report::default();
    let machine = Machine::silent();
    let result = machine.run(|| compose(options, which, action, &machine.share(), &mut report));
    output.conclude(&mut report, result, Undone::Nothing, |composed| {
        let mut stdout = io::stdout().lock();
        composed.iter().try_for_each(|composed| tell(composed, output.verbosity, &mut stdout))
    })
}

/// A line for a folder.
pub(super) fn tell(composed: &Composed, verbosity: Verbosity, out: &mut dyn Write) -> io::Result<()> {
    if verbosity == Verbosity::Quiet {
        return Ok(());
    }
    let folder = escape(composed.folder.as_str());
    match composed.outcome {
        ComposeOutcome::Written(photos) => {
            writeln!(out, "{folder}: {} put into the story", count(photos, "photo", "photos"))
        }
        ComposeOutcome::Begun(photos) => {
            writeln!(out, "{folder}: a new gallery of {}", count(photos, "photo", "photos"))
        }
        ComposeOutcome::Skipped(why) => writeln!(out, "{folder}: {why}"),
    }
}

fn compose(
    options: &Options,
    which: &Which,
    action: Action,
    share: &Share,
    report: &mut Report,
) -> Result<Vec<Composed>, Stop> {
    // What is wrong elsewhere in the site is no matter here.
    let mut other = Report::default();
    let source = match tasks::read_source(options, &mut other) {
        Ok(source) => source,
        Err(stop) => {
            *report = other;
            return Err(stop);
        }
    };
    report.map = other.map.clone();
    let act = |folder: &Folder, report: &mut Report| match action {
        Action::Autogen { force } => compose::autogen(&source, folder, force, share, report),
        Action::Sync => compose::sync(&source, folder, share, report),
    };
    let path = match which {
        Which::All => {
            let mut done = Vec::new();
            for folder in leaves(&source.galleries) {
                done.push(act(folder, report)?);
            }
            return Ok(done);
        }
        Which::One(path) => folder_of(&source, path, report)?,
    };
    if let Some(folder) = find(&source.galleries, &path) {
        return Ok(vec![act(folder, report)?]);
    }
    if compose::has_settings(&source, &path) {
        // It is wrong, or the folder around it is no gallery.
        *report = other;
        if report.diagnostics().is_empty() {
            report.push(Diagnostic::error("this folder is in no gallery").in_file(path.to_string()));
        }
        return Err(Stop::Site);
    }
    match action {
        Action::Autogen { .. } => Ok(vec![compose::begin(&source, &path, share, report)?]),
        Action::Sync => {
            let error = Diagnostic::error("this folder has no `settings.yaml`").in_file(path.to_string());
            report.push(error.help("`cimaise autogen -d` makes a gallery of it"));
            Err(Stop::Site)
        }
    }
}

/// The folder of the site that is meant.
fn folder_of(source: &Source, given: &Path, report: &mut Report) -> Result<SitePath, Stop> {
    let inside = source.root.join(given);
    let absolute = [inside, given.to_owned()].into_iter().find_map(|path| {
        fs::canonicalize(path).ok().filter(|path| fs::metadata(path).is_ok_and(|metadata| metadata.is_dir()))
    });
    let path = absolute.as_deref().and_then(|path| path.strip_prefix(&source.root).ok()).and_then(Path::to_str);
    let path = path.and_then(|path| SitePath::root().join(&path.replace(std::path::MAIN_SEPARATOR, "/")));
    match path {
        Some(path) if !path.is_root() => Ok(path),
        _ => {
            let message = format!("`{}` is not a folder in this site", given.display());
            report.push(Diagnostic::error(message).help("name a folder below the one with the site's `settings.yaml`"));
            Err(Stop::Site)
        }
    }
}

/// Galleries with none inside, in the order of their paths.
fn leaves(folders: &[Folder]) -> Vec<&Folder> {
    folders
        .iter()
        .flat_map(|folder| if folder.children.is_empty() { vec![folder] } else { leaves(&folder.children) })
        .collect()
}

fn find<'a>(folders: &'a [Folder], path: &SitePath) -> Option<&'a Folder> {
    folders.iter().find_map(|folder| if folder.path == *path { Some(folder) } else { find(&folder.children, path) })
}
