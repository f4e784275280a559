//! Page by page: which of the site's templates it needs, and what they print.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use minijinja::ErrorKind;

use super::context::{Contexts, section_fields};
use super::engine::{Engine, FUEL};
use super::error::Names;
use super::html::{Html, Piece};
use super::media::MediaRequests;
use super::value::Fields;
use super::{builtin, names, unused};
use crate::diagnostic::{Diagnostic, Failure, Report, Span, Stop};
use crate::machine::caught::caught;
use crate::plan::Requests;
use crate::site::{Body, GalleryId, Section, Site, Written};
use crate::source::section_template;

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

/// What values of the greatest depth need when they are printed, compared or dropped, inside of as many templates and macros as there may
/// be. Only what is used of it becomes memory.
const STACK: usize = 64 << 20;

/// What all templates of a site may cost: so much, and so much more for each page.
const STEPS: (u64, u64) = (50 * FUEL, FUEL / 10);

/// Bytes that one template may print.
const LONGEST: usize = 16 << 20;

/// Bytes that all templates of a site may print: so many, and so many more for each page.
const PRINTED: (u64, u64) = (64 << 20, 256 << 10);

/// How often the same part of cimaise's page may be put into one.
const MOST_GAPS: usize = 16;

/// Runs the templates of a site, all of them, so that all their mistakes are told.
///
/// # Errors
/// [`Stop::Site`] if a template is wrong, which is then in the report; [`Stop::Machine`] if there can be no thread for them.
pub fn run(site: &Site, report: &mut Report) -> Result<Overrides, Stop> {
    let Some(written) = &site.written else { return Ok(Overrides::default()) };
    on_a_large_stack(|| run_all(site, written, report))?
}

/// Calls `work` on a thread that has room for values and templates of the greatest depth.
pub(super) fn on_a_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Stop> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("templates".to_owned()).stack_size(STACK);
        let running =
            thread.spawn_scoped(scope, work).map_err(Failure::on("make a thread for", Path::new("templates")))?;
        Ok(running.join().unwrap_or_else(|payload| std::panic::resume_unwind(payload)))
    })
}

fn run_all(site: &Site, written: &Written, report: &mut Report) -> Result<Overrides, Stop> {
    let templates = written.templates.iter().map(|template| (template.name.clone(), report.map.text(template.file)));
    let engine = Engine::new(templates.collect(), site.dates.clone());
    // What is shown of the site lives as long as the values that templates hold.
    let requests = MediaRequests::new(site.clone());
    let names = Names {
        files: written.templates.iter().map(|template| (template.name.as_str(), template.file)).collect(),
        builtin: builtin::names().collect(),
    };
    let contexts = Contexts::new(site, written, &requests);
    let pages = site.galleries.len() as u64 + 1;
    let left = Left { steps: STEPS.0 + STEPS.1 * pages, bytes: PRINTED.0 + PRINTED.1 * pages };
    let mut run = Run { site, written, engine, names, contexts, report, told: BTreeSet::new(), left };
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
    Ok(Overrides { requests: requests.requests(), feed, pages })
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
    left: Left,
}

/// What the templates of the site may still cost.
#[derive(Debug, Clone, Copy)]
struct Left {
    steps: u64,
    bytes: u64,
}

