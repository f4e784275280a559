//! Files that are named in an author's own markup and style.
//!
//! récitale publishes only what settings name as a picture, video or sound, so that a link from markup to a file of the site is
//! dead. Here such a file is published at its own place, and the link leads to it.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use percent_encoding::percent_decode_str;

use crate::diagnostic::Diagnostic;
use crate::site::names::Names;
use crate::site::{Gallery, style};
use crate::source::{Folder, Protect, Rows, Section, SectionKind, SitePath, Spanned};

/// Every file of the site that the texts and styles of a gallery name.
pub(super) fn files<'a>(folder: &Folder, names: &Names<'a>) -> BTreeSet<&'a SitePath> {
    let settings = &folder.settings;
    let mut written = Written::default();
    for section in settings.sections.iter().flat_map(|sections| &sections.value) {
        written.section(section);
    }
    let texts = written.texts.into_iter().flat_map(|text| urls(&text.value)).map(Cow::Borrowed);
    let styles = written.styles.into_iter().flat_map(|style| style::urls(&style.value)).map(Cow::Owned);
    texts.chain(styles).filter_map(|url| file(&folder.path, names, &url)).collect()
}

/// The files that only galleries with protected media name; `links` are those that each gallery names. They are not published: at
/// their own place they would be open to all.
pub(super) fn closed<'a>(links: &[BTreeSet<&'a SitePath>], galleries: &[Gallery]) -> BTreeSet<&'a SitePath> {
    let is_closed = |gallery: &Gallery| gallery.password.is_some() && gallery.protect == Protect::Media;
    let (closed, open): (Vec<_>, Vec<_>) = links.iter().zip(galleries).partition(|(_, gallery)| is_closed(gallery));
    let named = |(links, _): (&BTreeSet<&'a SitePath>, _)| links.clone();
    let open: BTreeSet<_> = open.into_iter().flat_map(named).collect();
    closed.into_iter().flat_map(named).filter(|path| !open.contains(path)).collect()
}

/// What is said of such a file.
pub(super) fn is_closed(path: &SitePath) -> Diagnostic {
    let message = "only protected pages link to this file; it is not published, since all could fetch it";
    let help = "show it in a section, or name it with `include` to publish it for all";
    Diagnostic::warning(message).in_file(path.as_str()).help(help)
}

/// The file of the site that a URL on a gallery's page leads to.
pub(super) fn file<'a>(folder: &SitePath, names: &Names<'a>, url: &str) -> Option<&'a SitePath> {
    let way = url.split(['?', '#']).next().unwrap_or(url).replace("&amp;", "&");
    let decoded = percent_decode_str(&way).decode_utf8_lossy();
    names.lookup(folder, &way).or_else(|| names.lookup(folder, &decoded))
}

/// The same markup as it has to be on a page one folder further down: relative URLs go up first.
#[must_use]
pub fn one_folder_down(html: &str) -> Cow<'_, str> {
    let mut moved = String::new();
    let mut done = 0;
    for place in places(html).into_iter().filter(|place| is_relative(&html[place.clone()])) {
        moved.push_str(&html[done..place.start]);
        moved.push_str("../");
        done = place.start;
    }
    if done == 0 { Cow::Borrowed(html) } else { Cow::Owned(moved + &html[done..]) }
}

fn is_relative(url: &str) -> bool {
    let start = url.split(['/', '?', '#']).next().unwrap_or(url);
    !url.is_empty() && !url.starts_with(['/', '?', '#']) && !start.contains(':')
}

fn urls(html: &str) -> impl Iterator<Item = &str> {
    places(html).into_iter().map(|place| &html[place])
}

/// Where the URLs stand in all attributes that link to a file, character references and percent-encoding as they are.
fn places(html: &str) -> Vec<Range<usize>> {
    const LINKING: [&str; 4] = ["src", "href", "poster", "data"];
    let mut places = Vec::new();
    for (open, _) in html.match_indices('<') {
        let from = open + 1;
        let tag = &html[from..html[from..].find(['<', '>']).map_or(html.len(), |length| from + length)];
        for (equals, _) in tag.match_indices('=') {
            let before = tag[..equals].trim_end();
            let name = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/')).next().unwrap_or("");
            let value = value(tag, equals + 1);
            let value = from + value.start..from + value.end;
            if LINKING.iter().any(|linking| name.eq_ignore_ascii_case(linking)) {
                places.push(value);
            } else if name.eq_ignore_ascii_case("srcset") {
                candidates(html, value, &mut places);
            }
        }
    }
    places
}

/// The attribute's value that begins at `at` or after white space.
fn value(tag: &str, at: usize) -> Range<usize> {
    let rest = tag[at..].trim_start();
    let start = tag.len() - rest.len();
    match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let length = rest[1..].find(quote).unwrap_or(rest.len() - 1);
            start + 1..start + 1 + length
        }
        _ => start..start + rest.find(char::is_whitespace).unwrap_or(rest.len()),
    }
}

