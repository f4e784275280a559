//! Which warnings count, and for how much.
//!
//! In: the options of the command line, and `settings.diagnostics`. Out: each diagnostic as it is reported, or nothing. Must not know
//! what a diagnostic is about.

use std::collections::BTreeSet;

use super::{Code, Diagnostic, Severity};

/// Warnings that the user allows, and warnings that the user treats as errors.
#[derive(Debug, Default, Clone)]
pub struct Policy {
    /// `--strict`: a run with warnings fails.
    pub strict: bool,
    /// Codes whose warnings are dropped.
    pub allow: BTreeSet<Code>,
    /// Codes whose warnings are errors.
    pub deny: BTreeSet<Code>,
}

impl Policy {
    /// Adds the codes of the site's settings, except those that the command line has decided.
    pub(super) fn add(&mut self, allow: impl IntoIterator<Item = Code>, deny: impl IntoIterator<Item = Code>) {
        let deny: Vec<Code> = deny.into_iter().filter(|code| !self.allow.contains(code)).collect();
        self.deny.extend(deny);
        let allow: Vec<Code> = allow.into_iter().filter(|code| !self.deny.contains(code)).collect();
        self.allow.extend(allow);
    }

    /// The diagnostic with the severity that the policy gives it; `None` if the user does not want to see it.
    pub(super) fn apply(&self, diagnostic: Diagnostic) -> Option<Diagnostic> {
        if diagnostic.severity == Severity::Error {
            return Some(diagnostic);
        }
        if self.allow.contains(&diagnostic.code) {
            return None;
        }
        Some(if self.deny.contains(&diagnostic.code) { denied(diagnostic) } else { diagnostic })
    }
}

/// A warning as an error. A warning says how the build goes on ("ignoring ..", "; using .."); after an error, it does not.
fn denied(diagnostic: Diagnostic) -> Diagnostic {
    let message = diagnostic.message.split("; using ").next().unwrap_or_default();
    let message = match message.strip_prefix("ignoring ").or_else(|| message.strip_prefix("leaving out ")) {
        Some(what) => format!("cannot use {what}"),
        None => message.to_owned(),
    };
    Diagnostic { message, ..diagnostic }.as_error()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: Code = Code::SettingsUnknownKey;

    fn severity(policy: &Policy) -> Option<Severity> {
        policy.apply(Diagnostic::new(CODE, "unknown key")).map(|diagnostic| diagnostic.severity)
    }

    #[test]
    fn a_warning_is_dropped_or_made_an_error() {
        assert_eq!(severity(&Policy::default()), Some(Severity::Warning));
        assert_eq!(severity(&Policy { deny: [CODE].into(), ..Policy::default() }), Some(Severity::Error));
        assert_eq!(severity(&Policy { allow: [CODE].into(), ..Policy::default() }), None);
    }

    #[test]
    fn a_denied_warning_does_not_say_how_the_build_goes_on() {
        let policy = Policy { deny: [CODE].into(), ..Policy::default() };
        for (warning, error) in [
            ("ignoring `lang: x`: it is not a language tag", "cannot use `lang: x`: it is not a language tag"),
            ("unknown media type `x`; using `image`", "unknown media type `x`"),
            ("leaving out this photo: the file is empty", "cannot use this photo: the file is empty"),
            ("unknown key `x`", "unknown key `x`"),
        ] {
            let applied = policy.apply(Diagnostic::new(CODE, warning)).expect("an error");
            assert_eq!((applied.message.as_str(), applied.severity), (error, Severity::Error));
        }
    }

    #[test]
    fn an_error_stays() {
        let policy = Policy { allow: [CODE].into(), ..Policy::default() };
        assert!(policy.apply(Diagnostic::new(CODE, "unknown key").as_error()).is_some());
    }

    #[test]
    fn the_command_line_wins_over_the_settings_and_deny_over_allow() {
        let mut policy = Policy { allow: [CODE].into(), ..Policy::default() };
        policy.add([], [CODE]);
        assert_eq!(severity(&policy), None);
        let mut policy = Policy::default();
        policy.add([CODE], [CODE]);
        assert_eq!(severity(&policy), Some(Severity::Error));
    }
}
