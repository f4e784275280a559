//! Reads a gallery's `settings.yaml`.

use super::Reader;
use super::fields::MapFields;
use crate::source::yaml::Node;
use crate::source::{Data, GallerySettings, Section, SectionType, Spanned, keys};

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
            data,
        })
    }
}

impl MapFields<'_, '_> {
    fn sections(&mut self) -> Option<Spanned<Vec<Section>>> {
        let entry = self.take("sections")?;
        let Some(items) = entry.node.list() else {
            let help = "begin each section with `- `, as in `- type: text`";
            self.reader.wrong("sections", "a list", &entry.node, help);
            return None;
        };
        if items.is_empty() {
            let message = "`sections` is empty: the page shows only its title";
            let help = "remove `sections` to show all photos in the folder";
            self.reader.report(crate::diagnostic::Code::GalleryNoSections, entry.key_span, message, help);
        }
        let sections = items.iter().filter_map(|item| self.reader.section(item)).collect();
        Some(Spanned::new(sections, entry.key_span))
    }
}
