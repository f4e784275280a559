//! What the site tells feed readers, search engines and other sites.
//!
//! All of it is made of full addresses, so all of it is off where nobody knows where the site will be served.

use crate::diagnostic::{Diagnostic, Report};
use crate::source::{RootSettings, Spanned};

/// Which of it is wanted and can be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sharing {
    /// Whether feeds are written.
    pub feeds: bool,
    /// Whether stories end with links for sharing.
    pub links: bool,
    /// Whether pages say how other sites shall show links to them (OpenGraph, Twitter cards).
    pub cards: bool,
}

impl Sharing {
    /// What the author asks for; `has_url` if the site's address is known. Feeds are on unless they are switched off.
    ///
    /// Without an address there is one warning that names all that was asked for and cannot be had. Feeds that nobody asked for are not
    /// missed: a folder of photos without any address is a site too.
    pub(super) fn new(root: &RootSettings, has_url: bool, report: &mut Report) -> Self {
        let is_on = |flag: Option<Spanned<bool>>| flag.is_some_and(|flag| flag.value);
        if has_url {
            let feeds = root.rss.is_none_or(|rss| rss.value);
            return Self { feeds, links: is_on(root.share), cards: is_on(root.settings.og) };
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
        Self::default()
    }
}
