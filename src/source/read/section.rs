//! Reads one entry of `sections`.

use super::Reader;
use super::fields::{MapFields, shortened};
use crate::diagnostic::Code;
use crate::source::keys;
use crate::source::suggest::nearest;
use crate::source::yaml::{Node, YamlEntry};
use crate::source::{MediaRef, Overlay, Rows, Section, SectionKind, SectionType, Spanned};

const IMAGE: &str = "add `image: ` and the name of a file";

impl Reader {
    /// Reads a section; `None` if it is invalid, with the problem reported.
    pub(super) fn section(&mut self, node: &Node) -> Option<Section> {
        if node.is_null() {
            self.report(Code::SettingsEmptyValue, node.span, "ignoring an empty section", "remove this `-`");
            return None;
        }
        if node.map().is_none() {
            let help = "write `type: ` and the keys of the section; a picture is `type: full-picture` with `image: `";
            self.wrong("sections", "sections like `- type: text`", node, help);
            return None;
        }
        let mut fields = self.fields("sections", &keys::SECTION, node)?;
        let names = || SectionType::ALL.iter().map(|kind| kind.name());
        let list = names().collect::<Vec<_>>().join(", ");
        let entry = fields.require("type", &format!("add `type: ` and one of {list}"))?;
        let written = fields.reader.text("type", &entry.node)?;
        let Some(kind) = SectionType::named(&written.value) else {
            let own = fields.reader.own_types();
            if own.contains(&written.value) {
                let data = fields.reader.data(node);
                return Some(Section { kind: SectionKind::Custom, data });
            }
            let help = match nearest(&written.value, names().chain(own.iter().map(String::as_str))) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "the types are {list}; for your own type, write `templates/sections/{}.html`",
                    file_name(&written.value)
                ),
            };
            let message = format!("unknown section type `{}`", shortened(&written.value));
            fields.reader.report(Code::SettingsUnknownSection, written.span, message, help);
            return None;
        };
        fields.switch(kind.table());
        let given = fields.section_kind(kind);
        if fields.reader.own_types().iter().all(|own| own != kind.name()) {
            fields.finish(|key| explain_misplaced(kind, key));
        }
        let data = self.data(node);
        Some(Section { kind: given?, data })
    }
}

impl Reader {
    /// Returns the types of sections for which the site has templates.
    fn own_types(&self) -> Vec<String> {
        let templates = self.templates.iter().flat_map(|templates| templates.iter());
        templates.filter_map(|template| template.section()).map(str::to_owned).collect()
    }
}

/// Returns a type as part of a file name, or a placeholder if it cannot be one.
fn file_name(kind: &str) -> String {
    let usual = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if kind.len() <= 40 && !kind.is_empty() && kind.chars().all(usual) { kind.to_owned() } else { "TYPE".to_owned() }
}

/// Returns message and help for a key of other types.
fn explain_misplaced(kind: SectionType, key: &str) -> Option<(String, String)> {
    let others: Vec<String> = SectionType::with_key(key).map(|other| format!("`{}`", other.name())).collect();
    let message = || format!("`{key}` has no effect in a section of type `{}`", kind.name());
    (!others.is_empty()).then(|| (message(), format!("it belongs to {}", others.join(", "))))
}

impl MapFields<'_, '_> {
    /// Reads the keys of a section of this type. All keys are read before a missing one causes a failure, so that all
    /// problems are reported.
    fn section_kind(&mut self, kind: SectionType) -> Option<SectionKind> {
        match kind {
            SectionType::FullPicture => {
                let (image, text) = (self.image(), self.overlay());
                let (fixed, background_position) = (self.boolean("fixed"), self.text("background_position"));
                Some(SectionKind::FullPicture { image: image?, text, fixed, background_position })
            }
            SectionType::BorderedPicture => {
                let (image, text, background) = (self.image(), self.text("text"), self.text("background"));
                Some(SectionKind::BorderedPicture { image: image?, text, background })
            }
            SectionType::PicturesGroup => {
                let (images, background, css) = (self.rows(), self.text("background"), self.text("css"));
                Some(SectionKind::PicturesGroup { images: images?, background, css })
            }
            SectionType::Text => {
                let text = self.words("text");
                let (background, color) = (self.text("background"), self.text("color"));
                Some(SectionKind::Text { text, background, color })
            }
            SectionType::Quote => {
                let text = self.words("text");
                let (background, color) = (self.text("background"), self.text("color"));
                Some(SectionKind::Quote { text, background, color })
            }
            SectionType::Html => {
                let html = self.words("html");
                let (background, color) = (self.text("background"), self.text("color"));
                Some(SectionKind::Html { html, background, color })
            }
            SectionType::Paragraph => Some(SectionKind::Paragraph {
                title: self.text("title"),
                text: self.text("text"),
                image: self.take("image").and_then(|entry| self.reader.media("image", &entry.node)),
                background: self.text("background"),
                color: self.text("color"),
            }),
            SectionType::Iframe => {
                let name = self.require("name", "add the whole markup: `name: '<iframe src=..></iframe>'`")?;
                Some(SectionKind::Iframe { name: self.reader.text("name", &name.node)? })
            }
            SectionType::Panorama => Some(SectionKind::Panorama { image: self.image()? }),
            SectionType::Audio => {
                let image = self.require("image", "add `image: ` and the name of a sound file");
                let image = image.and_then(|entry| self.reader.sound(entry));
                let (title, color) = (self.text("title"), self.text("color"));
                Some(SectionKind::Audio { image: image?, title, color })
            }
            SectionType::Author => {
                let (name, image, text) = (self.text("name"), self.image(), self.text("text"));
                let (twitter, facebook, website) = (self.text("twitter"), self.text("facebook"), self.text("website"));
                Some(SectionKind::Author { name, image: image?, text, twitter, facebook, website })
            }
        }
    }

