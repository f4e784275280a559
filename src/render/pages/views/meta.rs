//! What a page's head tells programs: where the page is at home, which feeds there are, how other sites show links to it, and what
//! is on it.

use askama::Template;

use super::linked_data;
use crate::plan::{FeedKind, PageKind};
use crate::render::pages::context::Context;
use crate::render::pages::feeds::{Preview, preview};
use crate::site::{Body, Gallery, Site};

/// Lines of a head; nothing where it is not known where the site will be served, or where the page is protected.
#[derive(Debug, Template)]
#[template(path = "partials/meta.html")]
pub(super) struct MetaView {
    canonical: Option<String>,
    feeds: Vec<FeedLink>,
    card: Option<Card>,
    /// JSON; no `<` stands in it.
    linked_data: Option<String>,
}

#[derive(Debug)]
struct FeedLink {
    href: String,
    media_type: &'static str,
    title: String,
}

/// OpenGraph, which Twitter reads too.
#[derive(Debug)]
struct Card {
    kind: &'static str,
    title: String,
    site_name: String,
    /// May be empty.
    description: String,
    /// `fr_FR`; empty if only the language is known.
    locale: String,
    published: Option<String>,
    tags: Vec<String>,
    image: Option<Preview>,
}

impl MetaView {
    /// Of a page.
    pub(super) fn new(context: &Context<'_>, kind: PageKind) -> Self {
        let site = context.site;
        let gallery = match kind {
            PageKind::Gallery(id) => Some(context.gallery(id)),
            PageKind::Front => None,
        };
        let password = gallery.map_or(&site.password, |gallery| &gallery.password);
        let canonical = site.address(&crate::plan::OutputPath::page(context.folder).url());
        let Some(address) = canonical.filter(|_| password.is_none()) else {
            return Self { canonical: None, feeds: Vec::new(), card: None, linked_data: None };
        };
        Self {
            feeds: feeds(context),
            card: site.sharing.cards.then(|| Card::new(context, gallery)),
            linked_data: gallery.and_then(|gallery| linked_data::gallery(context, gallery, &address)),
            canonical: Some(address),
        }
    }
}

impl MetaView {
    /// The same for pages that have no script, not even one that is only data.
    pub(super) fn without_script(self) -> Self {
        Self { linked_data: None, ..self }
    }
}

/// A site that is protected as a whole has none, whatever else is open.
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

/// Of a gallery, in plain text; its second title stands in.
pub(super) fn description(gallery: &Gallery) -> String {
    if gallery.description.is_empty() { gallery.sub_title.plain() } else { gallery.description.plain() }
}

/// `fr-FR` as OpenGraph writes it; it has no way to name a language without a country.
fn locale(language: &str) -> String {
    let mut parts = language.split('-');
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    match parts.find(|part| part.len() == 2) {
        Some(country) => format!("{primary}_{}", country.to_ascii_uppercase()),
        None => String::new(),
    }
}

/// The story's own address and cover, for links that share it; `None` where that is not known.
pub(super) fn shared(site: &Site, context: &Context<'_>, gallery: &Gallery) -> Option<(String, Option<Preview>)> {
    let address = site.address(&crate::plan::OutputPath::page(&gallery.path).url())?;
    Some((address, preview(site, context.plan, gallery)))
}
