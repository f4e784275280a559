//! Reads the root `settings.yaml`.

use super::Reader;
use super::fields::{MapFields, shortened};
use crate::diagnostic::Code;
use crate::source::keys::{self, Table};
use crate::source::yaml::{Node, YamlEntry};
use crate::source::{BuildSettings, Deploy, Licence, MenuEntry, PictureOptions, RootSettings, SETTINGS, Spanned};

/// How to write an entry of the menu.
const MENU: &str = "write the folder of the page, `: ` and the text of the entry";

impl Reader {
    /// Reads the root settings; `None` if the file is not a map.
    pub(in crate::source) fn root(&mut self, node: &Node) -> Option<RootSettings> {
        let mut fields = self.document(&keys::ROOT, node)?;
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
        let internal = fields.internal_keys();
        let settings = match fields.take("settings") {
            Some(entry) => fields.reader.build_settings(&entry.node),
            None => BuildSettings::default(),
        };
        fields.finish(|key| {
            if keys::SETTINGS_MAP.means(key) {
                let message = format!("`{key}` has no effect at the top level");
                return Some((message, "move it below `settings:`".to_owned()));
            }
            let help = "move it to the `settings.yaml` in the folder of a gallery";
            let message = || format!("`{key}` has no effect in the settings of the site");
            keys::GALLERY.means(key).then(|| (message(), help.to_owned()))
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
            of_recitale: internal || settings.gm != PictureOptions::default(),
            settings,
            data,
        })
    }

    /// Reads the top-level map of a settings file.
    pub(super) fn document<'n>(&mut self, table: &'static Table, node: &'n Node) -> Option<MapFields<'_, 'n>> {
        if node.is_null() {
            self.empty();
            return None;
        }
        if node.map().is_none() {
            let message = format!("expected keys and values, found {}", node.describe());
            self.report(Code::SettingsInvalidValue, node.span, message, "write lines like `title: My photos`");
            return None;
        }
        let start = self.start();
        let mut fields = self.fields(SETTINGS, table, node)?;
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
                    None => self.wrong("menu", "entries like `- about: About me`", item, MENU),
                }
            }
        } else {
            self.wrong("menu", "a list of entries like `- about: About me`", node, MENU);
        }
        menu
    }

    fn menu_entry(&mut self, entry: &YamlEntry) -> Option<MenuEntry> {
        let target = Spanned::new(entry.key.to_string(), entry.key_span);
        if entry.node.is_null() {
            let message = "the menu entry has no text; using its target";
            let help = format!("write a text after `{}:`", shortened(&entry.key));
            self.report(Code::SettingsEmptyValue, entry.key_span, message, help);
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
                let message = format!("`licence: {}` does not name a licence", scalar.text.trim());
                let help = "write its name, like `licence: CC-BY-4.0`, or `licence: false` for none";
                self.report(Code::LicenceUnnamed, node.span, message, help);
                return Some(Licence::default());
            }
            return Some(Licence { name: self.text("licence", node), url: None });
        }
        let mut fields = self.fields("licence", &keys::LICENCE, node)?;
        let name = fields.text("name");
        let url = fields.text("url").filter(|url| fields.reader.is_link(url));
        fields.finish(|_| None);
        Some(Licence { name, url })
    }

    /// Returns whether a page may link to the URL of a licence; reports any other URL.
    fn is_link(&mut self, url: &Spanned<String>) -> bool {
        let beginning = url.value.trim().split(['/', '?', '#']).next().unwrap_or_default();
        let scheme = beginning.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        let is_link = matches!(scheme.as_deref(), None | Some("http" | "https"));
        if !is_link {
            let message = format!("expected an address for `url`, found `{}`", shortened(url.value.trim()));
            let help = "write an address with `https:` or `http:`, or a path on the website";
            self.report(Code::LicenceUrl, url.span, message, help);
        }
        is_link
    }

    fn build_settings(&mut self, node: &Node) -> BuildSettings {
        let Some(mut fields) = self.fields("settings", &keys::SETTINGS_MAP, node) else {
            return BuildSettings::default();
        };
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
            diagnostics: (fields.take("diagnostics"))
                .map(|entry| fields.reader.diagnostics(&entry.node))
                .unwrap_or_default(),
            follow_links: fields.boolean("follow_links"),
        };
        fields.finish(|key| {
            let message = || format!("`{key}` has no effect inside `settings`");
            keys::ROOT.means(key).then(|| (message(), "move it to the top level".to_owned()))
        });
        settings
    }

    /// Warns about a destination that only a shell would expand to the home folder.
    fn literal_home(&mut self, dest: &Spanned<String>) {
        let written = shortened(dest.value.trim());
        let relative = written.trim_start_matches('~').trim_start_matches('/');
        let relative = if relative.is_empty() { "." } else { relative };
        let message = format!("`dest: {written}` is a folder with the literal name `~`, not the home folder");
        let help =
            format!("write the complete path; on a remote host, `dest: {relative}` is relative to the home folder");
        self.report(Code::DeployHomeFolder, dest.span, message, help);
    }

    fn deploy(&mut self, entry: &YamlEntry) -> Option<Deploy> {
        if let Some(folder) = entry.node.scalar() {
            let help = format!("write `deploy: {{dest: {}}}`", shortened(&folder.text));
            self.wrong("deploy", "a map with `dest`", &entry.node, &help);
            return None;
        }
        let mut fields = self.fields("deploy", &keys::DEPLOY, &entry.node)?;
        let dest = fields.text("dest");
        if let Some(dest) = dest.as_ref().filter(|dest| dest.value.trim_start().starts_with('~')) {
            fields.reader.literal_home(dest);
        }
        let deploy = Deploy {
            span: entry.key_span,
            dest,
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
    /// Reads `title`, which is required in every file.
    pub(super) fn title(&mut self) -> Spanned<String> {
        let title = self.require("title", "add a line such as `title: My photos`");
        let title = title.and_then(|entry| self.reader.text("title", &entry.node));
        if let Some(title) = title.as_ref().filter(|title| title.value.trim().is_empty()) {
            let help = "write a title; browsers and search engines show it";
            self.reader.report(Code::SettingsEmptyValue, title.span, "the title is empty", help);
        }
        // A missing title is an error, so no page is built with this empty one.
        title.unwrap_or_else(|| Spanned::new(String::new(), self.span))
    }

    fn include(&mut self) -> Vec<Spanned<String>> {
        self.take("include").map_or(Vec::new(), |entry| self.reader.texts("include", &entry.node))
    }
}
