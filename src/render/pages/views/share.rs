//! Links for sharing a story. They are plain links, so other services learn only of readers who follow one.

use askama::Template;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::describe::shared;
use crate::render::pages::context::Context;
use crate::site::Gallery;

/// A list of links; prints nothing if it is empty.
#[derive(Debug, Default, Template)]
#[template(path = "partials/share.html")]
pub(in crate::render::pages) struct ShareView {
    /// Output of the site's own template.
    written: Option<String>,
    links: Vec<ShareLink>,
}

#[derive(Debug)]
struct ShareLink {
    label: &'static str,
    href: String,
}

/// Characters that are percent-encoded in the values of a query: all except unreserved ones (RFC 3986, section 2.3).
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl ShareView {
    /// Creates the links for a story; none if the site has no links for sharing, or no URL, or the story is protected.
    pub(super) fn new(context: &mut Context<'_>, gallery: &Gallery) -> Self {
        let html = context.written.and_then(|parts| parts.share.as_ref());
        let written = html.map(|html| context.filled(html));
        Self { written, ..Self::own(context, gallery) }
    }

    /// Creates the links as cimaise prints them.
    pub(in crate::render::pages) fn own(context: &Context<'_>, gallery: &Gallery) -> Self {
        let site = context.site;
        if !site.sharing.links || gallery.password.is_some() {
            return Self::default();
        }
        let Some((address, cover)) = shared(site, context, gallery) else { return Self::default() };
        let title = gallery.title.plain();
        let both = format!("{title} {address}");
        let tags: Vec<String> = gallery.tags.iter().map(|tag| hashtag(tag)).filter(|tag| !tag.is_empty()).collect();
        let mut links = vec![
            link("E-mail", "mailto:", &[("subject", &title), ("body", &address)]),
            link("Bluesky", "https://bsky.app/intent/compose", &[("text", &both)]),
            link("Facebook", "https://www.facebook.com/sharer/sharer.php", &[("u", &address)]),
        ];
        if let Some(cover) = cover {
            let values = [("url", &*address), ("media", &cover.address), ("description", &title)];
            links.push(link("Pinterest", "https://www.pinterest.com/pin/create/button/", &values));
        }
        let tags = tags.join(",");
        let values = [("text", &*title), ("url", &*address), ("hashtags", &*tags)];
        links.push(link("X", "https://twitter.com/intent/tweet", &values));
        Self { written: None, links }
    }
}

/// Creates a link with these query values; omits empty values.
fn link(label: &'static str, base: &str, values: &[(&str, &str)]) -> ShareLink {
    let query: Vec<String> = values
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key}={}", utf8_percent_encode(value, VALUE)))
        .collect();
    ShareLink { label, href: format!("{base}?{}", query.join("&")) }
}

/// Converts a tag to a hashtag: only letters, digits and underscores.
fn hashtag(tag: &str) -> String {
    tag.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[cfg(test)]
mod tests {
    use super::{hashtag, link};

    #[test]
    fn values_are_encoded_and_empty_ones_left_out() {
        let link = link("", "https://a.example/", &[("text", "Été & co. #1"), ("via", ""), ("url", "https://b/?c=d")]);
        assert_eq!(
            link.href,
            "https://a.example/?text=%C3%89t%C3%A9%20%26%20co.%20%231&url=https%3A%2F%2Fb%2F%3Fc%3Dd"
        );
    }

    #[test]
    fn hashtags_are_one_word() {
        assert_eq!([hashtag("#Road trip"), hashtag("été_1"), hashtag("#")], ["Roadtrip", "été_1", ""]);
    }
}
