//! Which password protects which gallery.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{Folder, Protect, RootSettings};

/// A password and the part that it protects.
#[derive(Debug, Clone)]
pub(in crate::site) struct Protection {
    /// Password; `None` if the gallery is open to everyone.
    pub(in crate::site) password: Option<String>,
    pub(in crate::site) protect: Protect,
}

impl Protection {
    /// Returns the protection of the front page.
    pub(in crate::site) fn of_site(root: &RootSettings) -> Self {
        let password = root.password.as_ref().map(|password| password.value.clone());
        Self { password, protect: root.protect.map(|protect| protect.value).unwrap_or_default() }
    }

    /// Returns the protection of a gallery inside: the same password, unless the gallery has its own. Warns about
    /// keys without effect.
    pub(in crate::site) fn inside(&self, folder: &Folder, report: &mut Report) -> Self {
        let settings = &folder.settings;
        if let (Some(span), Some(_)) = (settings.no_password, &self.password) {
            let message = "`password: false` does not make this gallery public: the password of the gallery or site around it still applies";
            let help = "remove the line, or move the gallery out of the protected one to make it public";
            report.push(Diagnostic::new(Code::PasswordOff, message).at(span).help(help));
        }
        let own = settings.password.as_ref();
        if let (Some(password), false) = (own, folder.children.is_empty()) {
            let warning = Diagnostic::new(
                Code::PasswordInherited,
                "this password protects the galleries inside as well; récitale leaves all of them public",
            );
            report.push(
                warning
                    .at(password.span)
                    .help("to use another password for a gallery inside, add `password` to its settings"),
            );
        }
        let password = own.map(|password| password.value.clone()).or_else(|| self.password.clone());
        if let (Some(protect), None) = (settings.protect, &password) {
            let warning =
                Diagnostic::new(Code::PasswordMissing, "`protect` has no effect without a `password`").at(protect.span);
            report.push(warning.help("add `password: ` with five or six random words"));
        }
        Self { password, protect: settings.protect.map_or(self.protect, |protect| protect.value) }
    }

    /// Returns whether the media files, too, require the password.
    pub(in crate::site) fn closes_files(&self) -> bool {
        self.password.is_some() && self.protect == Protect::Media
    }
}
