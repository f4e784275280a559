//! Fills the gaps that a site may have: sections, covers and dates.
//!
//! In: a source. Out: the same source without gaps. A site of récitale or prosopopée, and one with templates of its own, shows only what
//! its author named.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::cache::Ledger;
use crate::diagnostic::{Failure, Report};
use crate::machine::{Machine, fs};
use crate::site::lookup::FileNames;
use crate::site::policy::licence;
use crate::site::read::{Depth, Facts, Listed};
use crate::site::story::Candidate;
use crate::site::story::choice::Choice;
use crate::site::story::clock::Clock;
use crate::site::story::own::own_media;
use crate::site::story::read::Candidates;
use crate::site::story::shape::{Story, StoryMedia, best};
use crate::site::story::twin::without_copies;
use crate::site::videos::{Toolbox, VideoPolicy};
use crate::source::{Folder, MediaKind, SitePath, Source, Spanned};

/// Maximum number of galleries that a note names.
const NAMED: usize = 5;

/// What a gallery lacks.
enum Gap<'a> {
    /// Sections.
    Story(Vec<Listed<'a>>),
    /// Only a cover, which is one of these files on the page.
    Cover(Vec<Listed<'a>>),
    /// Only a cover, which is one of these files in its folder.
    UnnamedCover(Vec<Listed<'a>>),
}

/// Returns the source with sections, covers and dates where they were missing; `None` if nothing was.
///
/// # Errors
/// If the machine has no resources left to run ffprobe.
pub(in crate::site) fn filled(
    source: &Source,
    videos: VideoPolicy,
    toolbox: &mut Toolbox,
    depth: Depth<'_>,
    machine: &Machine<'_>,
    ledger: &mut Ledger<Facts>,
    report: &mut Report,
) -> Result<Option<Source>, Failure> {
    let mut gaps = BTreeMap::new();
    find(source, &Gaps::of(source), &source.galleries, &mut gaps);
    if gaps.is_empty() {
        return Ok(None);
    }
    let files: BTreeMap<_, _> = gaps.values().flat_map(|gap| gap.files()).copied().collect();
    let files: Vec<Listed<'_>> = files.into_iter().collect();
    let read = Candidates::read_with(source, &files, videos, toolbox, depth, machine, ledger)?;
    let stories = gaps.values().filter(|gap| matches!(gap, Gap::Story(_)));
    let shown: Vec<&str> = stories.flat_map(|gap| gap.files()).map(|(path, _)| path.as_str()).collect();
    for warning in &read.left_out {
        if !matches!(&warning.place, crate::diagnostic::Place::File(path) if !shown.contains(&path.as_str())) {
            report.push(warning.clone());
        }
    }
    let mut filled = source.clone();
    let mut filler = Filler { gaps: &gaps, read: &read, dates: source.made_up, shown: Vec::new() };
    filler.fill(&mut filled.galleries);
    filler.note(machine);
    Ok(Some(filled))
}

impl<'a> Gap<'a> {
    fn files(&self) -> &[Listed<'a>] {
        match self {
            Self::Story(files) | Self::Cover(files) | Self::UnnamedCover(files) => files,
        }
    }
}

/// The gaps of a site that may be filled.
struct Gaps<'a> {
    names: FileNames<'a>,
    /// Whether photos that the author did not name may be shown.
    unnamed: bool,
}

impl<'a> Gaps<'a> {
    fn of(source: &'a Source) -> Self {
        Self { names: FileNames::of(source), unnamed: source.templates.is_empty() && !is_of_recitale(source) }
    }

    /// Returns what a gallery lacks. No photo of a protected gallery becomes a cover by itself: indexes show covers to everyone.
    fn of_gallery(&self, source: &'a Source, folder: &'a Folder) -> Option<Gap<'a>> {
        let settings = &folder.settings;
        let is_static = settings.static_page.is_some_and(|flag| flag.value);
        if settings.sections.is_none() && !is_static && self.unnamed {
            let own = own_media(source, &folder.photos);
            return (!own.is_empty()).then_some(Gap::Story(own));
        }
        let public = settings.public.is_none_or(|public| public.value);
        if settings.cover.is_some() || settings.password.is_some() || !public {
            return None;
        }
        let named = settings.sections.iter().flat_map(|sections| &sections.value);
        let named = named.flat_map(|section| section.parts().media).filter(|media| media.kind == MediaKind::Image);
        let named = named.filter_map(|media| self.names.lookup(&folder.path, &media.name.value));
        let files: Vec<Listed<'a>> = named.filter_map(|path| source.files.get_key_value(path)).collect();
        if !files.is_empty() {
            return Some(Gap::Cover(files));
        }
        let own = if self.unnamed { own_media(source, &folder.photos) } else { Vec::new() };
        (!own.is_empty()).then_some(Gap::UnnamedCover(own))
    }
}

