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

/// Returns the byte ranges of these URLs.
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

/// Returns the range of the attribute value that starts at `at`, or after white space.
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
