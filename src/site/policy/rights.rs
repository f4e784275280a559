//! Rights in a picture, for linked data: who owns the picture, and what others may do with it.
//!
//! In: the rights that the file states ([`Credit`]), the metadata that is published, and the site's licence. Out: the
//! rights to publish for this picture. Pure. If a file states any right, the site's licence is not claimed for it,
//! even if its own statement is not published.

use crate::site::model::Licence;
use crate::site::text::is_fit;
use pixels::{Credit, Metadata};

/// Rights in a picture; empty values are not published.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rights {
    /// URL of the licence, or of a page about the rights.
    pub licence: String,
    /// URL where a licence can be acquired.
    pub acquire: String,
    /// Credit line.
    pub credit: String,
    /// Copyright notice.
    pub notice: String,
    /// Creators.
    pub creators: Vec<String>,
    /// Whether these values come from the file.
    pub of_file: bool,
}

impl Rights {
    /// Returns the rights in a picture that keeps `metadata`, on a site with the licence `site`.
    #[must_use]
    pub fn of(credit: &Credit, metadata: Metadata, site: &Licence) -> Self {
        if *credit == Credit::default() {
            return Self { licence: site.url.trim().to_owned(), ..Self::default() };
        }
        // The page must not publish statements that the rendition no longer contains.
        if metadata < Metadata::Credit {
            return Self { of_file: true, ..Self::default() };
        }
        let fit = |text: Option<&str>| text.filter(|text| is_fit(text)).unwrap_or_default().to_owned();
        let address = credit.licence.as_ref().or(credit.web_statement.as_ref());
        Self {
            licence: fit(address.map(String::as_str)),
            acquire: fit(credit.licensors.first().map(String::as_str)),
            credit: fit(credit.line.as_deref()),
            notice: fit(credit.copyright.any()),
            creators: credit.creators.iter().filter(|name| is_fit(name)).cloned().collect(),
            of_file: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Fragment;

    fn site() -> Licence {
        Licence { name: Fragment::new("CC0"), url: "https://site.example/licence".to_owned() }
    }

    #[test]
    fn the_licence_of_the_site_is_for_pictures_that_say_nothing() {
        let rights = Rights::of(&Credit::default(), Metadata::Credit, &site());
        assert_eq!(rights, Rights { licence: site().url, ..Rights::default() });
        let none = Licence { name: Fragment::default(), url: String::new() };
        assert_eq!(Rights::of(&Credit::default(), Metadata::Credit, &none), Rights::default());
    }

    #[test]
    fn whatever_a_file_states_keeps_the_licence_of_the_site_away() {
        let text = |text: &str| Some(text.to_owned());
        for credit in [
            Credit { creators: vec!["Ann".to_owned()], ..Credit::default() },
            Credit { line: text("Ann / Agency"), ..Credit::default() },
            Credit { marked: Some(true), ..Credit::default() },
            Credit { licence: text("https://file.example/licence"), ..Credit::default() },
            Credit { web_statement: text("https://file.example/rights"), ..Credit::default() },
        ] {
            for metadata in [Metadata::None, Metadata::Credit, Metadata::All] {
                let rights = Rights::of(&credit, metadata, &site());
                assert!(rights.of_file && !rights.licence.contains("site.example"), "{rights:?}");
                assert!(metadata > Metadata::None || rights == Rights { of_file: true, ..Rights::default() });
            }
        }
    }

    #[test]
    fn an_address_of_a_person_is_not_told() {
        let credit = Credit {
            creators: vec!["Ann".to_owned(), "bob@example.org".to_owned()],
            line: Some("Call +41 44 123 45 67".to_owned()),
            ..Credit::default()
        };
        let rights = Rights::of(&credit, Metadata::Credit, &site());
        assert_eq!((rights.creators, rights.credit.as_str()), (vec!["Ann".to_owned()], ""));
    }
}
