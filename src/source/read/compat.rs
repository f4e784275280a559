//! Keys that prosopopée and récitale act on and this version of cimaise does not.
//!
//! Each says once a file what happens instead, and only where récitale would have done something.

use super::fields::{MapFields, shortened};
use crate::source::suggest::nearest;
use crate::source::theme::{Theme, UNSUPPORTED};

impl MapFields<'_, '_> {
    /// `theme`, wherever it stands.
    pub(super) fn theme(&mut self) -> Option<Theme> {
        let theme = self.text("theme")?;
        let name = theme.value.as_str();
        let known = Theme::named(name);
        if known.is_none() && UNSUPPORTED.contains(&name) {
            if self.reader.first("theme") {
                let message = format!("there is no theme `{name}`; the pages use `{}`", Theme::default().name());
                self.reader.warn(theme.span, message, "remove `theme` to be content with it");
            }
        } else if known.is_none() {
            let names = Theme::ALL.map(Theme::name);
            let help = match nearest(name, names.into_iter().chain(UNSUPPORTED)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    let names = names.map(|name| format!("`{name}`")).join(" or ");
                    format!("write {names}, or remove `theme`")
                }
            };
            self.reader.error(theme.span, format!("unknown theme `{}`", shortened(name)), help);
        }
        Some(known.unwrap_or_default())
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
