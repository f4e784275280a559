//! The licence of a site's photos: the one that its author wrote, and no other.
//!
//! In: `licence` of the root settings, and the files in the root. Out: the licence, and a note for sites that
//! récitale or prosopopée built before: both claimed CC BY-SA 3.0 if the author had written no licence.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::site::model::Licence;
use crate::site::text::Fragment;
use crate::source::{self, SitePath, Source};

/// Caches of récitale and prosopopée in the root of a site, which show that one of them built the site.
pub(in crate::site) const CACHES: [(&str, &str); 2] =
    [(".recitale_cache", "récitale"), (".prosopopee_cache", "prosopopée")];

/// The line that restores the previous footer.
const AS_BEFORE: &str = "licence: {name: CC-BY-SA-3.0, url: https://creativecommons.org/licenses/by-sa/3.0/}";

/// Resolves `licence`: none if the key is missing; a name without a link if there is only a name.
pub(in crate::site) fn licence(given: Option<&source::Licence>) -> Licence {
    let nothing = source::Licence::default();
    let given = given.unwrap_or(&nothing);
    let url = given.url.as_ref().map_or(String::new(), |url| url.value.trim().to_owned());
    let name = given.name.as_ref().map_or_else(|| Fragment::text(&url), |name| Fragment::new(name.value.trim()));
    Licence { name, url }
}

/// Reports that the pages no longer name a licence, to authors whose site had one in its footer.
pub(in crate::site) fn note(source: &Source, report: &mut Report) {
    if source.settings.licence.is_some() {
        return;
    }
    let built_by = CACHES.iter().find(|(name, _)| source.files.contains_key(&SitePath::root().child(name)));
    if let Some((cache, program)) = built_by {
        let message = format!(
            "pages no longer name a licence; {program}, whose cache `{cache}` is in the site, named CC-BY-SA-3.0"
        );
        let help = format!("to restore the footer, write `{AS_BEFORE}`; for no licence, write `licence: false`");
        report.push(Diagnostic::new(Code::LicenceRemoved, message).at(source.settings.title.span).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::spanned;

    #[test]
    fn no_licence_is_stated_that_nobody_wrote() {
        assert_eq!(licence(None), Licence { name: Fragment::default(), url: String::new() });
        assert_eq!(licence(Some(&source::Licence::default())), licence(None));
    }

    #[test]
    fn a_licence_without_address_has_no_link() {
        let named = licence(Some(&source::Licence { name: Some(spanned("CC0")), url: None }));
        assert_eq!((named.name.html(), named.url.as_str()), ("CC0", ""));
        let linked = licence(Some(&source::Licence { name: None, url: Some(spanned("https://a.example/?a&b")) }));
        assert_eq!((linked.name.html(), linked.url.as_str()), ("https://a.example/?a&amp;b", "https://a.example/?a&b"));
    }
}
