//! Settings for folders that have none: the made-up site, written down.
//!
//! In: galleries without settings. Out: a settings file for each. A build shows the same before and after.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::composer::Composer;
use super::moves::Moves;
use super::outcome::{Added, ComposeOutcome, Composed};
use super::story::story;
use super::write::{settings_path, write};
use crate::diagnostic::{Failure, Report, Stop};
use crate::machine::fs;
use crate::site::{Story, Twin};
use crate::source::{
    Folder, SETTINGS, SettingsKind, SitePath, Source, Unwritten, dashed, folder_of, modeline, quoted, root_text,
};

/// Comments in the settings of a new gallery.
const HINTS: &str = "\
# sub_title: A line below the title
# description: A sentence for search engines
# public: false      # the page exists, but no index lists it
# Rows of photos, in the order of the page. A caption: {name: a.jpg, text: 'The caption'}
";

/// Comments in the settings of a new index.
const INDEX_HINTS: &str = "\
# The page lists the galleries in this folder, the newest first.
# reverse: true      # the oldest first
";

/// Writes the root settings of the site in `folder`, whose name is `name`.
///
/// # Errors
/// If the file cannot be written.
pub fn begin_site(folder: &std::path::Path, name: &str) -> Result<(), Failure> {
    write(&folder.join(SETTINGS), None, &root_text(name))
}

/// Writes settings for these galleries, sorted by path. `name` is the name of the site's folder.
///
/// # Errors
/// [`Stop::Site`] if a photo cannot be read; [`Stop::Machine`] if a file cannot be written.
pub fn begin(
    composer: &mut Composer<'_>,
    galleries: &[Unwritten],
    name: &str,
    report: &mut Report,
) -> Result<Vec<Composed>, Stop> {
    let moves = composer.moves_into_new(galleries);
    let mut stories = BTreeMap::new();
    for Unwritten { path, photos } in galleries {
        if let Some(photos) = photos {
            let moved = moves.photos(path);
            let (photos, twins) = composer.photos(photos, &|path| moved.contains(path), report)?;
            let added = Added::without(&photos, &moved);
            stories.insert(path, NewStory { story: story(&photos, path, None, &moves), added, twins });
        }
    }
    let dates = dates(&composer.source.galleries, &stories);
    let mut done = Vec::new();
    for gallery in galleries {
        let story = stories.get(&gallery.path);
        done.push(match story.is_some_and(|new| new.story.cover.is_none()) {
            true => Composed::skipped(&gallery.path, composer.nothing()),
            false => write_one(composer.source, gallery, name, story, &moves, &dates)?,
        });
    }
    moves.finish(composer, &mut done, report)?;
    Ok(done)
}

/// Returns the dates of galleries, existing and new ones.
fn dates(existing: &[Folder], stories: &BTreeMap<&SitePath, NewStory>) -> Vec<(SitePath, Date)> {
    let mut dates: Vec<(SitePath, Date)> =
        stories.iter().filter_map(|(path, new)| Some(((*path).clone(), new.story.date?))).collect();
    let mut folders: Vec<&Folder> = existing.iter().collect();
    while let Some(folder) = folders.pop() {
        dates.extend(folder.settings.date.map(|date| (folder.path.clone(), date.value)));
        folders.extend(&folder.children);
    }
    dates
}

fn write_one(
    source: &Source,
    gallery: &Unwritten,
    name: &str,
    story: Option<&NewStory>,
    moves: &Moves,
    dates: &[(SitePath, Date)],
) -> Result<Composed, Stop> {
    let path = &gallery.path;
    let title =
        folder_of(gallery, name, &mut Report::default()).map_or(String::new(), |folder| folder.settings.title.value);
    let newest = dates.iter().filter(|(inside, _)| inside.is_within(path)).map(|(_, date)| *date).max();
    let text = match story {
        Some(new) => text(&new.story, &title, path, moves),
        None => index_text(&title, newest),
    };
    let folder = path.under(&source.root);
    fs::create_dir_all(&folder).map_err(Failure::on("create the folder", &folder))?;
    write(&settings_path(source, path), None, &text)?;
    let moved = moves.photos(path).len();
    let outcome = story.map_or(ComposeOutcome::Index, |new| ComposeOutcome::Begun { added: new.added, moved });
    let twins = story.map(|new| new.twins.clone()).unwrap_or_default();
    Ok(Composed { twins, ..Composed::of(path, outcome) })
}

/// The story of a new gallery.
struct NewStory {
    story: Story,
    added: Added,
    twins: Vec<Twin>,
}

fn text(story: &Story, title: &str, path: &SitePath, moves: &Moves) -> String {
    let mut lines = vec![format!("{}title: {}", modeline(SettingsKind::Gallery), quoted(title))];
    lines.extend(story.date.map(|date| format!("date: {date}")));
    lines.extend(story.cover.as_ref().map(|cover| format!("cover: {}", cover.line())));
    let mut sections = story.lines(title, &moves.items(path));
    sections.extend(moves.sections(path).iter().flat_map(|lines| dashed(lines)));
    format!("{}\n{HINTS}sections:\n{}\n", lines.join("\n"), sections.join("\n"))
}

fn index_text(title: &str, newest: Option<Date>) -> String {
    let date = newest.map_or(String::new(), |date| format!("date: {date}\n"));
    format!("{}title: {}\n{date}{INDEX_HINTS}", modeline(SettingsKind::Gallery), quoted(title))
}
