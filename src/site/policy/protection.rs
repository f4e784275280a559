//! Which password protects which gallery.

use crate::diagnostic::{Diagnostic, Report};
use crate::source::{Folder, Protect, RootSettings};

/// A password, and what it protects.
#[derive(Debug, Clone)]
pub(in crate::site) struct Protection {
    /// `None`: everybody may read.
    pub(in crate::site) password: Option<String>,
    pub(in crate::site) protect: Protect,
}

impl Protection {
    /// The protection of the front page.
    pub(in crate::site) fn of_site(root: &RootSettings) -> Self {
        let password = root.password.as_ref().map(|password| password.value.clone());
        Self { password, protect: root.protect.map(|protect| protect.value).unwrap_or_default() }
    }

    /// The protection of a gallery inside: the same, unless the gallery has a password of its own.
    pub(in crate::site) fn inside(&self, folder: &Folder, report: &mut Report) -> Self {
        let settings = &folder.settings;
        let own = settings.password.as_ref();
        if let (Some(password), false) = (own, folder.children.is_empty()) {
            let warning = Diagnostic::warning(
                "this password protects the galleries inside as well; récitale leaves all of them open",
            );
            report.push(
                warning.at(password.span).help("give a gallery inside a `password` of its own if it needs another"),
            );
        }
        let password = own.map(|password| password.value.clone()).or_else(|| self.password.clone());
        if let (Some(protect), None) = (settings.protect, &password) {
            let warning = Diagnostic::warning("`protect` has no effect without a `password`").at(protect.span);
            report.push(warning.help("add `password: ` and five or six random words"));
        }
        Self { password, protect: settings.protect.map_or(self.protect, |protect| protect.value) }
    }

    /// Whether only holders of the password may read its files, too.
    pub(in crate::site) fn closes_files(&self) -> bool {
        self.password.is_some() && self.protect == Protect::Media
    }
}
