//! The site's menu.

use askama::Template;

use crate::plan::{Edition, OutputPath};
use crate::render::pages::context::Context;
use crate::source::SitePath;

/// The links of the menu; prints nothing if there are none.
#[derive(Debug, Template)]
#[template(path = "partials/menu.html")]
pub(in crate::render::pages) struct MenuView<'a> {
    /// Output of the site's own template.
    written: Option<String>,
    pub(in crate::render::pages) items: Vec<MenuItemView<'a>>,
}

/// A link in the menu.
#[derive(Debug)]
pub(in crate::render::pages) struct MenuItemView<'a> {
    pub(in crate::render::pages) href: String,
    pub(in crate::render::pages) label: &'a str,
    /// Whether the link leads to the current page.
    pub(in crate::render::pages) here: bool,
}

impl<'a> MenuView<'a> {
    /// Creates the menu for a page.
    pub(super) fn new(context: &mut Context<'a>) -> Self {
        let html = context.written.and_then(|parts| parts.menu.as_ref());
        // Links in a template's output are relative to the page itself, not to its light copy.
        let html = html.filter(|_| context.edition == Edition::Full);
        let written = html.map(|html| context.filled(html));
        Self { written, ..Self::own(context) }
    }

    /// Creates the menu as cimaise prints it.
    pub(in crate::render::pages) fn own(context: &Context<'a>) -> Self {
        let root = "../".repeat(context.folder.parts().count());
        let here = OutputPath::page(context.folder).url_from(&SitePath::root());
        let items = context.site.menu.iter().map(|item| MenuItemView {
            href: if item.external { item.target.clone() } else { format!("{root}{}", item.target) },
            label: item.label.html(),
            here: !item.external && item.target == here,
        });
        Self { written: None, items: items.collect() }
    }
}
