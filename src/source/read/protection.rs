//! `password` and `protect`, in the root file and in galleries.

use super::fields::{MapFields, shortened};
use crate::diagnostic::{Code, Span};
use crate::source::suggest::nearest;
use crate::source::yaml::YamlEntry;
use crate::source::{Protect, Spanned, keys};

/// Minimum length of a password without a warning; a single computer tries all likely shorter ones within a day.
const SHORT: usize = 8;

/// Returns whether the value is `false`, without quotes.
fn is_false(entry: &YamlEntry) -> bool {
    entry.node.scalar().is_some_and(|scalar| scalar.plain && scalar.text.eq_ignore_ascii_case("false"))
}

impl MapFields<'_, '_> {
    /// Reads `password`; `None` if it is empty or `false`.
    pub(super) fn password(&mut self) -> Option<Spanned<String>> {
        self.take("password");
        let entry = self.entry("password")?;
        if entry.node.is_null() || entry.node.scalar().is_some_and(|scalar| scalar.text.is_empty()) {
            let help = "write five or six random words, or remove `password` if the page may be public";
            let message = "`password` is empty and protects nothing";
            self.reader.report(Code::PasswordEmpty, entry.key_span, message, help);
            return None;
        }
        if is_false(entry) {
            return None;
        }
        let password = self.reader.text("password", &entry.node)?;
        let scalar = entry.node.scalar();
        if scalar.is_some_and(|scalar| scalar.plain && scalar.text.parse::<f64>().is_ok()) {
            let message = "`password` is a number; cimaise reads it as text, récitale fails";
            self.reader.report(Code::CompatRecitale, password.span, message, "put the password in quotes");
        }
        if password.value.chars().count() < SHORT {
            let message = format!("passwords shorter than {SHORT} characters are easily guessed");
            let help = "use five or six random words; browsers can remember them";
            self.reader.report(Code::PasswordShort, password.span, message, help);
        }
        Some(password)
    }

    /// Returns the position of `password: false`.
    pub(super) fn no_password(&self) -> Option<Span> {
        self.entry("password").filter(|entry| is_false(entry)).map(|entry| entry.node.span)
    }

    /// Reads `protect`: `pages` or `media`.
    pub(super) fn protect(&mut self) -> Option<Spanned<Protect>> {
        let protect = self.text("protect")?;
        let written = protect.value.as_str();
        let Some((_, value)) = keys::PROTECTS.iter().find(|(word, _)| *word == written) else {
            let help = match nearest(written, keys::PROTECTS.iter().map(|(word, _)| *word)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write `pages`, or `media` to protect the pictures as well".to_owned(),
            };
            let message = format!("expected `pages` or `media` for `protect`, found `{}`", shortened(written));
            self.reader.report(Code::SettingsInvalidValue, protect.span, message, help);
            return None;
        };
        Some(Spanned::new(*value, protect.span))
    }
}
