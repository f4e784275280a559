//! Which gallery is behind which password.

use crate::diagnostic::{Diagnostic, Report};
use crate::site::Gallery;
use crate::source::{Folder, Protect, SitePath};

/// A password, and what it protects.
#[derive(Debug, Clone)]
pub(super) struct Protection {
    pub(super) password: Option<String>,
    pub(super) protect: Protect,
}

/// What is inside a protected gallery is protected with it, unless it has a password of its own. Galleries stand after those that they
/// are in, so every one finds the protection of the one around it settled.
pub(super) fn inherit(
    galleries: &mut [Gallery],
    folders: &[(&Folder, Option<&SitePath>)],
    site: &Protection,
    report: &mut Report,
) {
    for id in 0..galleries.len() {
        let (folder, _) = folders[id];
        let settings = &folder.settings;
        let around = match galleries[id].parent.map(|parent| &galleries[parent.index()]) {
            Some(parent) => Protection { password: parent.password.clone(), protect: parent.protect },
            None => site.clone(),
        };
        let own = settings.password.as_ref();
        if let (Some(password), false) = (own, folder.children.is_empty()) {
            let warning = Diagnostic::warning(
                "this password protects the galleries inside as well; récitale leaves all of them open",
            );
            report.push(
                warning.at(password.span).help("give a gallery inside a `password` of its own if it needs another"),
            );
        }
        let password = own.map(|password| password.value.clone()).or(around.password);
        if let (Some(protect), None) = (settings.protect, &password) {
            let warning = Diagnostic::warning("`protect` has no effect without a `password`").at(protect.span);
            report.push(warning.help("add `password: ` and five or six random words"));
        }
        galleries[id].password = password;
        galleries[id].protect = settings.protect.map_or(around.protect, |protect| protect.value);
    }
}