    fn image(&mut self) -> Option<MediaRef> {
        let entry = self.require("image", IMAGE)?;
        self.reader.media("image", &entry.node)
    }

    /// Reads a section that consists of a text under `key`.
    fn words(&mut self, key: &'static str) -> Option<Spanned<String>> {
        if let Some(entry) = self.take(key) {
            return self.reader.text(key, &entry.node);
        }
        let message = format!("the section has no `{key}` and shows nothing");
        self.reader.report(Code::SettingsEmptyValue, self.span, message, format!("add `{key}: ` and a text"));
        None
    }

    fn overlay(&mut self) -> Option<Overlay> {
        let entry = self.take("text")?;
        if entry.node.scalar().is_some() {
            let title = self.reader.text("text", &entry.node)?;
            let message = "`text` of a `full-picture` must be a map; using this text as the title";
            let help = "write `title: ` on a line of its own below `text:`";
            self.reader.report(Code::SettingsIgnoredValue, title.span, message, help);
            return Some(Overlay { title: Some(title), ..Overlay::default() });
        }
        let mut fields = self.reader.fields("text", &keys::OVERLAY, &entry.node)?;
        let overlay = Overlay {
            title: fields.text("title"),
            sub_title: fields.text("sub_title"),
            date: fields.take("date").and_then(|entry| fields.reader.date("date", &entry.node)),
            date_end: fields.take("date_end").and_then(|entry| fields.reader.date("date_end", &entry.node)),
        };
        fields.finish(|_| None);
        Some(overlay)
    }

    fn rows(&mut self) -> Option<Rows> {
        let entry = self.require("images", "add `images: ` and rows of file names, like `- [a.jpg, b.jpg]`")?;
        let Some(items) = entry.node.list() else {
            let help = "write rows of file names, like `- [a.jpg, b.jpg]`";
            self.reader.wrong("images", "a list of rows", &entry.node, help);
            return None;
        };
        let is_empty = |item: &Node| item.is_null() || item.list().is_some_and(<[Node]>::is_empty);
        let items: Vec<&Node> = items.iter().filter(|item| !is_empty(item)).collect();
        if items.is_empty() {
            let help = "write rows of file names, like `- [a.jpg, b.jpg]`";
            self.reader.report(Code::SettingsMissingKey, entry.key_span, "`images` is empty", help);
            return None;
        }
        if items.iter().any(|item| item.list().is_some()) {
            let rows =
                items.into_iter().filter_map(|item| self.reader.row(item)).filter(|row| !row.is_empty()).collect();
            return Some(Rows::Given(rows));
        }
        self.reader.report(
            Code::CompatRecitale,
            entry.key_span,
            "`images` is a flat list; cimaise chooses the rows, récitale fails",
            "to choose the rows yourself, write a list of rows, like `- [a.jpg, b.jpg]`",
        );
        Some(Rows::Automatic(items.into_iter().filter_map(|item| self.reader.media("images", item)).collect()))
    }
}

impl Reader {
    fn row(&mut self, node: &Node) -> Option<Vec<MediaRef>> {
        let Some(items) = node.list() else {
            let message = format!("expected a row of pictures, found {}", node.describe());
            self.report(Code::SettingsInvalidValue, node.span, message, "put the names in brackets, like `- [a.jpg]`");
            return None;
        };
        Some(items.iter().filter(|item| !item.is_null()).filter_map(|item| self.media("images", item)).collect())
    }

    /// Reads the file of an `audio` section: a name, or a map with only `name`.
    fn sound(&mut self, entry: &YamlEntry) -> Option<Spanned<String>> {
        if entry.node.map().is_none() {
            return self.file_name("image", &entry.node);
        }
        let mut fields = self.fields("image", &keys::SOUND, &entry.node)?;
        let name = fields.require("name", "write `name:` and the name of the file");
        let name = name.and_then(|entry| fields.reader.file_name("name", &entry.node));
        fields.finish(|_| None);
        name
    }
}
