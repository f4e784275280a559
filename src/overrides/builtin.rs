//! The templates that a site's own find where the site has none of that name.
//!
//! They hold little: what they print is cimaise's own page, or a part of it, put in later.

use super::html::Piece;
use crate::source::SectionType;

/// By name.
const TEMPLATES: [(&str, &str); 10] = [
    ("base.html", include_str!("../../templates/jinja/base.html")),
    ("index.html", include_str!("../../templates/jinja/page.html")),
    ("gallery-index.html", include_str!("../../templates/jinja/page.html")),
    ("page.html", include_str!("../../templates/jinja/page.html")),
    ("menu.html", "{{ cimaise.menu }}"),
    ("footer.html", "{{ cimaise.footer }}"),
    ("opengraph.html", "{{ cimaise.meta }}"),
    ("share.html", "{{ cimaise.share }}"),
    ("feed.xml", include_str!("../../templates/jinja/feed.xml")),
    ("item.html", include_str!("../../templates/jinja/item.html")),
];

/// What protected pages are made of, which no template replaces.
pub(super) const PROTECTION: [&str; 2] = ["encrypted.html", "form.html"];

/// The template of this name.
pub(super) fn template(name: &str) -> Option<String> {
    if let Some((_, text)) = TEMPLATES.iter().find(|(known, _)| *known == name) {
        return Some((*text).to_owned());
    }
    let kind = name.strip_prefix("sections/")?.strip_suffix(".html")?;
    SectionType::named(kind).map(|_| "{{ cimaise.section(section) }}".to_owned())
}

/// The names of all of them.
pub(super) fn names() -> impl Iterator<Item = String> {
    let sections = SectionType::ALL.iter().map(|kind| format!("sections/{}.html", kind.name()));
    TEMPLATES.iter().map(|(name, _)| (*name).to_owned()).chain(sections)
}

/// What templates print to have cimaise's own put in: members of `cimaise`.
pub(super) const GAPS: [(&str, Piece); 9] = [
    ("attributes", Piece::Attributes),
    ("title", Piece::Title),
    ("head", Piece::Head),
    ("meta", Piece::Meta),
    ("body", Piece::Body),
    ("menu", Piece::Menu),
    ("share", Piece::Share),
    ("footer", Piece::Footer),
    ("end", Piece::End),
];
