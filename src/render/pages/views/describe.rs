//! Descriptions of galleries for programs.

use crate::plan::OutputPath;
use crate::render::pages::context::Context;
use crate::render::pages::preview::{Preview, preview};
use crate::site::{Gallery, Site};

/// Returns the description of a gallery in plain text; the subtitle if there is none.
pub(super) fn description(gallery: &Gallery) -> String {
    if gallery.description.is_empty() { gallery.sub_title.plain() } else { gallery.description.plain() }
}

/// Returns URL and preview of a gallery's page, for links that share it; `None` if the site has no URL.
pub(super) fn shared(site: &Site, context: &Context<'_>, gallery: &Gallery) -> Option<(String, Option<Preview>)> {
    let address = site.address(&OutputPath::page(&gallery.path).url())?;
    Some((address, preview(site, context.plan, gallery)))
}
