//! Tests of the shape of stories.

use jiff::civil::DateTime;

use super::*;
use crate::diagnostic::SourceMap;
use crate::site::WrittenEntries;
use crate::source::{SettingsKind, check_text};
use pixels::{Marks, Size};

fn candidate(name: &str, time: &str, (width, height): (u32, u32), rating: Option<i8>) -> Candidate {
    let path = SitePath::root().join(name).expect("inside");
    let time: DateTime = time.parse().expect("a time");
    let marks = Marks { rating, keywords: Vec::new() };
    let video = name.ends_with("mp4");
    Candidate { path, video, time, offset: None, dated: true, size: Size { width, height }, marks, digest: None }
}

const LANDSCAPE: (u32, u32) = (6000, 4000);
const PORTRAIT: (u32, u32) = (4000, 6000);

fn story(candidates: &[Candidate], cover: Option<&str>) -> Story {
    let folder = SitePath::root().join("a").expect("inside");
    let cover = cover.map(|cover| SitePath::root().join(cover).expect("inside"));
    Story::of(&candidates.iter().collect::<Vec<_>>(), &folder, cover.as_ref())
}

fn names(story: &Story) -> Vec<Vec<&str>> {
    story.rows.iter().map(|row| row.iter().map(|media| media.name.as_str()).collect()).collect()
}

#[test]
fn a_large_landscape_opens_the_story_and_the_rest_follows_by_time() {
    let all = [
        candidate("a/2.jpg", "2024-05-02T09:00:00", LANDSCAPE, None),
        candidate("a/3.jpg", "2024-05-03T09:00:00", LANDSCAPE, None),
        candidate("a/1.jpg", "2024-05-01T09:00:00", PORTRAIT, None),
        candidate("a/film.mp4", "2024-05-02T10:00:00", (1920, 1080), None),
    ];
    let story = story(&all, None);
    assert_eq!(story.opening.as_ref().map(|picture| picture.name.as_str()), Some("2.jpg"));
    assert_eq!(story.cover, story.opening);
    assert_eq!(names(&story).concat(), ["1.jpg", "film.mp4", "3.jpg"]);
    assert_eq!(story.date.map(|date| date.to_string()).as_deref(), Some("2024-05-01"));
    assert_eq!(story.days.map(|(_, last)| last.to_string()).as_deref(), Some("2024-05-03"));
    assert_eq!((story.photos, story.videos), (3, 1));
}

#[test]
fn stars_choose_the_cover_and_the_author_more_than_stars() {
    let all = [
        candidate("a/1.jpg", "2024-05-01T09:00:00", LANDSCAPE, Some(2)),
        candidate("a/2.jpg", "2024-05-02T09:00:00", PORTRAIT, Some(5)),
    ];
    let cover = |story: &Story| story.cover.as_ref().map(|cover| cover.name.clone());
    let rated = story(&all, None);
    assert_eq!((cover(&rated).as_deref(), rated.opening.as_ref()), (Some("2.jpg"), None));
    let chosen = story(&all, Some("a/1.jpg"));
    assert_eq!(cover(&chosen).as_deref(), Some("1.jpg"));
    assert_eq!(names(&chosen).concat(), ["2.jpg"]);
    assert_eq!(names(&story(&all, Some("b/x.jpg"))).concat(), ["1.jpg", "2.jpg"]);
}

#[test]
fn small_photos_and_videos_do_not_open_a_story() {
    let one = [candidate("a/1.jpg", "2024-05-01T09:00:00", LANDSCAPE, None)];
    assert_eq!((story(&one, None).opening, names(&story(&one, None))), (None, vec![vec!["1.jpg"]]));
    let film = [candidate("a/b.mp4", "2024-05-01T09:00:00", (3840, 2160), None)];
    assert_eq!(story(&film, None).cover.map(|cover| cover.line()).as_deref(), Some("{name: b.mp4, type: video}"));
    assert_eq!(story(&[], None), Story::default());
}

#[test]
fn the_lines_say_the_same_as_the_sections() {
    let all = [
        candidate("a/1.jpg", "2024-05-01T09:00:00", LANDSCAPE, None),
        candidate("a/yes: #2.jpg", "2024-05-02T09:00:00", PORTRAIT, None),
        candidate("b/film.mp4", "2024-05-02T10:00:00", (1920, 1080), None),
    ];
    let story = story(&all, None);
    let text = format!(
        "title: A\ncover: 1.jpg\nsections:\n{}\n",
        story.lines("Rome &amp; \"more\"", &WrittenEntries::new()).join("\n")
    );
    assert_eq!(
        text,
        "title: A\ncover: 1.jpg\nsections:\n- type: full-picture\n  image: 1.jpg\n  text:\n    \
         title: \"Rome &amp; \\\"more\\\"\"\n    date: 2024-05-01\n    date_end: 2024-05-02\n- type: pictures-group\n  \
         images:\n  - [\"yes: #2.jpg\", {name: ../b/film.mp4, type: video}]\n"
    );
    assert!(check_text(&text, SettingsKind::Gallery).diagnostics().is_empty());
    let file = SourceMap::default().add("settings.yaml", text.as_str());
    let title = Spanned::new("T".to_owned(), Span { file, start: 0, end: 0 });
    let sections = story.sections(&title);
    let media: Vec<(String, MediaKind)> = sections
        .iter()
        .flat_map(|section| section.parts().media)
        .map(|media| (media.name.value.clone(), media.kind))
        .collect();
    let image = |name: &str| (name.to_owned(), MediaKind::Image);
    assert_eq!(media, [image("1.jpg"), image("yes: #2.jpg"), ("../b/film.mp4".to_owned(), MediaKind::Video)]);
}
