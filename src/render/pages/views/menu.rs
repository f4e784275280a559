//! The site's menu.

use askama::Template;

use crate::plan::OutputPath;
use crate::render::pages::context::Context;

/// A list of links; prints nothing if it is empty.
#[derive(Debug, Template)]
#[template(path = "partials/menu.html")]
pub(super) struct MenuView<'a> {
    pub(super) items: Vec<MenuItemView<'a>>,
}

/// One of them.
#[derive(Debug)]
pub(super) struct MenuItemView<'a> {
    pub(super) href: String,
    pub(super) label: &'a str,
    /// Whether it leads to the page on which it stands.
    pub(super) here: bool,
}

impl<'a> MenuView<'a> {
    /// The menu as seen from a page.
    pub(super) fn new(context: &Context<'a>) -> Self {
        let root = context.front_link();
        let here = OutputPath::page(context.folder).url();
        let items = context.site.menu.iter().map(|item| MenuItemView {
            href: if item.external { item.target.clone() } else { format!("{root}{}", item.target) },
            label: item.label.html(),
            here: !item.external && item.target == here,
        });
        Self { items: items.collect() }
    }
}
