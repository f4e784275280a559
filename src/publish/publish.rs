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
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;
use std::time::SystemTime;

use super::claim::{self, Output};
use super::content::{Content, Inside};
use super::disk::Disk;
use super::inventory::Inventory;
use super::manifest::{self, Found, Manifest};
use super::put::put;
use super::survey::Survey;
use super::turns::wait_for_lock;
use crate::cache::{Cache, atomic};
use crate::diagnostic::{Diagnostic, Failure, Report, Stop};
use crate::lock::Keyring;
use crate::machine::fs;
use crate::machine::progress::Progress;
use crate::plan::{Audience, Copy, Naming, OutputPath, Plan};
use crate::render::media::Rendered;
use crate::render::pages::Pages;
use crate::source::{self, SitePath};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Files of the site, without the manifest.
    pub files: usize,
    /// Files that were written, linked or copied in this run.
    pub written: usize,
    /// Files that were there already.
    pub unchanged: usize,
    /// Files of earlier runs that were removed.
    pub removed: usize,
    /// Bytes of all files of the site.
    pub bytes: u64,
}

/// All that is to be published.
#[derive(Debug, Clone, Copy)]
pub struct Finished<'a> {
    /// Where it is published, and for whom.
    pub plan: &'a Plan,
    /// Renditions.
    pub rendered: &'a Rendered,
    /// Pages, and what they bring with them.
    pub pages: &'a Pages,
    /// A lock for each password.
    pub keys: &'a Keyring,
    /// Where the renditions lie, and where it is kept what was published.
    pub cache: &'a Cache,
}

/// Brings the output folder up to date. A second time it writes nothing.
///
/// # Errors
/// [`Stop::Site`] if the folder is somebody else's, if something of somebody else's is in the way, or if an original was
/// changed meanwhile; no page has been changed then. [`Stop::Machine`] if it cannot be written to.
pub fn publish(
    output: &Output,
    site: &Finished<'_>,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<Published, Stop> {
    publish_on(&Disk::new(&|| Ok(()), true), output, site, progress, report)
}

/// What the output is to hold.
pub(super) type Wanted<'a> = BTreeMap<&'a OutputPath, Content<'a>>;

pub(super) fn publish_on(
    disk: &Disk<'_>,
    output: &Output,
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
        Found::Manifest(manifest) => manifest,
        Found::None | Found::Unreadable => Manifest::default(),
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

/// Everything that is to lie in the output. An author's file that would take the place of another is reported.
fn wanted<'a>(site: &Finished<'a>, report: &mut Report) -> Wanted<'a> {
    let Finished { plan, rendered, pages, keys, .. } = *site;
    let stored = plan.renditions.iter().zip(&rendered.files);
    let stored =
        stored.filter_map(|(rendition, file)| Some((rendition.path.as_ref()?, Inside::Stored(file), rendition.naming)));
    let transcodes = plan.transcodes.iter().zip(&rendered.transcodes);
    let transcodes = transcodes.map(|(transcode, file)| (&transcode.path, Inside::Stored(file), Naming::Content));
    let stills = plan.stills.iter().zip(&rendered.stills);
    let stills = stills.filter_map(|(still, file)| Some((still.path.as_ref()?, Inside::Stored(file), Naming::Content)));
    let originals = plan.copies.iter().map(|copy| (&copy.path, Inside::Original(copy), copy.naming));
    let audiences = &plan.audiences;
    let (own, authors): (Vec<_>, Vec<_>) = stored
        .chain(transcodes)
        .chain(stills)
        .chain(originals)
        .flat_map(|(path, inside, naming)| {
            audiences.places(path).map(move |(audience, place)| match (audience, inside) {
                (Audience::Everybody, Inside::Stored(file)) => (place, Content::Stored(file, naming)),
                (Audience::Everybody, Inside::Original(copy)) => (place, Content::Original(copy)),
                (Audience::Holders(id), inside) => {
                    let lock = keys.lock(&audiences.passwords[id.0 as usize]);
                    (place, Content::Locked(lock, place, inside))
                }
            })
        })
        .partition(|(_, content)| content.naming() == Naming::Content);
    let mut wanted: Wanted<'a> = own.into_iter().collect();
    wanted.extend(pages.assets.iter().map(|file| (&file.path, Content::Asset(&file.bytes))));
    wanted.extend(pages.pages.iter().map(|file| (&file.path, Content::Page(&file.bytes))));
    for (path, content) in authors {
        let name = path.as_path().name();
        if name == manifest::NAME || atomic::is_temporary(name.as_ref()) {
            report.push(own_name(path));
            continue;
        }
        match wanted.entry(path) {
            Entry::Vacant(place) => drop(place.insert(content)),
            // A picture in `static/` that markup names as well: the copy without metadata is what the page was promised.
            Entry::Occupied(mut place) if is_same_file(*place.get(), content) => {
                if matches!(content, Content::Stored(..)) {
                    place.insert(content);
                }
            }
            Entry::Occupied(_) => report.push(taken(path, &format!("`{path}`, which cimaise writes"))),
        }
    }
    for path in wanted.keys() {
        let folder = OutputPath::from_path(path.folder());
        if wanted.contains_key(&folder) {
            report.push(taken(&folder, &format!("the folder of `{path}`")));
        }
    }
    wanted
}

/// Whether both are the file of one name in the site: as it is, and without what must not be published.
fn is_same_file(one: Content<'_>, other: Content<'_>) -> bool {
    matches!(
        (one, other),
        (Content::Stored(_, Naming::Author), Content::Original(Copy { naming: Naming::Author, .. }))
            | (Content::Original(Copy { naming: Naming::Author, .. }), Content::Stored(_, Naming::Author))
    )
}

/// Of a file that would be taken for one of cimaise's own.
fn own_name(path: &OutputPath) -> Diagnostic {
    Diagnostic::error(format!("the file `{path}` of the site has a name that cimaise uses for itself"))
        .help("rename it, or take it out of `static/` or `include`")
}

fn taken(path: &OutputPath, place: &str) -> Diagnostic {
    Diagnostic::error(format!("the file `{path}` of the site would take the place of {place}"))
        .help("rename it, or take it out of `static/` or `include`")
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

/// A file to be put, and whether something is there already.
pub(super) struct Todo<'a> {
    pub(super) path: &'a OutputPath,
    pub(super) content: Content<'a>,
    replaces: bool,
}

/// The files that do not hold what they are to hold, in the order in which they have to be put.
fn differing<'a>(
    disk: &Disk<'_>,
    output: &Path,
    wanted: &Wanted<'a>,
    old: &Manifest,
    known: Option<&Inventory>,
    report: &mut Report,
) -> Result<Vec<Todo<'a>>, Failure> {
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
                todo.push(Todo { path, content, replaces: true });
            }
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                todo.push(Todo { path, content, replaces: false });
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
