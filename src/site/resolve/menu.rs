//! Targets of menu entries.
//!
//! In: menu entries, the folders of pages, and the paths of attachments. Out: menu items whose targets are URLs, and
//! warnings.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::site::model::MenuItem;
use crate::site::read::Attached;
use crate::site::resolve::folders::Folders;
use crate::site::resolve::settings::SiteSettings;
use crate::site::text::Fragment;
use crate::source::{MenuEntry, SitePath, Slip, nearest_by, percent_encoded};

/// Characters that are encoded in a query or a fragment; `%` is not, since authors copy addresses from their browser.
const SUFFIX: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'\\');

/// Resolves the entries of the menu.
pub(super) fn menu(
    settings: &SiteSettings<'_>,
    folders: &Folders<'_>,
    attached: &Attached<'_>,
    report: &mut Report,
) -> Vec<MenuItem> {
    let pages = folders.pages();
    let targets = Targets::new(&pages, attached.keys().collect());
    let entries = settings.root.menu.iter().map(|entry| {
        let (item, warning) = targets.item(entry);
        warning.into_iter().for_each(|warning| report.push(warning));
        item
    });
    entries.collect()
}

/// The targets inside the site that a menu can link to.
struct Targets<'a> {
    front: SitePath,
    pages: &'a BTreeSet<&'a SitePath>,
    files: BTreeSet<&'a SitePath>,
}

impl<'a> Targets<'a> {
    /// Collects targets: `pages` are the folders of the galleries, `files` the paths of files that are published
    /// unchanged.
    fn new(pages: &'a BTreeSet<&'a SitePath>, files: BTreeSet<&'a SitePath>) -> Self {
        Self { front: SitePath::root(), pages, files }
    }

    /// Resolves one entry; a target that does not exist in the site is kept, with a warning.
    fn item(&self, entry: &MenuEntry) -> (MenuItem, Option<Diagnostic>) {
        let text = entry.target.value.trim();
        let label = Fragment::new(entry.label.value.clone());
        if is_external(text) {
            return (MenuItem { target: text.to_owned(), external: true, label }, None);
        }
        // A folder may have the name `#1`, so the text has a query or a fragment only if it is not the name of a
        // page.
        let at = if self.page(text).is_some() { text.len() } else { text.find(['?', '#']).unwrap_or(text.len()) };
        let (way, suffix) = text.split_at(at);
        let (target, warning) = match self.page(way) {
            Some(page) => (url(page, true), None),
            None => {
                let path = inside(way);
                let decoded = inside(&percent_decode_str(way).decode_utf8_lossy());
                let path = if self.is_file(&decoded) { decoded } else { path };
                let target = url(&path, !self.files.contains(&path) && path.extension().is_empty());
                (target, (!self.is_file(&path)).then(|| self.nowhere(entry, &path)))
            }
        };
        let target = format!("{target}{}", utf8_percent_encode(suffix, SUFFIX));
        (MenuItem { target, external: false, label }, warning)
    }

    /// Returns whether a file, or an `index.html` in this folder, is published unchanged at this path.
    fn is_file(&self, path: &SitePath) -> bool {
        self.files.contains(path) || self.files.contains(&path.child("index.html"))
    }

    /// Returns the page that a path leads to; plain or percent-encoded, with or without `index.html`.
    fn page(&self, way: &str) -> Option<&SitePath> {
        let decoded = percent_decode_str(way).decode_utf8_lossy();
        [way, &decoded].into_iter().map(inside).find_map(|path| {
            let folder = path.parent().filter(|_| path.name() == "index.html");
            [Some(path), folder].into_iter().flatten().find_map(|path| {
                if path.is_root() {
                    return Some(&self.front);
                }
                let composed = |page: &SitePath| page.as_str().nfc().eq(path.as_str().nfc());
                self.pages.get(&path).or_else(|| self.pages.iter().find(|page| composed(page))).copied()
            })
        })
    }