/// The URLs of a `srcset`.
fn candidates(html: &str, list: Range<usize>, places: &mut Vec<Range<usize>>) {
    let mut at = list.start;
    for candidate in html[list].split(',') {
        let start = at + candidate.len() - candidate.trim_start().len();
        let length = candidate.split_whitespace().next().map_or(0, str::len);
        places.push(start..start + length);
        at += candidate.len() + 1;
    }
}

/// The texts and styles of sections.
#[derive(Default)]
struct Written<'s> {
    texts: Vec<&'s Spanned<String>>,
    styles: Vec<&'s Spanned<String>>,
}

impl<'s> Written<'s> {
    fn section(&mut self, section: &'s Section) {
        match &section.kind {
            SectionKind::FullPicture { image, text, .. } => {
                self.texts(&image.text);
                self.texts.extend(text.iter().flat_map(|overlay| overlay.title.iter().chain(&overlay.sub_title)));
            }
            SectionKind::BorderedPicture { image, text, background } => {
                self.texts.extend(image.text.iter().chain(text));
                self.styles.extend(background);
            }
            SectionKind::PicturesGroup { images, background, css } => {
                match images {
                    Rows::Given(rows) => rows.iter().flatten().for_each(|image| self.texts(&image.text)),
                    Rows::Automatic(images) => images.iter().for_each(|image| self.texts(&image.text)),
                }
                self.styles.extend(background.iter().chain(css));
            }
            SectionKind::Text { text, background, color }
            | SectionKind::Quote { text, background, color }
            | SectionKind::Html { html: text, background, color } => {
                self.texts(text);
                self.styles.extend(background.iter().chain(color));
            }
            SectionKind::Paragraph { title, text, image, background, color } => {
                let caption = image.iter().flat_map(|image| &image.text);
                self.texts.extend(title.iter().chain(text).chain(caption));
                self.styles.extend(background.iter().chain(color));
            }
            SectionKind::Audio { title, color, .. } => {
                self.texts(title);
                self.styles.extend(color);
            }
            SectionKind::Panorama { image } => self.texts(&image.text),
            SectionKind::Author { name, image, text, .. } => {
                self.texts.extend(name.iter().chain(text).chain(&image.text));
            }
            SectionKind::Iframe { name } => self.texts.push(name),
            // What its keys mean is known to its template.
            SectionKind::Custom { .. } => {}
        }
    }

    fn texts(&mut self, text: &'s Option<Spanned<String>>) {
        self.texts.extend(text);
    }
}

#[cfg(test)]
mod tests {
    use super::{one_folder_down, urls};

    fn found(html: &str) -> Vec<&str> {
        urls(html).collect()
    }

    #[test]
    fn links_are_found_however_they_are_written() {
        assert_eq!(found("<img alt='a' src='été 1.jpg'>"), ["été 1.jpg"]);
        assert_eq!(found("text <A class=\"b\"\nHREF = \"%C3%A9.jpg#top\">"), ["%C3%A9.jpg#top"]);
        assert_eq!(found("<img/src=x.pdf >"), ["x.pdf"]);
        assert_eq!(
            found("<a href=\"https://a.example/?x=1\">a</a><a href=x.pdf>"),
            ["https://a.example/?x=1", "x.pdf"]
        );
        assert_eq!(found("<img srcset='a.jpg 1x, b.jpg 2x' src=c.jpg>"), ["a.jpg", "b.jpg", "c.jpg"]);
        assert_eq!(found("<video poster=\"p.jpg\"><source src=v.mp4>"), ["p.jpg", "v.mp4"]);
    }

    #[test]
    fn words_and_other_attributes_are_no_links() {
        for html in ["", "src=x.pdf", "<b title='x.pdf'>", "<a href", "<a data-src=x.pdf>"] {
            assert!(found(html).is_empty(), "{html}");
        }
        assert_eq!(found("<a href=>"), [""]);
        assert_eq!(found("<a href=\"never closed"), ["never closed"]);
    }

    #[test]
    fn one_folder_down_only_relative_links_change() {
        let moved = one_folder_down("<a href='x.pdf'>x.pdf</a> <img src=\"../y é.png\" srcset='a.jpg 1x, b.jpg 2x'>");
        assert_eq!(moved, "<a href='../x.pdf'>x.pdf</a> <img src=\"../../y é.png\" srcset='../a.jpg 1x, ../b.jpg 2x'>");
        for same in [
            "",
            "plain",
            "<a href='https://a.example/'>",
            "<a href='#top'>",
            "<a href='/x'>",
            "<a href=''>",
            "<a href='mailto:a@b'>",
        ] {
            assert_eq!(one_folder_down(same), same);
        }
    }
}
