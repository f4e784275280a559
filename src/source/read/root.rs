//! The root `settings.yaml`.

use super::Reader;
use super::fields::MapFields;
use crate::source::yaml::{Node, YamlEntry};
use crate::source::{BuildSettings, Deploy, Licence, MenuEntry, RootSettings, SETTINGS, Spanned};

/// Keys of the top level, for those who write them into `settings`.
const TOP_LEVEL: [&str; 9] = ["title", "sub_title", "url", "rss", "share", "show_date", "menu", "include", "licence"];

/// Keys of `settings`, for those who write them at the top level.
const IN_SETTINGS: [&str; 8] =
    ["images", "light_mode", "night_mode", "og", "reverse", "date_locale", "deploy", "follow_links"];

impl Reader {
    /// Reads the root settings; `None` if the file is not a map.
    pub(in crate::source) fn root(&mut self, node: &Node) -> Option<RootSettings> {
        let mut fields = self.document(node)?;
        let title = fields.title();
        let sub_title = fields.text("sub_title");
        let url = fields.text("url");
        let (rss, share) = (fields.boolean("rss"), fields.boolean("share"));
        let show_date = fields.boolean("show_date");
        let lang = fields.text("lang");
        let menu = fields.take("menu").map_or(Vec::new(), |entry| fields.reader.menu(&entry.node));
        let include = fields.include();
        let licence = fields.take("licence").and_then(|entry| fields.reader.licence(&entry.node));
        let (password, protect) = (fields.password(), fields.protect());
        let theme = fields.theme();
        if let Some(entry) = fields.take("date") {
            fields.reader.date("date", &entry.node);
        }
        fields.internal_keys();
        let settings = match fields.take("settings") {
            Some(entry) => fields.reader.build_settings(&entry.node),
            None => BuildSettings::default(),
        };
        fields.finish(|key| {
            let message = || format!("`{key}` has no effect at the top level");
            IN_SETTINGS.contains(&key).then(|| (message(), "move it into `settings:`".to_owned()))
        });
        let (file, data) = (self.file, self.data(node));
        Some(RootSettings {
            file,
            title,
            sub_title,
            url,
            rss,
            share,
            show_date,
            lang,
            menu,
            include,
            licence,
            password,
            protect,
            theme,
            settings,
            data,
        })
    }

    /// The map that a settings file is.
    pub(super) fn document<'n>(&mut self, node: &'n Node) -> Option<MapFields<'_, 'n>> {
        if node.is_null() {
            self.empty();
            return None;
        }
        if node.map().is_none() {
            let message = format!("expected keys and values, found {}", node.describe());
            self.error(node.span, message, "write lines like `title: My photos`");
            return None;
        }
        let start = self.start();
        let mut fields = self.fields(SETTINGS, node)?;
        fields.span = start;
        Some(fields)
    }

    fn menu(&mut self, node: &Node) -> Vec<MenuEntry> {
        let mut menu = Vec::new();
        if let Some(entries) = node.map() {
            menu.extend(entries.iter().filter_map(|entry| self.menu_entry(entry)));
        } else if let Some(items) = node.list() {
            for item in items {
                match item.map() {
                    Some(entries) => menu.extend(entries.iter().filter_map(|entry| self.menu_entry(entry))),
                    None if item.is_null() => {}
                    None => self.wrong("menu", "entries like `- about: About me`", item),
                }
            }
        } else {
            self.wrong("menu", "a list of entries like `- about: About me`", node);
        }
        menu
    }

    fn menu_entry(&mut self, entry: &YamlEntry) -> Option<MenuEntry> {
        let target = Spanned::new(entry.key.to_string(), entry.key_span);
        if entry.node.is_null() {
            let message = "a menu entry without a text shows its target";
            self.warn(
                entry.key_span,
                message,
                format!("write a text after `{}:`", super::fields::shortened(&entry.key)),
            );
            return Some(MenuEntry { label: target.clone(), target });
        }
        Some(MenuEntry { label: self.text("menu", &entry.node)?, target })
    }

    fn licence(&mut self, node: &Node) -> Option<Licence> {
        if let Some(scalar) = node.scalar() {
            let word = scalar.text.trim().to_ascii_lowercase();
            if scalar.plain && matches!(word.as_str(), "false" | "no" | "off") {
                return Some(Licence::default());
            }
            if scalar.plain && matches!(word.as_str(), "true" | "yes" | "on") {
                let message = format!("`licence: {}` names no licence", scalar.text.trim());
                self.warn(node.span, message, "write its name, like `licence: CC-BY-4.0`, or `false` to state none");
                return Some(Licence::default());
            }
            return Some(Licence { name: self.text("licence", node), url: None });
        }
        let mut fields = self.fields("licence", node)?;
        let licence = Licence { name: fields.text("name"), url: fields.text("url") };
        fields.finish(|_| None);
        Some(licence)
    }

    fn build_settings(&mut self, node: &Node) -> BuildSettings {
        let Some(mut fields) = self.fields("settings", node) else { return BuildSettings::default() };
        let settings = BuildSettings {
            theme: fields.theme(),
            gm: fields.take("gm").map(|entry| fields.reader.gm(&entry.node)).unwrap_or_default(),
            images: fields.take("images").map(|entry| fields.reader.images(&entry.node)).unwrap_or_default(),
            ffmpeg: fields.ffmpeg("ffmpeg"),
            ffmpeg_audio: fields.ffmpeg("ffmpeg_audio"),
            light_mode: fields.boolean("light_mode"),
            night_mode: fields.boolean("night_mode"),
            og: fields.boolean("og"),
            reverse: fields.boolean("reverse"),
            date_locale: fields.text("date_locale"),
            deploy: fields.take("deploy").and_then(|entry| fields.reader.deploy(entry)),
            follow_links: fields.boolean("follow_links"),
        };
        fields.finish(|key| {
            let message = || format!("`{key}` has no effect inside `settings`");
            TOP_LEVEL.contains(&key).then(|| (message(), "move it to the top level".to_owned()))
        });
        settings
    }

    fn deploy(&mut self, entry: &YamlEntry) -> Option<Deploy> {
        let mut fields = self.fields("deploy", &entry.node)?;
        let deploy = Deploy {
            span: entry.key_span,
            dest: fields.text("dest"),
            ssh: fields.boolean("ssh"),
            username: fields.text("username"),
            hostname: fields.text("hostname"),
            others: fields.text("others"),
            delete: fields.boolean("delete"),
        };
        fields.finish(|_| None);
        Some(deploy)
    }
}

impl MapFields<'_, '_> {
    /// `title`, which every file must have.
    pub(super) fn title(&mut self) -> Spanned<String> {
        let title = self.require("title", "add a line such as `title: My photos`");
        let title = title.and_then(|entry| self.reader.text("title", &entry.node));
        if let Some(title) = title.as_ref().filter(|title| title.value.trim().is_empty()) {
            self.reader.warn(title.span, "the title is empty", "write a title; browsers and search engines show it");
        }
        // Where it is missing, the error stops the run before anybody can see this.
        title.unwrap_or_else(|| Spanned::new(String::new(), self.span))
    }

    fn include(&mut self) -> Vec<Spanned<String>> {
        self.take("include").map_or(Vec::new(), |entry| self.reader.texts("include", &entry.node, ""))
    }
}