    fn nowhere(&self, entry: &MenuEntry, path: &SitePath) -> Diagnostic {
        let warning = Diagnostic::new(
            Code::MenuUnknownPage,
            format!("the menu links to `{}`, which is not a page of this site", entry.target.value),
        );
        let warning = warning.at(entry.target.span);
        match nearest_by(Slip::Page, path.as_str(), self.pages, |page| page.as_str()) {
            Some(page) => warning.help(format!("did you mean `{page}`?")),
            None => warning.help("name the folder of a gallery, or write an address with `https://`"),
        }
    }
}

/// Returns whether a target is external: récitale's rule, plus URLs that browsers resolve without the site.
fn is_external(target: &str) -> bool {
    (target.contains(':') && !target.starts_with("./")) || target.starts_with("//") || target.starts_with('#')
}

/// Returns the path from the root; empty parts, `.` and `..` are dropped.
fn inside(way: &str) -> SitePath {
    way.split('/')
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .fold(SitePath::root(), |path, part| path.child(part))
}

fn url(path: &SitePath, folder: bool) -> String {
    let path = if folder { path.child("index.html") } else { path.clone() };
    percent_encoded(path.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::{path, spanned};

    fn item(target: &str) -> (String, bool, Option<Diagnostic>) {
        let pages = ["about", "trips", "trips/l'été #1", "e\u{301}tat", "100%"].map(path);
        let files = ["CNAME", "files/c v.pdf", "files/cv.pdf", "static/tour/index.html"].map(path);
        let pages = pages.iter().collect();
        let targets = Targets::new(&pages, files.iter().collect());
        let (item, warning) = targets.item(&MenuEntry { target: spanned(target), label: spanned("x") });
        (item.target, item.external, warning)
    }

    #[test]
    fn addresses_stay_as_they_are() {
        for target in ["https://a.example/?a=1", "mailto:me@a.example", "//cdn.example/x", "#top"] {
            assert_eq!(item(target), (target.to_owned(), true, None));
        }
    }

    #[test]
    fn every_way_to_write_a_page_leads_there() {
        for way in ["about", "/about", "./about/", "../about", "about/index.html", " /about/ "] {
            assert_eq!(item(way), ("about/index.html".to_owned(), false, None), "{way}");
        }
        for front in ["", "/", ".", "./", "index.html"] {
            assert_eq!(item(front), ("index.html".to_owned(), false, None), "{front}");
        }
        assert_eq!(item("about?a b#c%20d").0, "about/index.html?a%20b#c%20d");
        assert_eq!(item("/#x").0, "index.html#x");
    }

    #[test]
    fn names_are_percent_encoded_once() {
        let encoded = "trips/l%27%C3%A9t%C3%A9%20%231/index.html";
        for way in ["trips/l'été #1", "trips/l%27%C3%A9t%C3%A9%20%231/"] {
            assert_eq!(item(way), (encoded.to_owned(), false, None), "{way}");
        }
        assert_eq!(item("100%").0, "100%25/index.html");
        assert_eq!(item("\u{e9}tat").0, "e%CC%81tat/index.html");
    }

    #[test]
    fn included_files_are_no_folders() {
        assert_eq!(item("./files/cv.pdf"), ("files/cv.pdf".to_owned(), false, None));
        assert_eq!(item("files/c v.pdf"), ("files/c%20v.pdf".to_owned(), false, None));
        assert_eq!(item("files/c%20v.pdf"), ("files/c%20v.pdf".to_owned(), false, None));
        assert_eq!(item("CNAME"), ("CNAME".to_owned(), false, None));
        assert_eq!(item("static/tour"), ("static/tour/index.html".to_owned(), false, None));
    }

    #[test]
    fn a_way_to_nowhere_is_a_warning_with_the_nearest_page() {
        let (target, _, warning) = item("abuot");
        let warning = warning.expect("a warning");
        assert_eq!(target, "abuot/index.html");
        assert_eq!(warning.message, "the menu links to `abuot`, which is not a page of this site");
        assert_eq!(warning.help.as_deref(), Some("did you mean `about`?"));
        assert!(item("quite/another.html").2.is_some());
    }
}
