//! Page by page: which of the site's templates it needs, and what they print.

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Contexts, section_fields};
use super::engine::Engine;
use super::error::Names;
use super::html::{Html, Piece};
use super::media::Desk;
use super::value::Fields;
use super::{builtin, unused};
use crate::diagnostic::{Diagnostic, Report, Stop};
use crate::plan::Requests;
use crate::site::{Body, GalleryId, Section, Site, Written};

/// What the site's templates say and ask for; nothing in a site without any.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// What they ask for.
    pub requests: Requests,
    /// RSS.
    pub feed: Option<String>,
    /// The front page has no number.
    pages: BTreeMap<Option<GalleryId>, WrittenPage>,
}

/// What the site's templates print of one page.
#[derive(Debug, Clone, Default)]
pub struct WrittenPage {
    /// All of it. The parts below are then for what cimaise puts in.
    pub whole: Option<Html>,
    /// Sections, by their place.
    pub sections: BTreeMap<usize, Html>,
    /// The menu.
    pub menu: Option<Html>,
    /// The footer.
    pub footer: Option<Html>,
    /// What the head tells other sites.
    pub meta: Option<Html>,
    /// Links for sharing.
    pub share: Option<Html>,
}

impl Overrides {
    /// Of the front page, or of a gallery's.
    #[must_use]
    pub fn page(&self, gallery: Option<GalleryId>) -> Option<&WrittenPage> {
        self.pages.get(&gallery)
    }
}

/// Runs the templates of a site, all of them, so that all their mistakes are told.
///
/// # Errors
/// [`Stop::Site`] if a template is wrong, which is then in the report.
pub fn run(site: &Site, report: &mut Report) -> Result<Overrides, Stop> {
    let Some(written) = &site.written else { return Ok(Overrides::default()) };
    let templates = written.templates.iter().map(|template| (template.name.clone(), report.map.text(template.file)));
    let engine = Engine::new(templates.collect(), site.dates.clone());
    // What is shown of the site lives as long as the values that templates hold.
    let desk = Desk::new(site.clone());
    let names = Names {
        files: written.templates.iter().map(|template| (template.name.as_str(), template.file)).collect(),
        builtin: builtin::names().collect(),
    };
    let contexts = Contexts::new(site, written, &desk);
    let mut run = Run { site, written, engine, names, contexts, report, told: BTreeSet::new() };
    if !run.compiles() {
        return Err(Stop::Site);
    }
    let mut pages = BTreeMap::new();
    let ids = (0..).map(GalleryId).zip(&site.galleries).map(|(id, _)| Some(id));
    for id in std::iter::once(None).chain(ids) {
        pages.insert(id, run.page(id));
    }
    let feed = run.feed();
    if !run.told.is_empty() {
        return Err(Stop::Site);
    }
    let called = run.engine.called();
    unused::warn(site, &written.templates, &called, run.report);
    Ok(Overrides { requests: desk.requests(), feed, pages })
}

struct Run<'a> {
    site: &'a Site,
    written: &'a Written,
    engine: Engine,
    names: Names<'a>,
    contexts: Contexts<'a>,
    report: &'a mut Report,
    /// Errors, each of which is told of the first page on which it was met.
    told: BTreeSet<String>,
}

impl Run<'_> {
    /// Whether all templates can be read, also those that are not used.
    fn compiles(&mut self) -> bool {
        for template in &self.written.templates {
            let text = self.report.map.text(template.file);
            if let Err(error) = self.engine.environment.template_from_named_str(&template.name, &text) {
                let problem = self.names.diagnostic(&error, None, &self.report.map);
                self.report.push(problem);
                self.told.insert(template.name.clone());
            }
        }
        self.told.is_empty()
    }

    fn has(&self, name: &str) -> bool {
        self.names.files.contains_key(name)
    }

    fn page(&mut self, id: Option<GalleryId>) -> WrittenPage {
        let body = id.map(|id| &self.site.galleries[id.index()].body);
        let (template, sections): (_, &[Section]) = match body {
            None | Some(Body::Index(_)) => ("index.html", &[]),
            Some(Body::Story(sections)) => ("gallery-index.html", sections),
            Some(Body::Static(sections)) => ("page.html", sections),
        };
        let fields = match (id, body) {
            (Some(id), Some(Body::Story(_) | Body::Static(_))) => self.contexts.story(id, sections),
            _ => self.contexts.index(id),
        };
        let place = match id {
            Some(id) => format!("on the page of `{}`", self.site.galleries[id.index()].path),
            None => "on the front page".to_owned(),
        };
        let is_story = matches!(body, Some(Body::Story(_)));
        let whole = if self.has(template) || self.has("base.html") {
            Some(self.print(template, &fields, &place))
        } else {
            None
        };
        let mut page = WrittenPage::default();
        let has_gap = |gap: &Piece| whole.as_ref().is_none_or(|html| html.pieces.contains(gap));
        if has_gap(&Piece::Body) {
            for (at, section) in sections.iter().enumerate() {
                let Some(kind) = section.type_name() else { continue };
                let template = format!("sections/{kind}.html");
                if self.has(&template) {
                    let mut fields = fields.clone();
                    fields.set("section", section_fields(at, section));
                    page.sections.insert(at, self.print(&template, &fields, &place));
                }
            }
            let (menu, share) = (!is_story, is_story && self.site.sharing.links);
            page.menu = self.part("menu.html", menu, &fields, &place);
            page.share = self.part("share.html", share, &fields, &place);
        }
        if whole.is_none() {
            let meta = is_story && self.site.sharing.cards;
            page.footer = self.part("footer.html", true, &fields, &place);
            page.meta = self.part("opengraph.html", meta, &fields, &place);
        }
        page.whole = whole;
        page
    }

    /// A part of cimaise's page that the site may have its own template for.
    fn part(&mut self, name: &str, wanted: bool, fields: &Fields, place: &str) -> Option<Html> {
        (wanted && self.has(name)).then(|| self.print(name, fields, place))
    }

    fn feed(&mut self) -> Option<String> {
        let own = self.has("feed.xml") || self.has("item.html");
        if !own || !self.site.sharing.feeds || self.site.password.is_some() {
            return None;
        }
        let fields = self.contexts.feed();
        let html = self.print("feed.xml", &fields, "in the feed");
        let pieces = html.pieces.into_iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text),
            _ => None,
        });
        Some(pieces.collect())
    }

    fn print(&mut self, name: &str, fields: &Fields, place: &str) -> Html {
        let template = self.engine.environment.get_template(name);
        match template.and_then(|template| template.render(minijinja::Value::from(fields.clone()))) {
            Ok(text) => Html::parse(&text),
            Err(error) => {
                let problem = self.names.diagnostic(&error, Some(place), &self.report.map);
                let Diagnostic { place, help, .. } = &problem;
                // The same mistake is met on every page; what differs is only the name of the page.
                if self.told.insert(format!("{place:?} {help:?}")) {
                    self.report.push(problem);
                }
                Html::default()
            }
        }
    }
}
