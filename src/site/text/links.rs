//! The URLs in the author's own markup.
//!
//! In: markup. Out: its URLs, or the markup with adapted URLs. Pure: must not know which files exist. récitale
//! publishes only files that settings name as a picture, video or sound, so links from markup to other files of the
//! site are dead there. cimaise publishes such a file at its own path, and the link works.

use std::borrow::Cow;
use std::ops::Range;

/// Adapts markup to a page one folder further down: relative URLs get a `../` in front.
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

/// Returns every URL in attributes that link to a file; character references and percent-encoding are not decoded.
pub(in crate::site) fn urls(html: &str) -> impl Iterator<Item = &str> {
    places(html).into_iter().map(|place| &html[place])
}

/// Returns the byte ranges of these URLs, without white space around them.
fn places(html: &str) -> Vec<Range<usize>> {
    const LINKING: [&str; 4] = ["src", "href", "poster", "data"];
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        at += found + 1;
        if !html[at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        at += length(&html[at..], |c| c.is_whitespace() || matches!(c, '/' | '<' | '>'));
        while let Some(attribute) = Attribute::next(html, at) {
            at = attribute.end;
            let Some(value) = attribute.value else { continue };
            if LINKING.iter().any(|linking| attribute.name.eq_ignore_ascii_case(linking)) {
                places.push(trimmed(html, value));
            } else if attribute.name.eq_ignore_ascii_case("srcset") {
                candidates(html, value, &mut places);
            }
        }
    }
    places
}

/// An attribute of a tag, with a value or without.
struct Attribute<'a> {
    name: &'a str,
    value: Option<Range<usize>>,
    /// One past the attribute.
    end: usize,
}

impl<'a> Attribute<'a> {
    /// Returns the attribute at `at`, or after white space; `None` at the end of the tag.
    fn next(html: &'a str, at: usize) -> Option<Self> {
        let start = at + length(&html[at..], |c| !c.is_whitespace() && c != '/');
        let first = html[start..].chars().next().filter(|c| !matches!(c, '<' | '>'))?;
        // An `=` in front belongs to the name, so that each step moves on.
        let first = first.len_utf8();
        let name = first + length(&html[start + first..], |c| c.is_whitespace() || "=/<>".contains(c));
        let (name, after) = (&html[start..start + name], start + name);
        let equals = after + length(&html[after..], |c| !c.is_whitespace());
        if !html[equals..].starts_with('=') {
            return Some(Self { name, value: None, end: after });
        }
        let from = equals + 1 + length(&html[equals + 1..], |c| !c.is_whitespace());
        let (value, end) = value(html, from);
        Some(Self { name, value: Some(value), end })
    }
}

/// Returns the range of the value that starts at `at`, and the place after it. A quote that is never closed ends with the
/// tag.
fn value(html: &str, at: usize) -> (Range<usize>, usize) {
    let rest = &html[at..];
    match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => match rest[1..].find(quote) {
            Some(length) => (at + 1..at + 1 + length, at + length + 2),
            None => {
                let end = at + 1 + length(&rest[1..], |c| matches!(c, '<' | '>'));
                (at + 1..end, end)
            }
        },
        _ => {
            let end = at + length(rest, |c| c.is_whitespace() || matches!(c, '<' | '>'));
            (at..end, end)
        }
    }
}

/// Returns the length of a text up to the first of these letters.
fn length(text: &str, is_end: impl Fn(char) -> bool) -> usize {
    text.find(is_end).unwrap_or(text.len())
}

fn trimmed(html: &str, range: Range<usize>) -> Range<usize> {
    let value = &html[range.clone()];
    let start = range.start + value.len() - value.trim_start().len();
    start..start + value.trim().len()
}

/// Appends the ranges of the URLs in a `srcset`.
fn candidates(html: &str, list: Range<usize>, places: &mut Vec<Range<usize>>) {
    let mut at = list.start;
    for candidate in html[list].split(',') {
        let start = at + candidate.len() - candidate.trim_start().len();
        let length = candidate.split_whitespace().next().map_or(0, str::len);
        places.push(start..start + length);
        at += candidate.len() + 1;
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
        assert_eq!(found("<a title=\"href=x.pdf\">"), [""; 0]);
    }

    #[test]
    fn odd_links_are_found() {
        for (html, url) in [
            ("<a title=\"a > b\" href=\"x.pdf\">", "x.pdf"),
            ("<a title='<img src=y.png>' href='x.pdf'>", "x.pdf"),
            ("<a href=\" x.pdf \">", "x.pdf"),
            ("<a href=\"\n  my file.pdf\">", "my file.pdf"),
            ("<a = href=x.pdf>", "x.pdf"),
            ("<a href=\"a>b.pdf\">", "a>b.pdf"),
            ("<a href=x.pdf<b>", "x.pdf"),
        ] {
            assert_eq!(found(html), [url], "{html}");
        }
        assert_eq!(one_folder_down("<a title='>' href=' x y.pdf'>"), "<a title='>' href=' ../x y.pdf'>");
        assert_eq!(one_folder_down("<a href=' /x.pdf'>"), "<a href=' /x.pdf'>");
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
