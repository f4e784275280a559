//! Stories of galleries that have settings: from all photos of a folder (`autogen`), or only from new ones (`sync`).

use std::collections::BTreeSet;

use super::composer::Composer;
use super::insert;
use super::moves::Moves;
use super::outcome::{Added, ComposeOutcome, Composed};
use super::write::change;
use crate::diagnostic::{Code, Diagnostic, Report, Stop};
use crate::site::{
    Candidate, Choice, Clock, Story, Twin, WrittenEntries, mentioned_files, own_twins, rows_of, without_copies,
};
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
    moves: &Moves,
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
    let cover = settings.cover.as_ref().and_then(|cover| folder.path.join(&cover.name.value));
    let moved = moves.photos(&folder.path);
    let named = |path: &SitePath| cover.as_ref() == Some(path) || moved.contains(path);
    let (photos, twins) = composer.photos(&home, &named, report)?;
    if photos.is_empty() {
        return Ok(Composed::skipped(&folder.path, composer.nothing()));
    }
    let story = story(&photos, &folder.path, cover.as_ref(), moves);
    change(composer.source, &folder.path, report, |edit| {
        set(edit, &story, &settings.title.value, &moves.items(&folder.path));
        moves.sections(&folder.path).iter().try_for_each(|section| edit.push("sections", section))
    })?;
    let outcome = ComposeOutcome::Written { added: Added::without(&photos, &moved), renamed: 0, moved: moved.len() };
    Ok(Composed { twins, ..Composed::of(&folder.path, outcome) })
}

/// Shapes a story. Photos that have sections of their own stay out of its rows, and those with entries do not open the story.
pub(super) fn story(photos: &[Candidate], folder: &SitePath, cover: Option<&SitePath>, moves: &Moves) -> Story {
    let all: Vec<&Candidate> = photos.iter().collect();
    let story = Story::of(&all, folder, cover);
    let moved = moves.photos(folder);
    if moved.is_empty() {
        return story;
    }
    let items = moves.items(folder);
    let opening = story.opening.filter(|opening| !moved.iter().any(|photo| photo.relative_to(folder) == opening.name));
    let is_row = |photo: &&Candidate| {
        let name = photo.path.relative_to(folder);
        let opens = opening.as_ref().is_some_and(|opening| opening.name == name);
        !opens && (!moved.contains(&photo.path) || items.contains_key(&name))
    };
    let rows: Vec<&Candidate> = all.into_iter().filter(is_row).collect();
    Story { rows: rows_of(&rows, folder), opening, ..story }
}

fn set(edit: &mut Edit, story: &Story, title: &str, entries: &WrittenEntries) {
    if let Some(date) = story.date.filter(|_| !edit.has("date")) {
        edit.set("date", &[date.to_string()]);
    }
    if let Some(cover) = story.cover.as_ref().filter(|_| !edit.has("cover")) {
        edit.set("cover", &[cover.line()]);
    }
    match story.lines(title, entries) {
        // Only sections of other galleries follow.
        lines if lines.is_empty() => {}
        lines => edit.set("sections", &lines),
    }
}

impl Composer<'_> {
    /// Returns the reason for writing no story.
    pub(super) fn nothing(&self) -> &'static str {
        match self.choice == Choice::default() {
            true => "unchanged: the folder contains no photo",
            false => "unchanged: the folder contains no photo with these stars and keywords",
        }
    }
}

/// Adds the photos that the gallery's settings do not name to its story: at the end, or, `by_time`, behind those taken before them.
/// Corrects the names of photos that were renamed, and takes the entries of photos that came from other galleries.
///
/// # Errors
/// As `autogen`.
pub fn sync(
    composer: &mut Composer<'_>,
    folder: &Folder,
    by_time: bool,
    moves: &Moves,
    report: &mut Report,
) -> Result<Composed, Stop> {
    if !folder.children.is_empty() {
        return Ok(Composed::skipped(&folder.path, INDEX));
    }
    let source = composer.source;
    let home = composer.home(folder);
    // A photo that was renamed keeps its place, whatever its stars.
    let all = composer.all_photos(&home, report)?;
    let by_time = by_time.then(|| Clock::of(&all));
    let named = mentioned_files(source, folder);
    let (old, mut new): (Vec<Candidate>, Vec<Candidate>) =
        all.into_iter().partition(|photo| named.files.contains(&photo.path));
    let renames = renames(composer, folder, &named.missing, &new);
    let is_renamed = |name: &Spanned<String>| renames.iter().any(|rename| rename.name.span == name.span);
    for name in named.missing.iter().filter(|name| !is_renamed(name) && !moves.takes(folder, name)) {
        report.push(not_found(name, moves.of_name(&folder.path, &name.value)));
    }
    let taken: BTreeSet<&SitePath> = renames.iter().map(|rename| &rename.to).collect();
    let (moved, items) = (moves.photos(&folder.path), moves.items(&folder.path));
    new.retain(|photo| match moved.contains(&photo.path) {
        true => items.contains_key(&photo.path.relative_to(&folder.path)),
        false => !taken.contains(&photo.path) && composer.choice.admits(photo),
    });
    let (new, twins) = without_copies_of(&old, new, &moved, own_twins(source, &home), &named.files);
    if new.is_empty() && renames.is_empty() && moved.is_empty() {
        return Ok(Composed { twins, ..Composed::skipped(&folder.path, "unchanged: no new photos") });
    }
    change(source, &folder.path, report, |edit| {
        if folder.settings.sections.is_some() && !edit.has("sections") {
            return Err("has no valid key `sections`");
        }
        for Rename { name, to } in &renames {
            let place = name.span.start as usize..name.span.end as usize;
            edit.rename(place, &name.value, &to.relative_to(&folder.path))?;
        }
        insert::insert(edit, folder, &old, &new, &items, by_time)?;
        moves.sections(&folder.path).iter().try_for_each(|section| edit.push("sections", section))
    })?;
    let (added, renamed, moved) = (Added::without(&new, &moved), taken.len(), moved.len());
    Ok(Composed { twins, ..Composed::of(&folder.path, ComposeOutcome::Written { added, renamed, moved }) })
}

/// Removes copies of `old` photos, and of each other, from `new` ones. Adds them to the `twins` by name, apart from those that the settings
/// name.
fn without_copies_of(
    old: &[Candidate],
    new: Vec<Candidate>,
    moved: &BTreeSet<&SitePath>,
    mut twins: Vec<Twin>,
    named: &BTreeSet<&SitePath>,
) -> (Vec<Candidate>, Vec<Twin>) {
    let all = old.iter().cloned().chain(new).collect();
    let (mut kept, copies) = without_copies(all, &|path| named.contains(path) || moved.contains(path));
    kept.retain(|photo| !named.contains(&photo.path));
    twins.retain(|twin| !named.contains(&twin.left_out));
    twins.extend(copies);
    (kept, twins)
}

/// Reports a name without a file, which may be in another gallery now.
fn not_found(name: &Spanned<String>, now: Option<&SitePath>) -> Diagnostic {
    let message = format!("file `{}` not found", name.value);
    let error = Diagnostic::new(Code::FileMissing, message).as_warning().at(name.span);
    match now {
        Some(path) => error.help(format!("the file is now `{path}`")),
        None => error,
    }
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
