//! The site's menu.

use askama::Template;

use crate::plan::{Edition, OutputPath};
use crate::render::pages::context::Context;

/// A list of links; prints nothing if it is empty.
#[derive(Debug, Template)]
#[template(path = "partials/menu.html")]
pub(in crate::render::pages) struct MenuView<'a> {
    /// What the site's own template prints.
    written: Option<String>,
    pub(in crate::render::pages) items: Vec<MenuItemView<'a>>,
}

/// One of them.
#[derive(Debug)]
pub(in crate::render::pages) struct MenuItemView<'a> {
    pub(in crate::render::pages) href: String,
    pub(in crate::render::pages) label: &'a str,
    /// Whether it leads to the page on which it stands.
    pub(in crate::render::pages) here: bool,
}

impl<'a> MenuView<'a> {
    /// The menu as seen from a page.
    pub(super) fn new(context: &mut Context<'a>) -> Self {
        let html = context.written.and_then(|parts| parts.menu.as_ref());
        // What a template printed for the page itself leads from there.
        let html = html.filter(|_| context.edition == Edition::Full);
        let written = html.map(|html| context.filled(html));
        Self { written, ..Self::own(context) }
    }

    /// The menu as cimaise prints it.
    pub(in crate::render::pages) fn own(context: &Context<'a>) -> Self {
        let root = context.front_link();
        let here = OutputPath::page(context.folder).url();
        let items = context.site.menu.iter().map(|item| MenuItemView {
            href: if item.external { item.target.clone() } else { format!("{root}{}", item.target) },
            label: item.label.html(),
            here: !item.external && item.target == here,
        });
        Self { written: None, items: items.collect() }
    }
}