/// Returns whether the site was made for récitale or prosopopée: its settings have their keys, their caches are in it, or git ignores them.
/// Such a site may have pages without sections beside photos that its author did not want to publish.
fn is_of_recitale(source: &Source) -> bool {
    if source.settings.of_recitale {
        return true;
    }
    let at_root = |name: &str| source.files.get(&SitePath::root().child(name));
    let ignored = at_root(".gitignore").and_then(|file| fs::read_limited(&file.absolute, 1 << 16).ok()?);
    let ignored = ignored.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    licence::CACHES.iter().any(|(name, _)| at_root(name).is_some() || ignored.contains(name))
}

fn find<'a>(source: &'a Source, gaps: &Gaps<'a>, folders: &'a [Folder], found: &mut BTreeMap<&'a SitePath, Gap<'a>>) {
    for folder in folders {
        match folder.children.is_empty() {
            true => found.extend(gaps.of_gallery(source, folder).map(|gap| (&folder.path, gap))),
            false => find(source, gaps, &folder.children, found),
        }
    }
}

/// Fills the gaps, with what is known of the files.
struct Filler<'a> {
    gaps: &'a BTreeMap<&'a SitePath, Gap<'a>>,
    read: &'a Candidates,
    /// Whether galleries without a date get one.
    dates: bool,
    /// Galleries that show photos which their settings do not name, with what they show.
    shown: Vec<(SitePath, usize)>,
}

impl Filler<'_> {
    /// Fills the gaps of these galleries; returns the newest of their dates.
    fn fill(&mut self, folders: &mut [Folder]) -> Option<Date> {
        let mut newest = None;
        for folder in folders {
            let inside = self.fill(&mut folder.children);
            let own = self.fill_one(folder);
            let settings = &mut folder.settings;
            if self.dates && settings.date.is_none() {
                settings.date = inside.or(own).map(|day| Spanned::new(day, settings.title.span));
            }
            newest = newest.max(settings.date.map(|date| date.value));
        }
        newest
    }

    /// Fills the gaps of one gallery; returns its date if it is a story.
    fn fill_one(&mut self, folder: &mut Folder) -> Option<Date> {
        let gap = self.gaps.get(&folder.path)?;
        let known = gap.files().iter().filter_map(|(path, _)| self.read.found.get(*path));
        let admitted = known.filter(|candidate| Choice::default().admits(candidate)).cloned().collect();
        let settings = &mut folder.settings;
        let span = settings.title.span;
        let cover = settings.cover.as_ref().and_then(|cover| folder.path.join(&cover.name.value));
        let (candidates, _) = without_copies(admitted, &|path| cover.as_ref() == Some(path));
        let mut candidates: Vec<&Candidate> = candidates.iter().collect();
        if matches!(gap, Gap::UnnamedCover(_)) {
            let clock = Clock::of(candidates.iter().copied());
            candidates.sort_by(|a, b| clock.compare(a, b));
        }
        let Gap::Story(_) = gap else {
            let cover = best(&candidates)?;
            let cover = StoryMedia { name: cover.path.relative_to(&folder.path), video: cover.video };
            settings.cover = Some(cover.reference(span));
            return None;
        };
        let story = Story::of(&candidates, &folder.path, cover.as_ref());
        settings.sections = Some(Spanned::new(story.sections(&settings.title), span));
        if settings.cover.is_none() && settings.password.is_none() {
            settings.cover = story.cover.as_ref().map(|cover| cover.reference(span));
        }
        if story.cover.is_some() {
            self.shown.push((folder.path.clone(), story.photos + story.videos));
        }
        story.date
    }

    /// Tells the author which galleries show photos that they did not name.
    fn note(&self, machine: &Machine<'_>) {
        if self.dates || self.shown.is_empty() {
            return;
        }
        let mut named: Vec<String> =
            self.shown.iter().take(NAMED).map(|(path, count)| format!("`{path}` ({count})")).collect();
        if self.shown.len() > NAMED {
            named.push(format!("{} more", self.shown.len() - NAMED));
        }
        let galleries = if self.shown.len() == 1 { "gallery" } else { "galleries" };
        let named = named.join(", ");
        let line =
            format!("showing all photos of the {galleries} without `sections`: {named}; `sections: []` shows none");
        machine.progress().tell(&line);
    }
}
