//! `cimaise autogen` and `cimaise sync`: stories from the photos in folders.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::summary::count;
use super::{Exit, Output, Undone, Verbosity, events};
use crate::compose::{self, ComposeOutcome, Composed};
use crate::diagnostic::{Code, Diagnostic, Report, Stop, escape};
use crate::machine::{Machine, Share, fs};
use crate::source::{Folder, SitePath, Source};
use crate::tasks::{self, Options};

/// The galleries to work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Every gallery without galleries inside.
    All,
    /// One folder, relative to the site or to the current folder.
    One(PathBuf),
}

/// The action on these galleries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Creates sections from all photos.
    Autogen {
        /// Whether existing sections are replaced.
        force: bool,
    },
    /// Adds new photos.
    Sync,
}

impl Action {
    fn name(self) -> &'static str {
        match self {
            Self::Autogen { .. } => "autogen",
            Self::Sync => "sync",
        }
    }
}

/// Changes the settings of galleries and prints a line for each.
#[must_use]
pub fn run(options: &Options, which: &Which, action: Action, output: &Output) -> Exit {
    output.start(action.name(), &options.site);
    let mut report = Report::default().of_site(&options.site);
    let machine = Machine::silent();
    let result = machine.run(|| compose(options, which, action, &machine.share(), &mut report));
    output.conclude(&mut report, result, Undone::Nothing, |composed| {
        if output.is_json() {
            events::galleries(&composed);
            return Ok(events::composed(&composed));
        }
        let mut stdout = io::stdout().lock();
        composed.iter().try_for_each(|composed| tell(composed, output.verbosity, &mut stdout))?;
        Ok(Value::Null)
    })
}

/// Prints the line for a folder.
pub(super) fn tell(composed: &Composed, verbosity: Verbosity, out: &mut dyn Write) -> io::Result<()> {
    if verbosity == Verbosity::Quiet {
        return Ok(());
    }
    let folder = escape(composed.folder.as_str());
    match composed.outcome {
        ComposeOutcome::Written(photos) => writeln!(out, "{folder}: added {}", count(photos, "photo", "photos")),
        ComposeOutcome::Begun(photos) => {
            writeln!(out, "{folder}: created a gallery with {}", count(photos, "photo", "photos"))
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
    // Mistakes elsewhere in the site do not matter here.
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
            if done.is_empty() {
                let error = Diagnostic::new(Code::SiteNoGallery, "the site has no gallery");
                report.push(error.as_warning().help("to make a folder a gallery, run `cimaise autogen -d FOLDER`"));
            }
            return Ok(done);
        }
        Which::One(path) => folder_of(&source, path, report)?,
    };
    if let Some(folder) = find(&source.galleries, &path) {
        return Ok(vec![act(folder, report)?]);
    }
    if compose::has_settings(&source, &path) {
        // The folder's settings have errors, or the folder around it is not a gallery.
        *report = other;
        if report.diagnostics().is_empty() {
            report.push(
                Diagnostic::new(Code::GalleryNotFound, "this folder is not in a gallery").in_file(path.to_string()),
            );
        }
        return Err(Stop::Site);
    }
    match action {
        Action::Autogen { .. } => {
            let begun = compose::begin(&source, &path, share, report)?;
            warn_of_gap(&source, &path, report);
            Ok(vec![begun])
        }
        Action::Sync => {
            let error =
                Diagnostic::new(Code::GalleryNotFound, "this folder has no `settings.yaml`").in_file(path.to_string());
            report.push(error.help(format!("to make the folder a gallery, run `cimaise autogen -d {path}`")));
            Err(Stop::Site)
        }
    }
}

/// Warns of a new gallery that builds do not reach, because a folder around it is not a gallery.
fn warn_of_gap(source: &Source, path: &SitePath, report: &mut Report) {
    let around = std::iter::successors(path.parent(), SitePath::parent).filter(|folder| !folder.is_root());
    let Some(gap) = around.filter(|folder| !compose::has_settings(source, folder)).last() else { return };
    let message = format!("builds ignore this gallery until the folder `{gap}` is a gallery as well");
    let help = format!("create `{gap}/settings.yaml` with a line `title: {}`, or move `{path}` up", gap.name());
    report.push(Diagnostic::new(Code::GalleryNotReached, message).in_file(path.to_string()).help(help));
}

/// Resolves the folder given by the user to a folder of the site.
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
            report.push(
                Diagnostic::new(Code::GalleryNotFound, message)
                    .help("name a folder of photos, relative to the folder of the site"),
            );
            Err(Stop::Site)
        }
    }
}

/// Returns galleries without galleries inside, in the order of their paths.
fn leaves(folders: &[Folder]) -> Vec<&Folder> {
    folders
        .iter()
        .flat_map(|folder| if folder.children.is_empty() { vec![folder] } else { leaves(&folder.children) })
        .collect()
}

fn find<'a>(folders: &'a [Folder], path: &SitePath) -> Option<&'a Folder> {
    folders.iter().find_map(|folder| if folder.path == *path { Some(folder) } else { find(&folder.children, path) })
}
