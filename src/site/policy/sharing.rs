//! Feeds, links for sharing and preview cards: which of them the site offers.
//!
//! In: root settings. Out: [`Sharing`], and a warning. All of this needs absolute URLs, so it is off without `url`.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::site::model::Sharing;
use crate::source::{RootSettings, Spanned};

/// Resolves the sharing features; `has_url` means that the site's URL is known. Feeds are on by default.
///
/// Without a URL, one warning names all features that the author asked for and that are off. It does not mention
/// feeds that are on only by default: a folder of photos without a URL is a valid site.
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
    // A `url` that was rejected has already been reported.
    if let (Some((Some(first), _)), true) = (asked.first(), root.url.is_none()) {
        let names: Vec<_> = asked.iter().map(|(_, name)| *name).collect();
        let warning = Diagnostic::new(
            Code::SiteNoUrl,
            format!("the site has no `url`, which is required for {}", names.join(", ")),
        );
        let help = "add the address of the published site, like `url: https://example.org/photos`";
        report.push(warning.at(first.span).help(help));
    }
    Sharing::default()
}
