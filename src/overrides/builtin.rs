//! Built-in templates, used where the site has no template of the same name.
//!
//! They are short: most print a mark that is replaced later with cimaise's own page or a part of it.

use super::names;
use crate::source::{SectionType, section_of_template, section_template};

/// Built-in templates, except those of sections: name and text.
const TEMPLATES: [(&str, &str); 10] = [
    (names::BASE, include_str!("../../templates/jinja/base.html")),
    (names::INDEX, include_str!("../../templates/jinja/page.html")),
    (names::STORY, include_str!("../../templates/jinja/page.html")),
    (names::STATIC, include_str!("../../templates/jinja/page.html")),
    (names::MENU, "{{ cimaise.menu }}"),
    (names::FOOTER, "{{ cimaise.footer }}"),
    (names::META, "{{ cimaise.meta }}"),
    (names::SHARE, "{{ cimaise.share }}"),
    (names::FEED, include_str!("../../templates/jinja/feed.xml")),
    (names::FEED_ITEM, include_str!("../../templates/jinja/item.html")),
];

/// Names of the templates that récitale uses for protected pages. cimaise never uses them.
pub(super) const PROTECTION: [&str; 2] = ["encrypted.html", "form.html"];

/// Returns the built-in template of this name.
pub(super) fn template(name: &str) -> Option<String> {
    if let Some((_, text)) = TEMPLATES.iter().find(|(known, _)| *known == name) {
        return Some((*text).to_owned());
    }
    let kind = section_of_template(name)?;
    SectionType::named(kind).map(|_| "{{ cimaise.section(section) }}".to_owned())
}

/// Returns the names of all built-in templates.
pub(super) fn names() -> impl Iterator<Item = String> {
    let sections = SectionType::ALL.iter().map(|kind| section_template(kind.name()));
    TEMPLATES.iter().map(|(name, _)| (*name).to_owned()).chain(sections)
}
