//! Defaults for the root settings and `gm`, and checks of single values.

use crate::dates::DateLocale;
use crate::diagnostic::{Code, Diagnostic};
use crate::site::model::{ImagePolicy, Ladder, PictureOptions};
use crate::site::policy::address::encoded;
use crate::site::policy::metadata;
use crate::source::{self, Spanned};
use pixels::Metadata;

/// Language of a site without `lang`.
pub(in crate::site) const LANGUAGE: &str = "en";

/// Sizes in pixels for a site that sets `fit` without `ladder`.
const LADDER: [u32; 8] = [480, 720, 960, 1200, 1440, 1920, 2880, 3840];

/// Default JPEG quality; `docs/performance.md` shows what it costs and gains.
const QUALITY: u8 = 82;

/// Resolves `settings.images`.
pub(in crate::site) fn images(given: &source::ImageSettings) -> ImagePolicy {
    ImagePolicy {
        ladder: ladder(given),
        full: given.full.map(|full| full.value).unwrap_or_default(),
        effort: given.effort.map(|effort| effort.value).unwrap_or_default(),
        colors: given.color.map(|colors| colors.value).unwrap_or_default(),
        chroma: given.chroma.map(|chroma| chroma.value).unwrap_or_default(),
        background: given.background.map(|background| background.value),
        png: given.png.map(|png| png.value).unwrap_or_default(),
        damaged: given.damaged.map(|damaged| damaged.value).unwrap_or_default(),
        captions: given.captions.map(|captions| captions.value).unwrap_or_default(),
    }
}

/// Resolves `ladder` and `fit`: as written, or automatic if the author wrote neither.
fn ladder(given: &source::ImageSettings) -> Ladder {
    let sizes = given.ladder.as_ref().map(|ladder| ladder.value.clone()).filter(|sizes| !sizes.is_empty());
    let fit = given.fit.map(|fit| fit.value);
    if sizes.is_none() && fit.is_none() {
        return Ladder::Automatic;
    }
    Ladder::Written { sizes: sizes.unwrap_or_else(|| LADDER.to_vec()), fit: fit.unwrap_or_default() }
}

/// Returns the options of one use of a picture; its own keys override `gm` and `settings.images.metadata`.
pub(in crate::site) fn picture_options(
    gm: &source::PictureOptions,
    site: Option<Metadata>,
    own: &source::PictureOptions,
) -> PictureOptions {
    PictureOptions {
        quality: own.quality.or(gm.quality).map_or(QUALITY, |quality| quality.value.clamp(1, 100)),
        auto_orient: own.auto_orient.or(gm.auto_orient).is_none_or(|flag| flag.value),
        metadata: metadata::policy(gm, site, own),
        resize: own.resize.or(gm.resize).map(|resize| resize.value),
        progressive: own.progressive.or(gm.progressive).is_none_or(|flag| flag.value),
    }
}

/// Returns `url` without a trailing slash, in ASCII.
///
/// # Errors
/// If it is not the address of a website.
pub(in crate::site) fn url(given: &Spanned<String>) -> Result<String, Diagnostic> {
    let url = given.value.trim().trim_end_matches('/');
    let after = |scheme: &str| {
        url.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).map(|_| &url[scheme.len()..])
    };
    let host = after("https://").or_else(|| after("http://")).map(|rest| rest.split(['/', ':']).next().unwrap_or(""));
    let ends_site = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '?' | '#' | '"' | '<' | '>' | '\\');
    if host.is_some_and(|host| !host.is_empty()) && !url.contains(ends_site) {
        return Ok(encoded(url));
    }
    let warning = Diagnostic::new(
        Code::SettingsIgnoredValue,
        format!("ignoring `url: {}`: it is not the address of a website", given.value),
    );
    Err(warning.at(given.span).help("write the complete address, like `https://example.org/photos`"))
}

/// Returns the locale for `settings.date_locale`.
///
/// # Errors
/// If the locale is unknown.
pub(in crate::site) fn date_locale(given: &Spanned<String>) -> Result<DateLocale, Diagnostic> {
    DateLocale::new(&given.value).ok_or_else(|| {
        let warning = Diagnostic::new(
            Code::SettingsIgnoredValue,
            format!("ignoring `date_locale: {}`: cimaise does not know this locale", given.value),
        );
        warning.at(given.span).help("write a locale, like `fr_FR`; without it, dates are in the language of the page")
    })
}

/// Returns the locale for dates: `date_locale`, or else the page's language, or else English if dates in that
/// language are unknown.
pub(in crate::site) fn dates(chosen: Option<&DateLocale>, language: &str) -> DateLocale {
    chosen.cloned().or_else(|| DateLocale::new(language)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::spanned;

    #[test]
    fn addresses_lose_the_slash_at_their_end() {
        assert_eq!(url(&spanned(" https://example.org/ ")).as_deref(), Ok("https://example.org"));
        assert_eq!(url(&spanned("HTTP://localhost:9000/a//")).as_deref(), Ok("HTTP://localhost:9000/a"));
        assert_eq!(
            url(&spanned("https://été.example/été/")).as_deref(),
            Ok("https://xn--t-9fab.example/%C3%A9t%C3%A9")
        );
        for wrong in ["", "/", "example.org", "https://", "https:///a", "ftp://a", "https://a b", "https://a/?x", "é"]
        {
            assert!(url(&spanned(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_picture_says_more_than_gm_and_gm_more_than_the_defaults() {
        let none = source::PictureOptions::default();
        let defaults = picture_options(&none, None, &none);
        let metadata = Metadata::Credit;
        assert_eq!(
            defaults,
            PictureOptions { quality: 82, auto_orient: true, metadata, resize: None, progressive: true }
        );
        let gm = source::PictureOptions { quality: Some(spanned(60)), strip: Some(spanned(false)), ..none.clone() };
        let own = source::PictureOptions { quality: Some(spanned(90)), ..none };
        let metadata = Metadata::AllButLocation;
        assert_eq!(picture_options(&gm, None, &own), PictureOptions { quality: 90, metadata, ..defaults });
    }
}
