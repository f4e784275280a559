//! What the site offers to feed readers, search engines and other sites.
//!
//! All of this needs absolute URLs, so it is off without `url`.

use crate::diagnostic::{Diagnostic, Report};
use crate::site::model::Sharing;
use crate::source::{RootSettings, Spanned};

/// What the author asks for; `has_url` if the site's address is known. Feeds are on unless they are switched off.
///
/// Without an address there is one warning that names all that was asked for and cannot be had. Feeds that nobody asked for are not
/// missed: a folder of photos without any address is a site too.
pub(in crate::site) fn sharing(root: &RootSettings, has_url: bool, report: &mut Report) -> Sharing {
    let is_on = |flag: Option<Spanned<bool>>| flag.is_some_and(|flag| flag.value);
    if has_url {
        let feeds = root.rss.is_none_or(|rss| rss.value);
        return Sharing { feeds, links: is_on(root.share), cards: is_on(root.settings.og) };
    }
    let asked = [
        (root.rss, "feeds (`rss`)"),
        (root.share, "links for sharing (`share`)"),
        (root.settings.og, "OpenGraph data (`og`)"),
    ];
    let asked: Vec<_> = asked.into_iter().filter(|(flag, _)| is_on(*flag)).collect();
    // An address that was refused has been told of already.
    if let (Some((Some(first), _)), true) = (asked.first(), root.url.is_none()) {
        let names: Vec<_> = asked.iter().map(|(_, name)| *name).collect();
        let warning = Diagnostic::warning(format!("the site has no `url`, so it gets no {}", names.join(", ")));
        let help = "write where it will be served, like `url: https://example.org/photos`";
        report.push(warning.at(first.span).help(help));
    }
    Sharing::default()
}
