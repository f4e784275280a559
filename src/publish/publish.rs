//! The order in which the output folder is changed.
//!
//! 1. The manifest learns every new path, so that every file put from now on is known to be ours.
//! 2. Renditions, copies and assets are put. They are named after their content, so no existing page links to a file that changes
//!    (except for files that authors named themselves).
//! 3. Pages are written under temporary names. Everything is flushed to the disk, and files named after their content are sealed.
//! 4. Pages get their names: new pages before existing pages, which may now link to them, and inner pages before outer pages, so
//!    the front page is last. The names are flushed to the disk.
//! 5. Unwanted files are removed: pages first, then the files that they linked to. This comes before the last step, because
//!    a run that is killed in between must leave a manifest that still lists what is left.
//! 6. The manifest forgets them.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;
use std::time::SystemTime;

use super::claim::{self, OutputFolder};
use super::content::{Content, PendingFile, Wanted};
use super::disk::Disk;
use super::finished::{Finished, Published};
use super::inventory::Inventory;
use super::manifest::{self, Manifest, ManifestState};
use super::put::put;
use super::survey::Survey;
use super::turns::wait_for_lock;
use super::wanted::wanted;
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop};

use crate::machine::fs;
use crate::machine::progress::Progress;
use crate::plan::OutputPath;
use crate::source::{self, SitePath};

/// Brings the output folder up to date. A second run with the same site writes nothing.
///
/// # Errors
/// [`Stop::Site`] if the folder or a file in the way belongs to somebody else, or if an original changed in the meantime; no page has
/// been changed then. [`Stop::Machine`] if the folder cannot be written to.
pub fn publish(
    output: &OutputFolder,
    site: &Finished<'_>,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<Published, Stop> {
    publish_on(&Disk::new(&|| Ok(()), true), output, site, progress, report)
}

pub(super) fn publish_on(
    disk: &Disk<'_>,
    output: &OutputFolder,
    site: &Finished<'_>,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<Published, Stop> {
    let folder = output.folder.as_path();
    fs::create_dir_all(folder).map_err(Failure::on("create the folder", folder))?;
    let _lock = wait_for_lock(folder, progress)?;
    // The folder may have changed since it was claimed, and the settings since they were read.
    source::changed(&output.site, &report.map).into_iter().for_each(|changed| report.push(changed));
    report.checked(())?;
    claim::check(folder, &output.site, report)?;
    let old = match Manifest::read(folder).map_err(Failure::on("read", folder))? {
        ManifestState::Manifest(manifest) => manifest,
        ManifestState::None | ManifestState::Unreadable => Manifest::default(),
    };

    let wanted = wanted(site, report);
    report.checked(())?;
    let new = Manifest::of(wanted.keys().copied());
    let survey = Survey::of(folder, &old, &new)?;
    let missing_folders = missing_folders(folder, &wanted, report)?;
    // A symlink in the way was reported: nothing is read through it, not even metadata.
    report.checked(())?;
    let began = SystemTime::now();
    let known = Inventory::load(site.cache, folder);
    let todo = differing(disk, folder, &wanted, &old, known.as_ref(), report)?;
    report.checked(())?;

    for path in &survey.leftovers {
        disk.remove_file(path)?;
    }
    let both = old.union(&new);
    let manifest = folder.join(manifest::NAME);
    let changes = !todo.is_empty() || both != new;
    if changes {
        // The inventory must not describe files that are about to change.
        Inventory::remove(site.cache, folder)?;
    }
    if both != old {
        disk.write_durably(&manifest, both.to_text().as_bytes())?;
    }
    for path in &missing_folders {
        disk.make_folder(&path.under(folder))?;
    }
    if todo.is_empty() {
        // An unfinished run may have left files that are not on the disk yet; the inventory lists only files that are.
        disk.settle(site.cache.store().unsettled())?;
    } else {
        progress.begin("files", todo.len() as u64);
        let put = put(disk, output, &todo, site.cache.store().unsettled(), progress, report);
        progress.end();
        put?;
        if let Some(line) = disk.copies() {
            progress.note(&line);
        }
    }
    let put: BTreeSet<&OutputPath> = todo.iter().map(|file| file.path).collect();
    let inventory = Inventory::of(folder, &wanted, &put, known.as_ref(), began)?;
    if changes || known.as_ref() != Some(&inventory) {
        inventory.save(site.cache, folder)?;
    }
    disk.settle(site.cache.store().unsettled())?;
    let mut removed = 0;
    for path in &survey.files {
        removed += usize::from(disk.remove_file(path)?);
    }
    for path in &survey.folders {
        disk.remove_empty_folder(path)?;
    }
    if both != new || !fs::exists(&manifest).map_err(Failure::on("read", &manifest))? {
        disk.write_durably(&manifest, new.to_text().as_bytes())?;
    }
    Ok(Published {
        files: wanted.len(),
        written: todo.len(),
        unchanged: wanted.len() - todo.len(),
        removed,
        bytes: wanted.values().map(Content::len).sum(),
    })
}

