//! `settings.diagnostics`: the warnings that are hidden, and those that are errors.

use super::Reader;
use super::fields::shortened;
use crate::diagnostic::{Code, Severity};
use crate::source::keys;
use crate::source::suggest::nearest;
use crate::source::yaml::Node;
use crate::source::{DiagnosticSettings, Spanned};

impl Reader {
    /// Reads `settings.diagnostics`.
    pub(super) fn diagnostics(&mut self, node: &Node) -> DiagnosticSettings {
        let Some(mut fields) = self.fields("diagnostics", &keys::DIAGNOSTICS, node) else {
            return DiagnosticSettings::default();
        };
        let [allow, deny] = ["allow", "deny"].map(|key| {
            let names = fields.take(key).map_or(Vec::new(), |entry| fields.reader.texts(key, &entry.node));
            names.iter().filter_map(|name| fields.reader.code(key, name)).collect()
        });
        fields.finish(|_| None);
        DiagnosticSettings { allow, deny }
    }

    fn code(&mut self, key: &str, name: &Spanned<String>) -> Option<Code> {
        let Some(code) = Code::named(name.value.trim()) else {
            let help = match nearest(&name.value, Code::ALL.iter().map(|code| code.name())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`cimaise explain` lists all codes".to_owned(),
            };
            let message = format!("unknown code `{}`", shortened(&name.value));
            self.report(Code::SettingsUnknownCode, name.span, message, help);
            return None;
        };
        if key == "allow" && code.severity() == Severity::Error {
            let message = format!("`{code}` is an error; only warnings can be allowed");
            self.report(Code::SettingsUnknownCode, name.span, message, "remove it from `allow`");
            return None;
        }
        Some(code)
    }
}
