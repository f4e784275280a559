//! Reads a gallery's `settings.yaml`.

use super::Reader;
use super::fields::MapFields;
use crate::diagnostic::{Place, Severity, Span};
use crate::source::yaml::Node;
use crate::source::{Data, GallerySettings, Section, SectionType, Spanned, keys};

/// Keys of sections that choose photos.
const CHOOSING: [&str; 2] = ["image", "images"];

impl Reader {
    /// Reads a gallery's settings; `None` if the file is not a map.
    pub(in crate::source) fn gallery(&mut self, node: &Node) -> Option<GallerySettings> {
        let mut fields = self.document(&keys::GALLERY, node)?;
        let title = fields.title();
        let sub_title = fields.text("sub_title");
        let date = fields.take("date").and_then(|entry| fields.reader.date("date", &entry.node));
        let cover = fields.take("cover").and_then(|entry| fields.reader.cover(entry));
        let description = fields.text("description");
        let lang = fields.text("lang");
        let tags = fields.take("tags").map_or(Vec::new(), |entry| fields.reader.texts("tags", &entry.node));
        let public = fields.boolean("public");
        let static_page = fields.boolean("static");
        let (password, protect) = (fields.password(), fields.protect());
        let no_password = fields.no_password();
        let reverse = fields.boolean("reverse");
        let theme = fields.theme();
        let light_mode = fields.boolean("light_mode");
        let sections = fields.sections();
        let no_sections = fields.entry("sections").filter(|entry| entry.node.is_null()).map(|entry| entry.key_span);
        let may_show_all = sections.is_none() && static_page.is_none_or(|page| !page.value);
        let misplaced = if may_show_all { fields.misplaced_choice() } else { None };
        let sections = sections.or(misplaced.map(|span| Spanned::new(Vec::new(), span)));
        fields.finish(|key| {
            let help = if keys::ROOT.means(key) || key == "night_mode" {
                "move it to the `settings.yaml` of the site"
            } else if SectionType::with_key(key).next().is_some() {
                "indent it if it belongs to a section"
            } else {
                return None;
            };
            Some((format!("`{key}` has no effect in a gallery"), help.to_owned()))
        });
        if let Some(span) = misplaced {
            self.as_error(span);
        }
        let (file, mut data) = (self.file, self.data(node));
        if let Data::Map(entries) = &mut data {
            entries.retain(|(key, _)| key != "sections");
        }
        Some(GallerySettings {
            file,
            title,
            sub_title,
            date,
            cover,
            description,
            lang,
            tags,
            public,
            static_page,
            password,
            no_password,
            protect,
            reverse,
            theme,
            light_mode,
            sections,
            no_sections,
            data,
        })
    }
}

impl Reader {
    /// Makes errors of the problems at a key: without the key's value, the page would show photos that the author did not choose.
    fn as_error(&mut self, key: Span) {
        for problem in
            self.problems.iter_mut().filter(|problem| matches!(problem.place, Place::Span(span) if span == key))
        {
            problem.severity = Severity::Error;
        }
    }
}

impl MapFields<'_, '_> {
    /// Reads the sections. A value that cannot be read counts as an empty list: the author meant to choose what the page shows.
    fn sections(&mut self) -> Option<Spanned<Vec<Section>>> {
        let entry = self.take("sections")?;
        let Some(items) = entry.node.list() else {
            let help = "begin each section with `- `, as in `- type: text`";
            self.reader.wrong("sections", "a list", &entry.node, help);
            return Some(Spanned::new(Vec::new(), entry.key_span));
        };
        let sections = items.iter().filter_map(|item| self.reader.section(item)).collect();
        Some(Spanned::new(sections, entry.key_span))
    }

    /// Returns the key by which the author of a gallery without `sections` probably chose its photos: a misspelled `sections`, or a key
    /// of a section that is not in one. Templates may use any key.
    fn misplaced_choice(&self) -> Option<Span> {
        let is_choice = |key: &str| CHOOSING.contains(&key) || self.is_near(key, "sections");
        let is_free = self.reader.templates.is_none();
        self.rest().find(|entry| is_free && is_choice(&entry.key)).map(|entry| entry.key_span)
    }
}
