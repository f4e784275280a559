//! Puts new photos into the sections of a gallery.
//!
//! In: the photos that the sections name, and new ones. Out: changes of the settings.

use std::ops::Range;

use crate::site::{Candidate, Clock, WrittenEntries, group_lines, rows_of, written_rows};
use crate::source::{Beside, Edit, Folder, SectionKind, Spanned};

/// Adds new photos, which are in order, with the `entries` that exist: at the end as a group, or, by the clock `by_time`, behind the row of
/// the last photo taken before them.
pub(super) fn insert(
    edit: &mut Edit,
    folder: &Folder,
    old: &[Candidate],
    new: &[Candidate],
    entries: &WrittenEntries,
    by_time: Option<Clock>,
) -> Result<(), &'static str> {
    let mut anchors = if by_time.is_some() { anchors(folder, old) } else { Vec::new() };
    let clock = by_time.unwrap_or(Clock::Clocks);
    anchors.sort_by(|a, b| clock.compare(a.0, b.0));
    let mut rest = new;
    while let Some(first) = rest.first() {
        let before = anchors.iter().rposition(|(photo, _)| clock.compare(photo, first).is_le());
        let next = anchors.get(before.map_or(0, |at| at + 1));
        let count = next
            .map_or(rest.len(), |(next, _)| rest.iter().take_while(|photo| clock.compare(photo, next).is_lt()).count());
        let (these, others) = rest.split_at(count);
        let rows = rows_of(&these.iter().collect::<Vec<_>>(), &folder.path);
        let place = match before {
            Some(at) => Some((&anchors[at].1, Beside::Behind)),
            None => next.map(|(_, place)| (place, Beside::Before)),
        };
        match place {
            Some((place, beside)) => edit.insert(place, beside, &written_rows(&rows, entries))?,
            None => edit.push("sections", &group_lines(&rows, entries))?,
        }
        rest = others;
    }
    Ok(())
}

/// Returns the photos in groups of the gallery, with the places of their names.
fn anchors<'a>(folder: &Folder, old: &'a [Candidate]) -> Vec<(&'a Candidate, Range<usize>)> {
    let sections = folder.settings.sections.iter().flat_map(|sections| &sections.value);
    let groups = sections.filter(|section| matches!(section.kind, SectionKind::PicturesGroup { .. }));
    let names = groups.flat_map(|section| section.parts().media).map(|media| &media.name);
    let anchor = |name: &Spanned<String>| {
        let path = folder.path.join(&name.value)?;
        let photo = old.iter().find(|photo| photo.path == path)?;
        Some((photo, name.span.start as usize..name.span.end as usize))
    };
    names.filter_map(anchor).collect()
}
