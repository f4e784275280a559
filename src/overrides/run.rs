//! Runs the site's templates, page by page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use minijinja::ErrorKind;

use super::context::{Contexts, section_fields};
use super::engine::{Engine, FUEL};
use super::error::TemplateNames;
use super::html::{Html, Piece};
use super::media::MediaRequests;
use super::value::FieldMap;
use super::{builtin, names, unused};
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Span, Stop};
use crate::machine::caught::caught;
use crate::plan::Requests;
use crate::site::{Body, GalleryId, Section, Site, Written};
use crate::source::section_template;

/// Output and requests of the site's templates; empty for a site without templates.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// The media that templates requested.
    pub requests: Requests,
    /// The RSS feed, if the site has a template for it.
    pub feed: Option<String>,
    /// Output by page; `None` is the front page.
    pages: BTreeMap<Option<GalleryId>, WrittenPage>,
}

/// Output of the site's templates for one page.
#[derive(Debug, Clone, Default)]
pub struct WrittenPage {
    /// The whole page. If present, the fields below are for the gaps that cimaise fills.
    pub whole: Option<Html>,
    /// Sections, by their index.
    pub sections: BTreeMap<usize, Html>,
    /// The menu.
    pub menu: Option<Html>,
    /// The footer.
    pub footer: Option<Html>,
    /// Metadata in the head for other sites.
    pub meta: Option<Html>,
    /// Links for sharing.
    pub share: Option<Html>,
}

impl Overrides {
    /// Returns the output for a gallery's page, or for the front page (`None`).
    #[must_use]
    pub fn page(&self, gallery: Option<GalleryId>) -> Option<&WrittenPage> {
        self.pages.get(&gallery)
    }
}

/// Stack size in bytes: enough to print, compare or drop values of the greatest depth, inside the greatest number of nested templates and
/// macros. Only the part that is used takes memory.
const STACK: usize = 64 << 20;

/// Limit for all templates of a site, in steps: a base, and an addition for each page.
const STEPS: (u64, u64) = (50 * FUEL, FUEL / 10);

/// Limit for the output of one template, in bytes.
const LONGEST: usize = 16 << 20;

/// Limit for the output of all templates of a site, in bytes: a base, and an addition for each page.
const PRINTED: (u64, u64) = (64 << 20, 256 << 10);

/// Limit for the number of times that a template inserts the same part of cimaise's page.
const MOST_GAPS: usize = 16;

/// Runs all templates of a site, and reports all their errors.
///
/// # Errors
/// [`Stop::Site`] if a template has an error, which is then in the report; [`Stop::Machine`] if no thread can be started.
pub fn run(site: &Site, report: &mut Report) -> Result<Overrides, Stop> {
    let Some(written) = &site.written else { return Ok(Overrides::default()) };
    on_a_large_stack(|| run_all(site, written, report))?
}

/// Calls `work` on a thread whose stack is large enough for values and templates of the greatest depth.
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
    // A copy: objects in templates cannot borrow from the site.
    let requests = MediaRequests::new(site.clone());
    let names = TemplateNames {
        files: written.templates.iter().map(|template| (template.name.as_str(), template.file)).collect(),
        builtin: builtin::names().collect(),
    };
    let contexts = Contexts::new(site, written, &requests);
    let pages = site.galleries.len() as u64 + 1;
    let left = Allowance { steps: STEPS.0 + STEPS.1 * pages, bytes: PRINTED.0 + PRINTED.1 * pages };
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
    names: TemplateNames<'a>,
    contexts: Contexts<'a>,
    report: &'a mut Report,
    /// Errors that are already in the report, so that each is reported only for the first page where it occurs.
    told: BTreeSet<String>,
    left: Allowance,
}

/// The steps and bytes that the templates of the site may still use.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    steps: u64,
    bytes: u64,
}

impl Run<'_> {
    /// Checks that all templates compile, including unused ones.
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

    /// Runs the site's template for a part of cimaise's page, if the site has one and the page needs the part.
    fn part(&mut self, name: &str, wanted: bool, fields: &FieldMap, place: &str) -> Option<Html> {
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

    fn print(&mut self, name: &str, fields: &FieldMap, place: &str) -> Html {
        match self.printed(name, fields, place) {
            Ok(html) => html,
            Err(problem) => {
                let Diagnostic { place, help, .. } = &problem;
                // The same error occurs on every page, and only the page name in its message differs.
                if self.told.insert(format!("{place:?} {help:?}")) {
                    self.report.push(problem);
                }
                Html::default()
            }
        }
    }

    fn printed(&mut self, name: &str, fields: &FieldMap, place: &str) -> Result<Html, Diagnostic> {
        if self.left.steps == 0 {
            return Err(self.too_much(name, "the templates of this site take too many steps in total", place));
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
                // The number of steps until the error is unknown.
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
            return Err(self.too_much(name, "the templates of this site print too much text in total", place));
        };
        self.left.bytes = left;
        let html = Html::parse(&text);
        if html.most_of_a_gap() > MOST_GAPS {
            let message = format!("this template inserts the same part of the page more than {MOST_GAPS} times");
            return Err(self.too_much(name, &message, place));
        }
        Ok(html)
    }

    fn too_much(&self, name: &str, message: &str, place: &str) -> Diagnostic {
        let error = Diagnostic::new(Code::TemplateTooMuch, format!("{message} ({place})"))
            .help("look for long loops, and for texts that grow in loops");
        match self.names.files.get(name).or_else(|| self.written.templates.first().map(|template| &template.file)) {
            Some(file) => error.at(Span { file: *file, start: 0, end: 0 }),
            None => error,
        }
    }
}

/// Returns the kind of the innermost error in the chain.
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
