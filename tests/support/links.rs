//! The links of pages.

use std::path::Path;

use super::Tree;

/// Every relative `href`, `src` and `srcset` of every page that is there names a file that is there.
pub fn every_link_leads_somewhere(build: &Path) {
    let tree = Tree::read(build);
    for (page, bytes) in tree.0.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let folder = build.join(page).parent().expect("a folder").to_owned();
        for link in links(&html) {
            let link = link.replace("&#38;", "&").replace("&amp;", "&").replace("&#39;", "'");
            let path =
                percent_encoding::percent_decode_str(link.split(['#', '?']).next().unwrap_or("")).decode_utf8_lossy();
            let mut target = folder.join(path.as_ref());
            if path.is_empty() || path.ends_with('/') {
                target.push("index.html");
            }
            assert!(target.exists(), "{page} links to {link}, which is not there");
        }
    }
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
