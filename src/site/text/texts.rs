//! The choice of texts for a photo: description (`alt`), visible caption, and text for JSON-LD and feeds.
//!
//! In: the author's settings, the file's own metadata ([`About`]), and `settings.images.captions`. Out: the texts,
//! and which of them come from the file. Pure. Text written for publication is always used: settings, and alt text
//! and extended description in the file. [`Captions`] decides about captions, titles and comments in the file. Machine-written
//! text in a file, or text that contains coordinates or an address, is never used. docs/configuration.md contains the
//! table.

use super::fragment::Fragment;
use crate::source::Captions;
use pixels::{About, Words, is_machine_written, is_personal};

/// The texts in the settings, where the photo is named.
#[derive(Debug, Clone, Default)]
pub(in crate::site) struct Own {
    /// `alt`; an empty one makes the photo a decoration.
    pub(in crate::site) alt: Option<String>,
    /// `text`; may be empty.
    pub(in crate::site) caption: Fragment,
}

/// The texts of a photo on a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::site) struct PhotoTexts {
    pub(in crate::site) alt: String,
    pub(in crate::site) caption: Fragment,
    pub(in crate::site) told: String,
    pub(in crate::site) of_file: OfFile,
}

/// Which texts of a picture come from its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfFile {
    /// The alternative text.
    pub alt: bool,
    /// The caption.
    pub caption: bool,
    /// The description for feeds and linked data.
    pub told: bool,
}

/// Chooses the texts of a photo for readers of `language`.
pub(in crate::site) fn texts(own: Own, about: &About, captions: Captions, language: &str) -> PhotoTexts {
    let pick = |words: &Words| words.only(is_fit).pick(language).map(str::to_owned);
    // Alt text in a file is written for publication, like the settings.
    let published = pick(&about.alt);
    let described = pick(&about.caption).or_else(|| pick(&about.title)).filter(|_| captions != Captions::None);
    // Comments are not meant for publication: they describe a picture that nothing else describes, and are never visible.
    let noted = pick(&about.comment).filter(|_| captions != Captions::None);

    let is_own = own.alt.is_some() || !own.caption.is_empty();
    let (alt, told) = match own.alt {
        Some(alt) => (alt.clone(), alt),
        None if is_own => (own.caption.plain(), own.caption.plain()),
        None => {
            let shown = described.clone().filter(|_| captions == Captions::Shown);
            let told = published.clone().or(shown).unwrap_or_default();
            (published.or_else(|| described.clone()).or(noted).unwrap_or_default(), told)
        }
    };
    let below = described.filter(|_| captions == Captions::Shown && own.caption.is_empty());
    let of_file =
        OfFile { alt: !is_own && !alt.is_empty(), caption: below.is_some(), told: !is_own && !told.is_empty() };
    let caption = below.map_or(own.caption, |text| Fragment::text(&text));
    PhotoTexts { alt: one_line(&alt), caption, told: one_line(&told), of_file }
}