/// Returns the folders to create, outer ones first. Reports anything that is in the way of a folder, including symlinks to
/// folders: nobody has allowed cimaise to write to their targets.
fn missing_folders(output: &Path, wanted: &Wanted<'_>, report: &mut Report) -> Result<BTreeSet<SitePath>, Failure> {
    let mut known = BTreeSet::new();
    for path in wanted.keys() {
        let mut folder = path.folder();
        while !folder.is_root() && !known.contains(&folder) {
            let above = folder.parent().unwrap_or_default();
            known.insert(folder);
            folder = above;
        }
    }
    let mut missing = BTreeSet::new();
    for folder in known {
        if folder.parent().is_some_and(|above| missing.contains(&above)) {
            missing.insert(folder);
            continue;
        }
        match fs::symlink_metadata(folder.under(output)) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => report.push(in_the_way(output, &folder, "folder")),
            Err(error) if error.kind() == ErrorKind::NotFound => drop(missing.insert(folder)),
            // Inside something that is in the way and is reported already.
            Err(error) if error.kind() == ErrorKind::NotADirectory => {}
            Err(error) => return Err(Failure::on("read", &folder.under(output))(error)),
        }
    }
    Ok(missing)
}

/// Returns the files whose content differs from the wanted content, in the order in which they have to be put.
fn differing<'a>(
    disk: &Disk<'_>,
    output: &Path,
    wanted: &Wanted<'a>,
    old: &Manifest,
    known: Option<&Inventory>,
    report: &mut Report,
) -> Result<Vec<PendingFile<'a>>, Failure> {
    let mut todo = Vec::new();
    for (&path, &content) in wanted {
        let absolute = path.under(output);
        let ours = old.has_file(path.as_path());
        match fs::symlink_metadata(&absolute) {
            Ok(metadata) => {
                let known = known.and_then(|known| known.get(path));
                if content.is_in(disk, &absolute, &metadata, ours, known).map_err(Failure::on("read", &absolute))? {
                    continue;
                }
                if !ours || metadata.is_dir() {
                    report.push(in_the_way(output, path.as_path(), "file"));
                    continue;
                }
                todo.push(PendingFile { path, content, replaces: true });
            }
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                todo.push(PendingFile { path, content, replaces: false });
            }
            Err(error) => return Err(Failure::on("read", &absolute)(error)),
        }
    }
    todo.sort_by_cached_key(|file| match file.content {
        Content::Page(_) => (1, file.replaces, Reverse(file.path.as_path().parts().count()), file.path),
        // Style sheets come after the pictures that they show.
        Content::Asset(_) => (0, true, Reverse(0), file.path),
        Content::Stored(..) | Content::Original(_) | Content::Locked(..) => (0, false, Reverse(0), file.path),
    });
    Ok(todo)
}

fn in_the_way(output: &Path, path: &SitePath, of: &str) -> Diagnostic {
    let message = format!("`{}` is in the way of a {of} of the site", path.under(output).display());
    Diagnostic::new(Code::OutputInTheWay, message).help("cimaise did not create it; move it elsewhere")
}

#[cfg(test)]
#[path = "publish_tests.rs"]
mod tests;
