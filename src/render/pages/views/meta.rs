//! Metadata in the head of a page: its canonical URL, the feeds, a card for links on other sites, and a description of its content.

use askama::Template;

use super::describe::description;
use super::linked_data;
use crate::plan::{Edition, FeedKind, OutputPath, PageKind};
use crate::render::pages::context::Context;
use crate::render::pages::preview::{Preview, preview};
use crate::site::{Body, Gallery};

/// Metadata in a head; empty if the site has no URL, or the page is protected.
#[derive(Debug, Template)]
#[template(path = "partials/meta.html")]
pub(in crate::render::pages) struct MetaView {
    canonical: Option<String>,
    feeds: Vec<FeedLink>,
    card: Option<Card>,
    /// JSON without any `<`.
    linked_data: Option<String>,
}

#[derive(Debug)]
struct FeedLink {
    href: String,
    media_type: &'static str,
    title: String,
}

/// Metadata in the OpenGraph format, which Twitter also reads.
#[derive(Debug)]
struct Card {
    kind: &'static str,
    title: String,
    site_name: String,
    /// Plain text; may be empty.
    description: String,
    /// Language and country, such as `fr_FR`; empty if the country is unknown.
    locale: String,
    published: Option<String>,
    tags: Vec<String>,
    image: Option<Preview>,
}

impl MetaView {
    /// Creates the metadata of a page. A light copy contains only the canonical URL.
    pub(super) fn new(context: &Context<'_>, kind: PageKind) -> Self {
        let site = context.site;
        let gallery = kind.gallery().map(|id| context.gallery(id));
        let password = gallery.map_or(&site.password, |gallery| &gallery.password);
        let path = gallery.map_or_else(OutputPath::front, |gallery| OutputPath::page(&gallery.path));
        let canonical = site.address(&path.url()).filter(|_| password.is_none());
        let nothing = Self { canonical: None, feeds: Vec::new(), card: None, linked_data: None };
        match canonical {
            Some(address) if context.edition == Edition::Full => Self {
                feeds: feeds(context),
                card: site.sharing.cards.then(|| Card::new(context, gallery)),
                linked_data: gallery
                    .filter(|_| !context.theme.is_plain())
                    .and_then(|gallery| linked_data::gallery(context, gallery, &address)),
                canonical: Some(address),
            },
            canonical => Self { canonical, ..nothing },
        }
    }
}

/// Returns links to the feeds; none if the whole site is protected, even if it has open galleries.
fn feeds(context: &Context<'_>) -> Vec<FeedLink> {
    let site = context.site;
    if !site.sharing.feeds || site.password.is_some() {
        return Vec::new();
    }
    let link = |kind: FeedKind| FeedLink {
        href: context.link(&kind.path()),
        media_type: kind.media_type(),
        title: format!("{} ({})", site.title.plain(), kind.name()),
    };
    FeedKind::ALL.into_iter().map(link).collect()
}

impl Card {
    fn new(context: &Context<'_>, gallery: Option<&Gallery>) -> Self {
        let site = context.site;
        let site_name = site.title.plain();
        let newest = || site.front.iter().map(|&id| context.gallery(id)).find(|gallery| gallery.password.is_none());
        let of = |gallery: &Gallery| preview(site, context.plan, gallery);
        let Some(gallery) = gallery else {
            return Self {
                kind: "website",
                title: site_name.clone(),
                site_name,
                description: site.sub_title.plain(),
                locale: locale(&site.language),
                published: None,
                tags: Vec::new(),
                image: newest().and_then(of),
            };
        };
        let is_story = matches!(gallery.body, Body::Story(_));
        Self {
            kind: if is_story { "article" } else { "website" },
            title: gallery.title.plain(),
            site_name,
            description: description(gallery),
            locale: locale(&gallery.language),
            published: gallery.date.filter(|_| is_story).map(|date| date.to_string()),
            tags: if is_story { gallery.tags.clone() } else { Vec::new() },
            image: of(gallery),
        }
    }
}

/// Converts a language tag such as `fr-FR` to OpenGraph's format. The result is empty without a country, which OpenGraph requires.
fn locale(language: &str) -> String {
    let mut parts = language.split('-');
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    match parts.find(|part| part.len() == 2) {
        Some(country) => format!("{primary}_{}", country.to_ascii_uppercase()),
        None => String::new(),
    }
}
