//! The order in which the output folder is changed.
//!
//! 1. The manifest learns every new path, so that whatever is put from now on is known to be ours.
//! 2. Renditions, copies and assets are put. Their names say what they hold, so no page that is there links to a file
//!    that changes (but for what authors have named themselves).
//! 3. Pages are written under other names. All of it is brought to the disk, and what is named after its content is sealed.
//! 4. Pages get their names, those that are new before those that are there and may now link to them; inner ones before outer
//!    ones, so the front page is the last. Their names are brought to the disk.
//! 5. What is no longer wanted goes: pages first, then what they linked to. This comes before the last step, because
//!    a run that is killed in between must leave a manifest that still lists what is left.
//! 6. The manifest forgets it.

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
use crate::diagnostic::{Diagnostic, Failure, Report, Stop};
use crate::machine::fs;
use crate::machine::progress::Progress;
use crate::plan::OutputPath;
use crate::source::{self, SitePath};

/// Brings the output folder up to date. A second time it writes nothing.
///
/// # Errors
/// [`Stop::Site`] if the folder is somebody else's, if something of somebody else's is in the way, or if an original was
/// changed meanwhile; no page has been changed then. [`Stop::Machine`] if it cannot be written to.
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
    fs::create_dir_all(folder).map_err(Failure::on("make the folder", folder))?;
    let _lock = wait_for_lock(folder, progress)?;
    // Since it was claimed, much may have happened; since settings were read, too.
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
    // Nothing is even looked at through a symlink that is in the way.
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
        // It must not describe what is not so any more.
        Inventory::remove(site.cache, folder)?;
    }
    if both != old {
        disk.write_durably(&manifest, both.to_text().as_bytes())?;
    }
    for path in &missing_folders {
        disk.make_folder(&path.under(folder))?;
    }
    if todo.is_empty() {
        // What a run left that did not finish: the inventory lists only what is on the disk.
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

/// The folders that have to be made, outer ones first. What is in the way of one is reported; a symlink is, even if it
/// leads to a folder: nobody said that what is behind it may be written to.
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
            // Below something that is in the way, which is reported already.
            Err(error) if error.kind() == ErrorKind::NotADirectory => {}
            Err(error) => return Err(Failure::on("read", &folder.under(output))(error)),
        }
    }
    Ok(missing)
}

/// The files that do not hold what they are to hold, in the order in which they have to be put.
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
        // Style sheets show pictures.
        Content::Asset(_) => (0, true, Reverse(0), file.path),
        Content::Stored(..) | Content::Original(_) | Content::Locked(..) => (0, false, Reverse(0), file.path),
    });
    Ok(todo)
}

fn in_the_way(output: &Path, path: &SitePath, of: &str) -> Diagnostic {
    Diagnostic::error(format!("`{}` is in the way of a {of} of the site", path.under(output).display()))
        .help("it was not put there by cimaise like that; move it away")
}

#[cfg(test)]
#[path = "publish_tests.rs"]
mod tests;
