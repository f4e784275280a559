//! Files that all pages share: style sheets, scripts and the icon, each named after its content.

use std::collections::BTreeSet;

use super::page_file::PageFile;
use crate::cache::Digest;
use crate::plan::OutputPath;
use crate::source::{SitePath, Theme};

/// The script that runs before the page is painted.
pub(super) const EARLY: &str = include_str!("../../../templates/assets/js/early.js");

/// The script of pages that ask for a password.
pub(super) const UNLOCK: &str = include_str!("../../../templates/assets/js/unlock.js");

const ICON: &str = include_str!("../../../templates/assets/icon.svg");

/// The style sheet and the script of one theme.
#[derive(Debug, Clone)]
pub(super) struct ThemeFiles {
    theme: Theme,
    style: PageFile,
    script: Option<PageFile>,
}

impl ThemeFiles {
    /// Creates the files from their texts; without a script if `script` is empty.
    pub(super) fn new(theme: Theme, style: &str, script: &str) -> Self {
        let name = theme.name();
        let script = (!script.is_empty()).then(|| file(name, "js", script));
        Self { theme, style: file(name, "css", style), script }
    }
}

/// The shared files.
#[derive(Debug, Clone)]
pub(super) struct Assets {
    themes: Vec<ThemeFiles>,
    /// The blocking script for the head.
    pub(super) early: PageFile,
    /// The deferred script that opens protected pages.
    pub(super) unlock: PageFile,
    /// The site's icon.
    pub(super) icon: PageFile,
}

impl Assets {
    /// Creates the files that belong to no theme, and adds those of the themes.
    pub(super) fn new(themes: Vec<ThemeFiles>) -> Self {
        Self {
            themes,
            early: file("early", "js", EARLY),
            unlock: file("unlock", "js", UNLOCK),
            icon: file("icon", "svg", ICON),
        }
    }

    /// Returns the path of a theme's style sheet.
    pub(super) fn style(&self, theme: Theme) -> &OutputPath {
        &self.of(theme).style.path
    }

    /// Returns the path of a theme's script, which is deferred; `None` if the theme has no script.
    pub(super) fn script(&self, theme: Theme) -> Option<&OutputPath> {
        self.of(theme).script.as_ref().map(|file| &file.path)
    }

    fn of(&self, theme: Theme) -> &ThemeFiles {
        self.themes.iter().find(|files| files.theme == theme).unwrap_or(&self.themes[0])
    }

    /// Returns the files for a site with pages in these themes. Pages that ask for a password use the default theme.
    pub(super) fn into_files(self, used: &BTreeSet<Theme>, has_protected: bool) -> Vec<PageFile> {
        let themes =
            self.themes.into_iter().filter(|files| files.theme == Theme::default() || used.contains(&files.theme));
        let themes = themes.flat_map(|files| std::iter::once(files.style).chain(files.script));
        let unlock = has_protected.then_some(self.unlock);
        themes.chain([self.early, self.icon]).chain(unlock).collect()
    }
}

fn file(stem: &str, extension: &str, text: &str) -> PageFile {
    let name = format!("{stem}-{}.{extension}", Digest::of(text.as_bytes()).short());
    PageFile { path: OutputPath::new(&SitePath::root().child("assets"), &name), bytes: text.as_bytes().to_vec() }
}
