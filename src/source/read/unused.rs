//! Keys that prosopopée and récitale act on and this version of cimaise does not.
//!
//! Each says once a file what happens instead, and only where récitale would have done something. `password` is an error: what is
//! meant to be protected must not be published openly.

use super::Reader;
use super::fields::{Fields, shortened};
use crate::diagnostic::Span;
use crate::source::Spanned;
use crate::source::suggest::nearest;
use crate::source::yaml::Entry;

/// The themes there are.
const THEMES: [&str; 3] = ["exposure", "light", "material"];

impl Reader {
    fn feed_is_not_written(&mut self, span: Span) {
        self.warn(span, "no feed is written yet (`feed.xml`)", "write `rss: false` if the site needs none");
    }
}

impl Fields<'_, '_> {
    /// `theme`, wherever it stands.
    pub(super) fn theme(&mut self) -> Option<Spanned<String>> {
        let theme = self.text("theme")?;
        let name = theme.value.as_str();
        if name == "light" || name == "material" {
            if self.reader.first("theme") {
                let message = format!("the theme `{name}` is not there yet; the pages are shown in `exposure`");
                self.reader.warn(theme.span, message, "remove `theme` to be content with it");
            }
        } else if name != "exposure" {
            let help = match nearest(name, THEMES) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write `exposure`, or remove it".to_owned(),
            };
            self.reader.error(theme.span, format!("unknown theme `{}`", shortened(name)), help);
        }
        Some(theme)
    }

    /// `password`, wherever it stands.
    pub(super) fn password(&mut self) -> Option<Spanned<String>> {
        let entry = self.take("password")?;
        let is_off = entry.node.scalar().is_some_and(|scalar| {
            scalar.text.is_empty() || (scalar.plain && scalar.text.eq_ignore_ascii_case("false"))
        });
        if is_off {
            return None;
        }
        self.reader.error(
            entry.key_span,
            "`password`: this version cannot protect pages, and does not publish openly what should be protected",
            "remove `password` to publish the pages for all, or take the gallery out of the site",
        );
        entry.node.scalar().map(|scalar| Spanned::new(scalar.text.clone(), entry.node.span))
    }

    /// `light_mode`, wherever it stands.
    pub(super) fn light_mode(&mut self) -> Option<Spanned<bool>> {
        let light_mode = self.boolean("light_mode")?;
        if light_mode.value && self.reader.first("light_mode") {
            let help = "remove `light_mode`; pages load small pictures on small screens by themselves";
            self.reader.warn(light_mode.span, "no `light/` pages are written yet", help);
        }
        Some(light_mode)
    }

    /// `date_locale`.
    pub(super) fn date_locale(&mut self) -> Option<Spanned<String>> {
        let locale = self.text("date_locale")?;
        let language = locale.value.split(['_', '-', '.']).next().unwrap_or("").to_ascii_lowercase();
        if !matches!(language.as_str(), "" | "c" | "posix" | "en") {
            let message =
                format!("dates are printed in English; `date_locale: {}` is not used yet", shortened(&locale.value));
            self.reader.warn(locale.span, message, "remove `date_locale` to be content with it");
        }
        Some(locale)
    }

    /// `rss` and `share`, which have an effect only where `url` is given.
    pub(super) fn feeds(&mut self, url: Option<&Entry>) -> (Option<Spanned<bool>>, Option<Spanned<bool>>) {
        let (rss, share) = (self.boolean("rss"), self.boolean("share"));
        if let Some(url) = url {
            match rss {
                Some(rss) if rss.value => self.reader.feed_is_not_written(rss.span),
                Some(_) => {}
                None => self.reader.feed_is_not_written(url.key_span),
            }
            if let Some(share) = share.filter(|share| share.value) {
                self.reader.warn(
                    share.span,
                    "links for sharing are not printed yet",
                    "remove `share` to be content with it",
                );
            }
        }
        (rss, share)
    }

    /// `settings.og`, which has an effect only where `url` is given.
    pub(super) fn og(&mut self, has_url: bool) -> Option<Spanned<bool>> {
        let og = self.boolean("og")?;
        if og.value && has_url {
            self.reader.warn(og.span, "OpenGraph data is not written yet", "remove `og` to be content with it");
        }
        Some(og)
    }

    /// Top-level keys that are the program's own in récitale.
    pub(super) fn internal_keys(&mut self) {
        for key in ["gm", "ffmpeg", "ffmpeg_audio"] {
            if let Some(entry) = self.take(key) {
                let message = format!("`{key}` has no effect at the top level");
                self.reader.warn(entry.key_span, message, "move it into `settings:`");
            }
        }
        for key in ["custom_css", "custom_js"] {
            if let Some(entry) = self.take(key) {
                let message = format!("`{key}` has no effect");
                self.reader.warn(entry.key_span, message, "remove it; récitale sets it by itself");
            }
        }
    }
}
