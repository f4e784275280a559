//! `password` and `protect`, wherever they stand.

use super::fields::{MapFields, shortened};
use crate::source::suggest::nearest;
use crate::source::{Protect, Spanned};

/// Below this, a machine of one's own tries all that people think of in a day.
const SHORT: usize = 8;

impl MapFields<'_, '_> {
    /// `password`: an empty one, or `false`, is none.
    pub(super) fn password(&mut self) -> Option<Spanned<String>> {
        self.take("password");
        let entry = self.entry("password")?;
        if entry.node.is_null() || entry.node.scalar().is_some_and(|scalar| scalar.text.is_empty()) {
            let help = "write five or six random words, or `false` if this may be public";
            self.reader.warn(entry.key_span, "`password` is empty, so it protects nothing", help);
            return None;
        }
        if entry.node.scalar().is_some_and(|scalar| scalar.plain && scalar.text.eq_ignore_ascii_case("false")) {
            return None;
        }
        let password = self.reader.text("password", &entry.node)?;
        let scalar = entry.node.scalar();
        if scalar.is_some_and(|scalar| scalar.plain && scalar.text.parse::<f64>().is_ok()) {
            let message = "a number as `password` is read as it is written; récitale cannot read it";
            self.reader.warn(password.span, message, "put it in quotes");
        }
        if password.value.chars().count() < SHORT {
            let message = format!("a password of fewer than {SHORT} characters is guessed quickly");
            self.reader.warn(password.span, message, "use five or six random words; browsers remember them");
        }
        Some(password)
    }

    /// `protect`: `pages` or `media`.
    pub(super) fn protect(&mut self) -> Option<Spanned<Protect>> {
        let protect = self.text("protect")?;
        let value = match protect.value.as_str() {
            "pages" => Protect::Pages,
            "media" => Protect::Media,
            other => {
                let help = match nearest(other, ["pages", "media"]) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "write `pages`, or `media` to protect pictures as well".to_owned(),
                };
                let message = format!("`protect` is `pages` or `media`, not `{}`", shortened(other));
                self.reader.error(protect.span, message, help);
                return None;
            }
        };
        Some(Spanned::new(value, protect.span))
    }
}
