//! Stories of galleries that have settings: from all photos of a folder (`autogen`), or only from new ones (`sync`).

use std::collections::BTreeSet;

use super::composer::Composer;
use super::insert;
use super::outcome::{Added, ComposeOutcome, Composed};
use super::write::change;
use crate::diagnostic::{Code, Diagnostic, Report, Stop};
use crate::site::{Candidate, Clock, Story, mentioned_files};
use crate::source::{Edit, Folder, SitePath, Spanned};

/// Reason for leaving an index alone.
const INDEX: &str = "unchanged: the gallery shows the galleries inside";

/// Creates the sections of a gallery from the photos in its folder. Keeps all existing settings, except sections if `force` is given.
///
/// # Errors
/// [`Stop::Site`] if the settings cannot be changed; [`Stop::Machine`] if they cannot be written.
pub fn autogen(
    composer: &mut Composer<'_>,
    folder: &Folder,
    force: bool,
    report: &mut Report,
) -> Result<Composed, Stop> {
    let settings = &folder.settings;
    if !folder.children.is_empty() {
        return Ok(Composed::skipped(&folder.path, INDEX));
    }
    if settings.static_page.is_some() {
        return Ok(Composed::skipped(&folder.path, "unchanged: the gallery is a static page"));
    }
    if settings.sections.is_some() && !force {
        let why = "unchanged: the gallery has sections (use --force to replace them)";
        return Ok(Composed::skipped(&folder.path, why));
    }
    let home = composer.home(folder);
    let photos = composer.photos(&home, report)?;
    if photos.is_empty() {
        return Ok(Composed::skipped(&folder.path, composer.nothing()));
    }
    let cover = settings.cover.as_ref().and_then(|cover| folder.path.join(&cover.name.value));
    let story = Story::of(&photos.iter().collect::<Vec<_>>(), &folder.path, cover.as_ref());
    change(composer.source, &folder.path, report, |edit| {
        set(edit, &story, &settings.title.value);
        Ok(())
    })?;
    let outcome = ComposeOutcome::Written { added: Added::of(&story), renamed: 0 };
    Ok(Composed { folder: folder.path.clone(), outcome })
}

fn set(edit: &mut Edit, story: &Story, title: &str) {
    if let Some(date) = story.date.filter(|_| !edit.has("date")) {
        edit.set("date", &[date.to_string()]);
    }
    if let Some(cover) = story.cover.as_ref().filter(|_| !edit.has("cover")) {
        edit.set("cover", &[cover.line()]);
    }
    edit.set("sections", &story.lines(title));
}

impl Composer<'_> {
    /// Returns the reason for writing no story.
    pub(super) fn nothing(&self) -> &'static str {
        match self.choice == crate::site::Choice::default() {
            true => "unchanged: the folder contains no photo",
            false => "unchanged: the folder contains no photo with these stars and keywords",
        }
    }
}

/// Adds the photos that the gallery's settings do not name to its story: at the end, or, `by_time`, behind those taken before them.
/// Corrects the names of photos that were renamed.
///
/// # Errors
/// As `autogen`.
pub fn sync(
    composer: &mut Composer<'_>,
    folder: &Folder,
    by_time: bool,
    report: &mut Report,
) -> Result<Composed, Stop> {
    if !folder.children.is_empty() {
        return Ok(Composed::skipped(&folder.path, INDEX));
    }
    let source = composer.source;
    let home = composer.home(folder);
    // A photo that was renamed keeps its place, whatever its stars.
    let choice = std::mem::take(&mut composer.choice);
    let all = composer.photos(&home, report);
    composer.choice = choice;
    let all = all?;
    let by_time = by_time.then(|| Clock::of(&all));
    let named = mentioned_files(source, folder);
    let (old, mut new): (Vec<Candidate>, Vec<Candidate>) =
        all.into_iter().partition(|photo| named.files.contains(&photo.path));
    let renames = renames(composer, folder, &named.missing, &new);
    for name in named.missing.iter().filter(|name| !renames.iter().any(|rename| rename.name.span == name.span)) {
        let message = format!("file `{}` not found", name.value);
        report.push(Diagnostic::new(Code::FileMissing, message).as_warning().at(name.span));
    }
    let taken: BTreeSet<&SitePath> = renames.iter().map(|rename| &rename.to).collect();
    new.retain(|photo| !taken.contains(&photo.path) && composer.choice.admits(photo));
    if new.is_empty() && renames.is_empty() {
        return Ok(Composed::skipped(&folder.path, "unchanged: no new photos"));
    }
    change(source, &folder.path, report, |edit| {
        for Rename { name, to } in &renames {
            let place = name.span.start as usize..name.span.end as usize;
            edit.rename(place, &name.value, &to.relative_to(&folder.path))?;
        }
        insert::insert(edit, folder, &old, &new, by_time)
    })?;
    let added = Added {
        photos: new.iter().filter(|photo| !photo.video).count(),
        videos: new.iter().filter(|photo| photo.video).count(),
    };
    Ok(Composed { folder: folder.path.clone(), outcome: ComposeOutcome::Written { added, renamed: taken.len() } })
}

/// A name in the settings whose file has another name now.
struct Rename<'a> {
    name: &'a Spanned<String>,
    to: SitePath,
}

/// Finds the files that were renamed: those with the bytes that an earlier build read under a name that is gone.
fn renames<'a>(
    composer: &Composer<'_>,
    folder: &Folder,
    missing: &[&'a Spanned<String>],
    new: &[Candidate],
) -> Vec<Rename<'a>> {
    let digests = composer.digests_of_missing();
    let renamed = |name: &&'a Spanned<String>| {
        let digest = digests.get(folder.path.join(&name.value)?.as_str())?;
        let same = new.iter().find(|photo| photo.digest.as_ref() == Some(digest))?;
        Some(Rename { name, to: same.path.clone() })
    };
    missing.iter().filter_map(renamed).collect()
}
