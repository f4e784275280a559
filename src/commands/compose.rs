//! `cimaise autogen` and `cimaise sync`: stories from the photos in folders.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::summary::shown;
use super::{Exit, Output, Undone, Verbosity, events};
use crate::compose::{self, Added, ComposeOutcome, Composed, Composer, find, leaves};
use crate::diagnostic::{Code, Diagnostic, Report, Stop, escape};
use crate::machine::{Machine, fs};
use crate::site::{Choice, Twin};
use crate::source::{Folder, SitePath, Source, unwritten};
use crate::tasks::{self, Options};

/// Maximum number of omitted files that a line names.
const NAMED: usize = 5;

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
    Sync {
        /// Whether photos are added where they belong by their time, instead of at the end.
        by_time: bool,
    },
}

impl Action {
    fn name(self) -> &'static str {
        match self {
            Self::Autogen { .. } => "autogen",
            Self::Sync { .. } => "sync",
        }
    }
}

/// Changes the settings of galleries and prints a line for each.
#[must_use]
pub fn run(options: &Options, which: &Which, action: Action, choice: Choice, output: &Output) -> Exit {
    output.start(action.name(), &options.site);
    let mut report = Report::default().of_site(&options.site);
    let machine = Machine::silent();
    let result = machine.run(|| compose(options, which, action, choice, &machine, &mut report));
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
    match &composed.outcome {
        ComposeOutcome::Written { added, renamed, moved } => {
            writeln!(out, "{folder}: {}", changes(added, *renamed, *moved))
        }
        ComposeOutcome::Begun { added, moved: 0 } => {
            writeln!(out, "{folder}: created a gallery with {}", shown(added.photos, added.videos))
        }
        ComposeOutcome::Begun { added, moved } => {
            writeln!(out, "{folder}: created a gallery, {}", changes(added, 0, *moved))
        }
        ComposeOutcome::Moved { photos, into } => {
            let into: Vec<String> = into.iter().map(|folder| escape(folder.as_str())).collect();
            let entries =
                if *photos == 1 { "the entry of 1 photo" } else { &format!("the entries of {photos} photos") };
            writeln!(out, "{folder}: moved {entries} to {}", into.join(", "))
        }
        ComposeOutcome::Index => writeln!(out, "{folder}: created an index of the galleries inside"),
        ComposeOutcome::Skipped(why) => writeln!(out, "{folder}: {why}"),
    }?;
    match composed.twins.is_empty() {
        true => Ok(()),
        false => writeln!(out, "{folder}: {}", left_out(&composed.twins)),
    }
}

/// Names the files that a story omits because they show the same as others.
fn left_out(twins: &[Twin]) -> String {
    let name = |path: &SitePath| escape(path.name());
    let pair = |twin: &Twin| format!("{} (same as {})", name(&twin.left_out), name(&twin.of));
    let mut pairs: Vec<String> = twins.iter().take(NAMED).map(pair).collect();
    if twins.len() > NAMED {
        pairs.push(format!("{} more", twins.len() - NAMED));
    }
    format!("left out {}", pairs.join(", "))
}

/// Describes what changed in a story.
fn changes(added: &Added, renamed: usize, moved: usize) -> String {
    let files = if renamed == 1 { "file" } else { "files" };
    let renamed = (renamed > 0).then(|| format!("corrected the names of {renamed} renamed {files}"));
    let moved = (moved > 0).then(|| format!("took {}", taken(moved)));
    let is_new = added.photos + added.videos > 0;
    let added = is_new.then(|| format!("added {}", shown(added.photos, added.videos)));
    [renamed, moved, added].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Describes photos that came from other galleries.
fn taken(moved: usize) -> String {
    match moved {
        1 => "1 moved photo with its entry".to_owned(),
        _ => format!("{moved} moved photos with their entries"),
    }
}

fn compose(
    options: &Options,
    which: &Which,
    action: Action,
    choice: Choice,
    machine: &Machine<'_>,
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
    refuse_made_up(&source, report)?;
    report.map = other.map.clone();
    let mut composer = Composer::new(&source, &options.cache, choice, machine);
    let path = match which {
        Which::All => {
            let folders = leaves(&source.galleries);
            if folders.is_empty() {
                let error = Diagnostic::new(Code::SiteNoGallery, "the site has no gallery");
                report.push(error.as_warning().help("to make its folders galleries, run `cimaise init`"));
            }
            return act(&mut composer, &folders, action, report);
        }
        Which::One(path) => folder_of(&source, path, report)?,
    };
    if let Some(folder) = find(&source.galleries, &path) {
        return act(&mut composer, &[folder], action, report);
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
        Action::Autogen { .. } => new(&mut composer, &source, &path, report),
        Action::Sync { .. } => {
            let error =
                Diagnostic::new(Code::GalleryNotFound, "this folder has no `settings.yaml`").in_file(path.to_string());
            report.push(error.help(format!("to make the folder a gallery, run `cimaise autogen -d {path}`")));
            Err(Stop::Site)
        }
    }
}

/// Changes the stories of galleries, and then those from which photos moved away.
fn act(
    composer: &mut Composer<'_>,
    folders: &[&Folder],
    action: Action,
    report: &mut Report,
) -> Result<Vec<Composed>, Stop> {
    let moves = composer.moves_into_galleries(folders);
    let mut done = Vec::new();
    for folder in folders {
        done.push(match action {
            Action::Autogen { force } => compose::autogen(composer, folder, force, &moves, report)?,
            Action::Sync { by_time } => compose::sync(composer, folder, by_time, &moves, report)?,
        });
    }
    moves.finish(composer, &mut done, report)?;
    Ok(done)
}

/// Refuses a folder without settings: there is nothing to change.
fn refuse_made_up(source: &Source, report: &mut Report) -> Result<(), Stop> {
    if !source.made_up {
        return Ok(());
    }
    let error = Diagnostic::new(Code::SiteNoSettings, "the site has no `settings.yaml`");
    report.push(error.help("run `cimaise init`, which creates all galleries"));
    Err(Stop::Site)
}

/// Creates galleries for a folder and the folders in it, and indexes for those around it.
fn new(
    composer: &mut Composer<'_>,
    source: &Source,
    path: &SitePath,
    report: &mut Report,
) -> Result<Vec<Composed>, Stop> {
    let mut around = std::iter::successors(path.parent(), SitePath::parent);
    let shows_sections = |folder: &&Folder| folder.children.is_empty() && folder.settings.sections.is_some();
    if let Some(folder) = around.find_map(|path| find(&source.galleries, &path)).filter(shows_sections) {
        let message =
            format!("the gallery `{}` around this folder has `sections`: it cannot list galleries", folder.path);
        let error = Diagnostic::new(Code::GallerySections, message).in_file(path.to_string());
        report.push(error.help("move the folder beside the gallery"));
        return Err(Stop::Site);
    }
    let inside = source.files.keys().filter(|file| file.is_within(path));
    let missing = unwritten(inside, &source.galleries, false);
    if missing.is_empty() {
        let why = "unchanged: the folder contains no photo";
        return Ok(vec![Composed::skipped(path, why)]);
    }
    let name = source.root.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let missing: Vec<_> = missing.into_iter().filter(|new| !compose::has_settings(source, &new.path)).collect();
    compose::begin(composer, &missing, &name, report)
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
