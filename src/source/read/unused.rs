//! Keys that prosopopée and récitale act on and this version of cimaise does not.
//!
//! Each says once a file what happens instead, and only where récitale would have done something.

use super::fields::{Fields, shortened};
use crate::source::Spanned;
use crate::source::suggest::nearest;

/// The themes there are.
const THEMES: [&str; 3] = ["exposure", "light", "material"];

impl Fields<'_, '_> {
    /// `theme`, wherever it stands.
    pub(super) fn theme(&mut self) -> Option<Spanned<String>> {
        let theme = self.text("theme")?;
        let name = theme.value.as_str();
        if name == "material" {
            if self.reader.first("theme") {
                let message = "there is no theme `material`; the pages use `exposure`";
                self.reader.warn(theme.span, message, "remove `theme` to be content with it");
            }
        } else if name != "exposure" && name != "light" {
            let help = match nearest(name, THEMES) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write `exposure` or `light`, or remove `theme`".to_owned(),
            };
            self.reader.error(theme.span, format!("unknown theme `{}`", shortened(name)), help);
        }
        Some(theme)
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