impl Run<'_> {
    /// Whether all templates can be read, also those that are not used.
    fn compiles(&mut self) -> bool {
        for template in &self.written.templates {
            let text = self.report.map.text(template.file);
            if let Err(problem) = self.names.compile(&self.engine, &template.name, &text, &self.report.map) {
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
            None | Some(Body::Index(_)) => (names::INDEX, &[]),
            Some(Body::Story(sections)) => (names::STORY, sections),
            Some(Body::Static(sections)) => (names::STATIC, sections),
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
        let whole = if self.has(template) || self.has(names::BASE) {
            Some(self.print(template, &fields, &place))
        } else {
            None
        };
        let mut page = WrittenPage::default();
        let has_gap = |gap: &Piece| whole.as_ref().is_none_or(|html| html.pieces.contains(gap));
        if has_gap(&Piece::Body) {
            for (at, section) in sections.iter().enumerate() {
                let Some(kind) = section.type_name() else { continue };
                let template = section_template(kind);
                if self.has(&template) {
                    let mut fields = fields.clone();
                    fields.set("section", section_fields(at, section));
                    page.sections.insert(at, self.print(&template, &fields, &place));
                }
            }
            let (menu, share) = (!is_story, is_story && self.site.sharing.links);
            page.menu = self.part(names::MENU, menu, &fields, &place);
            page.share = self.part(names::SHARE, share, &fields, &place);
        }
        if whole.is_none() {
            let meta = is_story && self.site.sharing.cards;
            page.footer = self.part(names::FOOTER, true, &fields, &place);
            page.meta = self.part(names::META, meta, &fields, &place);
        }
        page.whole = whole;
        page
    }

    /// A part of cimaise's page that the site may have its own template for.
    fn part(&mut self, name: &str, wanted: bool, fields: &Fields, place: &str) -> Option<Html> {
        (wanted && self.has(name)).then(|| self.print(name, fields, place))
    }

    fn feed(&mut self) -> Option<String> {
        let own = self.has(names::FEED) || self.has(names::FEED_ITEM);
        if !own || !self.site.sharing.feeds || self.site.password.is_some() {
            return None;
        }
        let fields = self.contexts.feed();
        let html = self.print(names::FEED, &fields, "in the feed");
        let pieces = html.pieces.into_iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text),
            _ => None,
        });
        Some(pieces.collect())
    }

    fn print(&mut self, name: &str, fields: &Fields, place: &str) -> Html {
        match self.printed(name, fields, place) {
            Ok(html) => html,
            Err(problem) => {
                let Diagnostic { place, help, .. } = &problem;
                // The same mistake is met on every page; what differs is only the name of the page.
                if self.told.insert(format!("{place:?} {help:?}")) {
                    self.report.push(problem);
                }
                Html::default()
            }
        }
    }

    fn printed(&mut self, name: &str, fields: &Fields, place: &str) -> Result<Html, Diagnostic> {
        if self.left.steps == 0 {
            return Err(self.too_much(name, "the templates of this site take too many steps together", place));
        }
        let environment = &mut self.engine.environment;
        environment.set_fuel(Some(FUEL.min(self.left.steps)));
        let environment = &*environment;
        let render = || {
            let template = environment.get_template(name)?;
            let printed = template.render_captured(minijinja::Value::from(fields.clone()))?;
            let steps = printed.state().fuel_levels().map_or(FUEL, |(used, _)| used);
            Ok((printed.into_output(), steps))
        };
        let (text, steps) = match caught(render) {
            Ok(Ok(printed)) => printed,
            Ok(Err(error)) => {
                // How many there were is not known.
                self.left.steps = self.left.steps.saturating_sub(FUEL / 10);
                if matches!(innermost(&error), ErrorKind::OutOfFuel) {
                    self.left.steps = self.left.steps.saturating_sub(FUEL);
                }
                return Err(self.names.diagnostic(&error, Some(place), &self.report.map));
            }
            Err(panic) => return Err(self.names.broken(name, panic)),
        };
        self.left.steps = self.left.steps.saturating_sub(steps);
        if text.len() > LONGEST {
            let message = format!("this template prints more than {} MiB", LONGEST >> 20);
            return Err(self.too_much(name, &message, place));
        }
        let Some(left) = self.left.bytes.checked_sub(text.len() as u64) else {
            return Err(self.too_much(name, "the templates of this site print too much text together", place));
        };
        self.left.bytes = left;
        let html = Html::parse(&text);
        if html.most_of_a_gap() > MOST_GAPS {
            let message = format!("this template puts the same part of cimaise's page in more than {MOST_GAPS} times");
            return Err(self.too_much(name, &message, place));
        }
        Ok(html)
    }

    fn too_much(&self, name: &str, message: &str, place: &str) -> Diagnostic {
        let error = Diagnostic::error(format!("{message} ({place})"))
            .help("look for loops that do not end soon, and for texts that grow in them");
        match self.names.files.get(name).or_else(|| self.written.templates.first().map(|template| &template.file)) {
            Some(file) => error.at(Span { file: *file, start: 0, end: 0 }),
            None => error,
        }
    }
}

/// What ended a template, whatever it was inside of.
fn innermost(error: &minijinja::Error) -> ErrorKind {
    let mut kind = error.kind();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        if let Some(error) = cause.downcast_ref::<minijinja::Error>() {
            kind = error.kind();
        }
        next = cause.source();
    }
    kind
}
