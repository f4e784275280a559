//! Stories from photos: from all photos of a folder (`autogen`), or only from new ones (`sync`).

use std::io::ErrorKind;
use std::path::PathBuf;

use super::photos::{DatedPhoto, photos};
use super::title::shown;
use super::write;
use crate::diagnostic::{Code, Diagnostic, Report, Stop};
use crate::machine::{Share, fs};
use crate::site::{mentioned_files, rows};
use crate::source::{Edit, Folder, SETTINGS, SettingsKind, SitePath, Source, modeline, quoted};

/// The outcome for one folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The folder.
    pub folder: SitePath,
    /// The outcome.
    pub outcome: ComposeOutcome,
}

/// Outcome of composing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ComposeOutcome {
    /// This many photos were added to the story.
    Written(usize),
    /// The same, in a new settings file.
    Begun(usize),
    /// Nothing was changed, for this reason.
    Skipped(&'static str),
}

/// Creates the sections of a gallery from the photos in its folder. Keeps all existing settings, except sections if `force` is given.
///
/// # Errors
/// [`Stop::Site`] if the settings cannot be changed; [`Stop::Machine`] if they cannot be written.
pub fn autogen(
    source: &Source,
    folder: &Folder,
    force: bool,
    share: &Share,
    report: &mut Report,
) -> Result<Composed, Stop> {
    let settings = &folder.settings;
    let skipped = |why| Ok(Composed { folder: folder.path.clone(), outcome: ComposeOutcome::Skipped(why) });
    if !folder.children.is_empty() {
        return skipped("unchanged: the gallery shows the galleries inside");
    }
    if settings.static_page.is_some() {
        return skipped("unchanged: the gallery is a static page");
    }
    if settings.sections.is_some() && !force {
        return skipped("unchanged: the gallery has sections (use --force to replace them)");
    }
    let photos = photos(source, &folder.path, share, report)?;
    let Some(oldest) = photos.first() else { return skipped("unchanged: the folder contains no photo") };
    change(source, &folder.path, report, |edit| {
        if !edit.has("date") {
            edit.set("date", &[oldest.day().to_string()]);
        }
        if !edit.has("cover") {
            edit.set("cover", &[quoted(&oldest.name)]);
        }
        let group = group(&photos);
        let dashed = group.iter().enumerate().map(|(at, line)| format!("{}{line}", if at == 0 { "- " } else { "  " }));
        edit.set("sections", &dashed.collect::<Vec<_>>());
        Ok(())
    })?;
    Ok(Composed { folder: folder.path.clone(), outcome: ComposeOutcome::Written(photos.len()) })
}

/// Turns a folder without settings into a gallery; its name becomes the title.
///
/// # Errors
/// As `autogen`.
pub fn begin(source: &Source, folder: &SitePath, share: &Share, report: &mut Report) -> Result<Composed, Stop> {
    let photos = photos(source, folder, share, report)?;
    let Some(oldest) = photos.first() else {
        return Ok(Composed {
            folder: folder.clone(),
            outcome: ComposeOutcome::Skipped("unchanged: the folder contains no photo"),
        });
    };
    let title = folder.name().replace(['_', '-'], " ");
    let title = if title.trim().is_empty() { folder.name().to_owned() } else { title.trim().to_owned() };
    let mut text = format!(
        "{}title: {}\ndate: {}\ncover: {}\nsections:\n",
        modeline(SettingsKind::Gallery),
        shown(&title),
        oldest.day(),
        quoted(&oldest.name)
    );
    for (at, line) in group(&photos).iter().enumerate() {
        text.push_str(&format!("{}{line}\n", if at == 0 { "- " } else { "  " }));
    }
    write::write(&settings_path(source, folder), None, &text)?;
    Ok(Composed { folder: folder.clone(), outcome: ComposeOutcome::Begun(photos.len()) })
}

/// Appends the photos that the gallery's settings do not name to its story.
///
/// # Errors
/// As `autogen`.
pub fn sync(source: &Source, folder: &Folder, share: &Share, report: &mut Report) -> Result<Composed, Stop> {
    let done = |outcome| Ok(Composed { folder: folder.path.clone(), outcome });
    if !folder.children.is_empty() {
        return done(ComposeOutcome::Skipped("unchanged: the gallery shows the galleries inside"));
    }
    let named = mentioned_files(source, folder);
    for name in named.missing {
        let message = format!("file `{}` not found", name.value);
        report.push(Diagnostic::new(Code::FileMissing, message).as_warning().at(name.span));
    }
    let mut photos = photos(source, &folder.path, share, report)?;
    photos.retain(|photo| !named.files.contains(&folder.path.child(&photo.name)));
    if photos.is_empty() {
        return done(ComposeOutcome::Skipped("unchanged: no new photos"));
    }
    change(source, &folder.path, report, |edit| edit.push("sections", &group(&photos)))?;
    done(ComposeOutcome::Written(photos.len()))
}

/// Whether a folder has settings. A symlink to settings elsewhere counts, and so do unreadable settings: neither may be replaced.
#[must_use]
pub fn has_settings(source: &Source, folder: &SitePath) -> bool {
    match fs::symlink_metadata(settings_path(source, folder)) {
        Ok(_) => true,
        Err(error) => error.kind() != ErrorKind::NotFound,
    }
}

fn settings_path(source: &Source, folder: &SitePath) -> PathBuf {
    folder.child(SETTINGS).under(&source.root)
}

fn change(
    source: &Source,
    folder: &SitePath,
    report: &mut Report,
    edit: impl FnOnce(&mut Edit) -> Result<(), &'static str>,
) -> Result<(), Stop> {
    let path = settings_path(source, folder);
    let old = write::read(&path)?;
    let text = old.as_ref().map_or("", |(text, _)| text);
    let changed = Edit::new(text).and_then(|mut editor| {
        edit(&mut editor)?;
        editor.finish()
    });
    match changed {
        Ok(new) => Ok(write::write(&path, old.as_ref(), &new)?),
        Err(why) => {
            let error =
                Diagnostic::new(Code::SettingsNotEditable, format!("cannot change the settings: the file {why}"));
            report.push(error.in_file(folder.child(SETTINGS).to_string()).help("change the file by hand"));
            Err(Stop::Site)
        }
    }
}

/// Formats a group of these photos, in rows of about equal width, as the lines of an item of `sections`.
fn group(photos: &[DatedPhoto]) -> Vec<String> {
    let ratios: Vec<f64> = photos.iter().map(|photo| photo.ratio).collect();
    let mut lines = vec!["type: pictures-group".to_owned(), "images:".to_owned()];
    let mut rest = photos.iter();
    for length in rows::divide(&ratios) {
        let names: Vec<String> = rest.by_ref().take(length).map(|photo| quoted(&photo.name)).collect();
        lines.push(format!("- [{}]", names.join(", ")));
    }
    lines
}
