//! The links of pages.

use std::collections::BTreeSet;
use std::path::Path;

use super::Tree;

/// Asserts that every relative `href`, `src` and `srcset` of every page names an existing file.
pub fn every_link_leads_somewhere(build: &Path) {
    for page in Tree::read(build).0.keys().filter(|path| path.ends_with(".html")) {
        targets(build, page);
    }
}

/// Asserts that all pages that can be reached from the front page exist, with their pictures, styles and scripts; this holds whenever a
/// build stops. (The first pages of a new site exist before the front page, and link back to it.)
pub fn everything_reachable_is_there(build: &Path) {
    let front = "index.html".to_owned();
    let mut reached = BTreeSet::new();
    let mut next = if build.join(&front).exists() { vec![front] } else { Vec::new() };
    while let Some(page) = next.pop() {
        if reached.insert(page.clone()) {
            next.extend(targets(build, &page).into_iter().filter(|target| target.ends_with(".html")));
        }
    }
    let tree = Tree::read(build);
    for page in tree.0.keys().filter(|path| path.ends_with(".html") && !reached.contains(*path)) {
        for (link, target) in found(build, page).into_iter().filter(|(_, target)| !target.ends_with(".html")) {
            assert!(build.join(target).exists(), "{page} links to {link}, which is not there");
        }
    }
}

/// Returns the files to which a page links, relative to `build`; each must exist.
fn targets(build: &Path, page: &str) -> Vec<String> {
    let found = found(build, page);
    for (link, target) in &found {
        assert!(build.join(target).exists(), "{page} links to {link}, which is not there");
    }
    found.into_iter().map(|(_, target)| target).collect()
}

/// Returns the links of a page, with the files that they name.
fn found(build: &Path, page: &str) -> Vec<(String, String)> {
    let bytes = std::fs::read(build.join(page)).expect("a page");
    let html = String::from_utf8_lossy(&bytes);
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let named = |link: &str| {
        let link = link.replace("&#38;", "&").replace("&amp;", "&").replace("&#39;", "'");
        let link = link.split(['#', '?']).next().unwrap_or("");
        let path = percent_encoding::percent_decode_str(link).decode_utf8_lossy().into_owned();
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => assert!(parts.pop().is_some(), "{page}: {path} leaves the site"),
                part => parts.push(part),
            }
        }
        let last = path.rsplit('/').next().unwrap_or("");
        if last.is_empty() || last == "." || last == ".." || build.join(parts.join("/")).is_dir() {
            parts.push("index.html");
        }
        parts.join("/")
    };
    links(&html).into_iter().map(|link| (link.to_owned(), named(link))).collect()
}

fn links(html: &str) -> Vec<&str> {
    let mut links = Vec::new();
    for (attribute, list) in [("href=\"", false), ("src=\"", false), ("srcset=\"", true), ("poster=\"", false)] {
        for rest in html.split(attribute).skip(1) {
            let value = &rest[..rest.find('"').expect("a closing quote")];
            if list {
                links.extend(value.split(',').filter_map(|candidate| candidate.split_whitespace().next()));
            } else {
                links.push(value);
            }
        }
    }
    links.retain(|link| !link.contains("://") && !link.starts_with("mailto:") && !link.starts_with('#'));
    links
}
