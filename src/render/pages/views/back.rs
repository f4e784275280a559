//! The link to the page above.

use crate::render::pages::context::Context;
use crate::site::Gallery;

/// A link.
#[derive(Debug)]
pub(in crate::render::pages) struct BackView<'a> {
    pub(in crate::render::pages) href: String,
    pub(in crate::render::pages) title: &'a str,
}

impl<'a> BackView<'a> {
    /// From a gallery's page to the index that it is in.
    pub(super) fn new(context: &Context<'a>, gallery: &'a Gallery) -> Self {
        match gallery.parent {
            Some(parent) => Self { href: context.gallery_link(parent), title: context.gallery(parent).title.html() },
            None => Self { href: context.front_link(), title: context.site.title.html() },
        }
    }
}
