//! Keys that prosopopée and récitale use and that this version of cimaise does not support.
//!
//! In: a map. Out: the theme, and diagnostics about unsupported themes (once per file) and about keys without effect.

use super::fields::{MapFields, shortened};
use crate::diagnostic::Code;
use crate::source::suggest::nearest;
use crate::source::theme::{Theme, UNSUPPORTED};

impl MapFields<'_, '_> {
    /// Reads `theme`, at any level.
    pub(super) fn theme(&mut self) -> Option<Theme> {
        let theme = self.text("theme")?;
        let name = theme.value.as_str();
        let known = Theme::named(name);
        if known.is_none() && UNSUPPORTED.contains(&name) {
            if self.reader.first("theme") {
                let message = format!("theme `{name}` is not supported; using `{}`", Theme::default().name());
                let help = "remove `theme` to silence this warning";
                self.reader.report(Code::SettingsUnsupportedTheme, theme.span, message, help);
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
            let message = format!("unknown theme `{}`", shortened(name));
            self.reader.report(Code::SettingsUnknownTheme, theme.span, message, help);
        }
        Some(known.unwrap_or_default())
    }

    /// Reports top-level keys that récitale uses internally; returns whether there are any.
    pub(super) fn internal_keys(&mut self) -> bool {
        let mut any = false;
        for key in ["gm", "ffmpeg", "ffmpeg_audio"] {
            if let Some(entry) = self.take(key) {
                any = true;
                let message = format!("`{key}` has no effect at the top level");
                self.reader.report(Code::SettingsMisplacedKey, entry.key_span, message, "move it below `settings:`");
            }
        }
        for key in ["custom_css", "custom_js"] {
            if let Some(entry) = self.take(key) {
                any = true;
                let message = format!("`{key}` has no effect");
                self.reader.report(
                    Code::SettingsNoEffect,
                    entry.key_span,
                    message,
                    "remove it; récitale sets this key itself",
                );
            }
        }
        any
    }
}
