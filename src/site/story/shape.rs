//! The shape of a story: its date, its cover, and its rows.
//!
//! In: candidates. Out: a [`Story`]. A large landscape opens the story with the title; all other photos follow in rows of about equal
//! width, in the order in which they were taken. Pure.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::site::rows;
use crate::site::story::candidate::Candidate;
use crate::site::story::clock::Clock;
use crate::source::{Data, MediaKind, MediaRef, Overlay, Rows, Section, SectionKind, SitePath, Spanned};

/// Proportions of a picture that fills a screen well, width by height.
const WIDE: std::ops::RangeInclusive<f64> = 1.2..=2.4;

/// Long edge in pixels of a picture that may fill a screen.
const LARGE: u32 = 1200;

/// Most days from the first to the last day that the opening picture states; a longer time says nothing.
const LONGEST_DAYS: i32 = 366;

/// A photo or video, as the settings of a gallery name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryMedia {
    /// Path relative to the folder of the gallery.
    pub name: String,
    /// Whether it is a video.
    pub video: bool,
}

/// A story that no author wrote.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Story {
    /// Day of the oldest photo.
    pub date: Option<Date>,
    /// The cover; `None` if there is nothing to show.
    pub cover: Option<StoryMedia>,
    /// The picture that opens the story.
    pub opening: Option<StoryMedia>,
    /// First and last day, if cameras recorded them, and they are at most a year apart.
    pub days: Option<(Date, Date)>,
    /// The other photos and videos, in rows.
    pub rows: Vec<Vec<StoryMedia>>,
    /// Number of photos.
    pub photos: usize,
    /// Number of videos.
    pub videos: usize,
}

impl Story {
    /// Shapes the story of the gallery in `folder`. `cover` is the cover that its author chose.
    #[must_use]
    pub fn of(candidates: &[&Candidate], folder: &SitePath, cover: Option<&SitePath>) -> Self {
        let mut all = candidates.to_vec();
        let clock = Clock::of(all.iter().copied());
        all.sort_by(|a, b| clock.compare(a, b));
        let chosen = match cover {
            Some(cover) => all.iter().copied().find(|candidate| candidate.path == *cover),
            None => best(&all),
        };
        let opening = chosen.filter(|candidate| fills_screen(candidate) && all.len() > 1);
        let rest: Vec<&Candidate> = all.iter().copied().filter(|candidate| Some(*candidate) != opening).collect();
        let dated = || all.iter().filter(|candidate| candidate.dated).map(|candidate| candidate.time.date());
        // Instants in order may be days out of order, beyond the date line.
        let days = dated().min().zip(dated().max());
        Self {
            date: dated().min().or_else(|| Some(all.first()?.time.date())),
            cover: chosen.map(|candidate| named(candidate, folder)),
            opening: opening.map(|candidate| named(candidate, folder)),
            days: days.filter(|(first, last)| is_one_trip(*first, *last)),
            rows: rows_of(&rest, folder),
            photos: all.iter().filter(|candidate| !candidate.video).count(),
            videos: all.iter().filter(|candidate| candidate.video).count(),
        }
    }

    /// Returns the sections, for a gallery with this title. Problems with them are reported at the title.
    #[must_use]
    pub fn sections(&self, title: &Spanned<String>) -> Vec<Section> {
        let media = |media: &StoryMedia| media.reference(title.span);
        let opening = self.opening.as_ref().map(|picture| SectionKind::FullPicture {
            image: media(picture),
            text: Some(self.overlay(title)),
            fixed: None,
            background_position: None,
        });
        let rows: Vec<Vec<MediaRef>> = self.rows.iter().map(|row| row.iter().map(media).collect()).collect();
        let group = (!rows.is_empty()).then_some(SectionKind::PicturesGroup {
            images: Rows::Given(rows),
            background: None,
            css: None,
        });
        opening.into_iter().chain(group).map(|kind| Section { kind, data: Data::Nothing }).collect()
    }

    fn overlay(&self, title: &Spanned<String>) -> Overlay {
        let day = |day| Spanned::new(day, title.span);
        let (first, last) = self.days.unzip();
        Overlay {
            title: Some(title.clone()),
            sub_title: None,
            date: first.map(day),
            date_end: last.filter(|last| Some(*last) != first).map(day),
        }
    }
}

impl StoryMedia {
    /// Returns the name as a value of the settings, at a position for problems.
    #[must_use]
    pub fn reference(&self, span: Span) -> MediaRef {
        MediaRef::named(self.name.clone(), if self.video { MediaKind::Video } else { MediaKind::Image }, span)
    }
}

/// Returns the candidates in rows of about equal width.
#[must_use]
pub fn rows_of(candidates: &[&Candidate], folder: &SitePath) -> Vec<Vec<StoryMedia>> {
    let ratios: Vec<f64> = candidates.iter().map(|candidate| candidate.ratio()).collect();
    let mut rest = candidates.iter().map(|candidate| named(candidate, folder));
    rows::divide(&ratios).into_iter().map(|length| rest.by_ref().take(length).collect()).collect()
}

fn is_one_trip(first: Date, last: Date) -> bool {
    (last - first).get_days() <= LONGEST_DAYS
}

fn named(candidate: &Candidate, folder: &SitePath) -> StoryMedia {
    StoryMedia { name: candidate.path.relative_to(folder), video: candidate.video }
}

fn fills_screen(candidate: &Candidate) -> bool {
    !candidate.video && WIDE.contains(&candidate.ratio()) && candidate.size.long_edge() >= LARGE
}

/// Returns a good cover: of the photos with the most stars, the first large landscape, or else the first one; a video if there is no photo.
pub(super) fn best<'a>(candidates: &[&'a Candidate]) -> Option<&'a Candidate> {
    let rank = |candidate: &&&Candidate| {
        (candidate.video, Reverse(candidate.marks.rating.unwrap_or(0).max(0)), !fills_screen(candidate))
    };
    candidates.iter().min_by_key(rank).copied()
}

#[cfg(test)]
#[path = "shape_tests.rs"]
mod tests;
