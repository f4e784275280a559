//! How a gallery is described to programs.

use crate::plan::OutputPath;
use crate::render::pages::context::Context;
use crate::render::pages::preview::{Preview, preview};
use crate::site::{Gallery, Site};

/// Description of a gallery in plain text; its second title is the substitute.
pub(super) fn description(gallery: &Gallery) -> String {
    if gallery.description.is_empty() { gallery.sub_title.plain() } else { gallery.description.plain() }
}

/// The story's own address and cover, for links that share it; `None` if the address of the site is unknown.
pub(super) fn shared(site: &Site, context: &Context<'_>, gallery: &Gallery) -> Option<(String, Option<Preview>)> {
    let address = site.address(&OutputPath::page(&gallery.path).url())?;
    Some((address, preview(site, context.plan, gallery)))
}