/// Returns whether a text in a file may be published: not machine-written, and without personal data.
pub(in crate::site) fn is_fit(text: &str) -> bool {
    !is_machine_written(text) && !is_personal(text)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn about(alt: &str, caption: &str, title: &str) -> About {
        let words = |text: &str| [("x-default", text)].into_iter().collect();
        About { alt: words(alt), caption: words(caption), title: words(title), ..About::default() }
    }

    fn own(alt: Option<&str>, caption: &str) -> Own {
        Own { alt: alt.map(str::to_owned), caption: Fragment::new(caption) }
    }

    /// Returns description, caption, and description for programs.
    fn said(own: Own, about: &About, captions: Captions) -> [String; 3] {
        let texts = texts(own, about, captions, "en");
        [texts.alt, texts.caption.plain(), texts.told]
    }

    #[test]
    fn captions_of_files_describe_and_are_shown_as_the_author_says() {
        let file = about("", "A\nsea", "Sea");
        assert_eq!(said(Own::default(), &file, Captions::Alt), ["A sea", "", ""]);
        assert_eq!(said(Own::default(), &file, Captions::Shown), ["A sea", "A sea", "A sea"]);
        assert_eq!(said(Own::default(), &file, Captions::None), ["", "", ""]);
        assert_eq!(said(Own::default(), &about("", "", "Sea"), Captions::Alt), ["Sea", "", ""]);
        let both = about("Waves", "A sea", "Sea");
        assert_eq!(said(Own::default(), &both, Captions::Alt), ["Waves", "", "Waves"]);
        assert_eq!(said(Own::default(), &both, Captions::Shown), ["Waves", "A sea", "Waves"]);
        assert_eq!(said(Own::default(), &both, Captions::None), ["Waves", "", "Waves"]);
    }

    #[test]
    fn comments_describe_what_nothing_else_describes() {
        let comment = |text: &str| [("x-default", text)].into_iter().collect();
        let file = About { comment: comment("A hut"), ..About::default() };
        assert_eq!(said(Own::default(), &file, Captions::Alt), ["A hut", "", ""]);
        assert_eq!(said(Own::default(), &file, Captions::Shown), ["A hut", "", ""]);
        assert_eq!(said(Own::default(), &file, Captions::None), ["", "", ""]);
        assert_eq!(said(own(None, "Mine"), &file, Captions::Alt), ["Mine", "Mine", "Mine"]);
        let titled = About { comment: comment("A hut"), ..about("", "OLYMPUS DIGITAL CAMERA", "Sea") };
        assert_eq!(said(Own::default(), &titled, Captions::Alt), ["Sea", "", ""]);
        for machine in ["oplus_32", "CREATOR: gd-jpeg v1.0", "47.3769, 8.5417", "ann@example.org"] {
            let file = About { comment: comment(machine), ..About::default() };
            assert_eq!(said(Own::default(), &file, Captions::Alt), ["", "", ""], "{machine}");
        }
    }

    #[test]
    fn settings_come_before_files_and_may_say_what_files_may_not() {
        let file = about("Waves", "A sea", "Sea");
        for captions in [Captions::Alt, Captions::Shown, Captions::None] {
            assert_eq!(said(own(None, "<b>Mine</b>"), &file, captions), ["Mine", "Mine", "Mine"]);
            assert_eq!(said(own(Some("Surf"), "Mine"), &file, captions), ["Surf", "Mine", "Surf"]);
            let written = own(Some("Call +41 44 123 45 67"), "SAMSUNG");
            assert_eq!(said(written, &file, captions), ["Call +41 44 123 45 67", "SAMSUNG", "Call +41 44 123 45 67"]);
        }
        assert_eq!(said(own(Some(""), ""), &file, Captions::Alt), ["", "", ""]);
        assert_eq!(said(own(Some(""), ""), &file, Captions::Shown), ["", "A sea", ""]);
    }

    #[test]
    fn what_does_not_serve_lets_the_next_text_serve() {
        let file = about("47.3769, 8.5417", "OLYMPUS DIGITAL CAMERA", "Sea");
        assert_eq!(said(Own::default(), &file, Captions::Alt), ["Sea", "", ""]);
        let file = about("", "Write to ann@example.org", "DSC01234");
        assert_eq!(said(Own::default(), &file, Captions::Shown), ["", "", ""]);
        let words = [("x-default", "Tel. 044 123 45 67"), ("fr", "La mer")].into_iter().collect();
        let file = About { caption: words, ..About::default() };
        assert_eq!(said(Own::default(), &file, Captions::Alt), ["La mer", "", ""]);
    }

    proptest! {
        /// Invariants that hold for all texts; see the head of this file.
        #[test]
        fn the_rule_holds_for_all_texts(
            own_alt in proptest::option::of("[A-Z]{0,3}"),
            own_caption in "[A-Z]{0,3}",
            of_file in proptest::collection::vec(
                prop_oneof![
                    Just(String::new()), "[a-z]{1,12}( [a-z]{1,12}){0,3}", Just("SAMSUNG".to_owned()),
                    Just("47.3769, 8.5417".to_owned()), Just("ann@example.org".to_owned()), any::<String>(),
                ],
                3,
            ),
            captions in prop_oneof![Just(Captions::Shown), Just(Captions::Alt), Just(Captions::None)],
        ) {
            let file = about(&of_file[0], &of_file[1], &of_file[2]);
            let texts = texts(own(own_alt.as_deref(), &own_caption), &file, captions, "en");
            let published = file.alt.any().map(one_line).filter(|text| is_fit(text));
            for (text, is_files) in [
                (&texts.alt, texts.of_file.alt),
                (&texts.caption.plain(), texts.of_file.caption),
                (&texts.told, texts.of_file.told),
            ] {
                prop_assert!(!is_files || !text.is_empty());
                if !is_files {
                    prop_assert!(text.is_empty() || *text == own_caption || Some(text) == own_alt.as_ref());
                }
            }
            if texts.of_file.alt {
                prop_assert!(file.alt.only(is_fit).any().map(one_line) == published);
                prop_assert!(captions != Captions::None || Some(&texts.alt) == published.as_ref());
            }
            if texts.of_file.told {
                prop_assert!(captions == Captions::Shown || Some(&texts.told) == published.as_ref());
            }
            prop_assert!(!texts.of_file.caption || captions == Captions::Shown);
            if own_alt.is_some() || !own_caption.is_empty() {
                prop_assert!(!texts.of_file.alt && !texts.of_file.told);
            }
        }
    }
}
