//! Reports folders that should contain a site but are empty.
//!
//! In: the folder. Out: a diagnostic, for every command. In a container, an empty folder usually means that nothing
//! is mounted.

use std::ffi::OsStr;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic};
use crate::machine::{container, fs, mounts};

/// Folders that may be mounted separately inside the folder of a site.
const VOLUMES: [&str; 2] = ["build", ".cimaise-cache"];

/// Reports that the folder of a site is empty; `None` if it is not.
#[must_use]
pub fn empty_site(folder: &Path) -> Option<Diagnostic> {
    // A volume for the cache or the output appears in the folder of the site even if the site itself is not mounted.
    let is_volume = |name: &OsStr| container::is_inside() && VOLUMES.iter().any(|volume| *volume == name);
    let mut entries = fs::read_dir(folder).ok()?;
    if !entries.all(|entry| entry.is_ok_and(|entry| is_volume(&entry.file_name()))) {
        return None;
    }
    let shown = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let error =
        Diagnostic::new(Code::SiteEmptyFolder, format!("no site found: the folder `{}` is empty", shown.display()));
    Some(error.help(help(&shown, container::is_inside(), mounts::is_mounted(&shown))))
}

/// Reports that there is no finished site in `output`: either the site was not built, or its folder is empty.
#[must_use]
pub fn unbuilt(site: &Path, output: &Path) -> Diagnostic {
    let message = format!("no finished site found in `{}`", output.display());
    let error = Diagnostic::new(Code::OutputMissing, message).help("run `cimaise build` first");
    let is_missing = !fs::exists(output).unwrap_or(false);
    if is_missing { empty_site(site).unwrap_or(error) } else { error }
}

/// Warns if files written into a folder are deleted with the container; `None` if they are not, or that is unknown.
#[must_use]
pub fn unmounted(folder: &Path) -> Option<Diagnostic> {
    if !container::is_inside() || mounts::is_mounted(folder)? {
        return None;
    }
    let shown = fs::whole(folder).unwrap_or_else(|_| folder.to_owned());
    let shown = shown.display();
    let warning = Diagnostic::new(
        Code::ContainerNotMounted,
        format!("`{shown}` is inside the container and is deleted with the container"),
    );
    Some(warning.help(format!("mount a folder of the host there: `-v FOLDER:{shown}`")))
}

fn help(folder: &Path, is_container: bool, is_mounted: Option<bool>) -> String {
    let begin = "create a site here with `cimaise init`";
    let mount = format!("`-v FOLDER:{}`", folder.display());
    match (is_container, is_mounted) {
        (false, _) => format!("name the folder of a site, or {begin}"),
        (true, Some(true)) => format!("mount the folder of a site instead of an empty one: {mount}; or {begin}"),
        (true, _) => format!("nothing is mounted there: mount the folder of your site with {mount}, or {begin}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_container_the_mount_is_named() {
        let said = |is_container, is_mounted| help(Path::new("/site"), is_container, is_mounted);
        let expected = "nothing is mounted there: mount the folder of your site with `-v FOLDER:/site`, or create a site here with `cimaise init`";
        assert_eq!(said(true, Some(false)), expected);
        assert!(said(true, Some(true)).contains("an empty one: `-v FOLDER:/site`"));
        assert_eq!(said(false, Some(false)), "name the folder of a site, or create a site here with `cimaise init`");
    }

    #[test]
    fn only_an_empty_folder_is_empty() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(empty_site(folder.path()).is_some());
        fs::write(folder.path().join("x"), "").expect("written");
        assert_eq!(empty_site(folder.path()), None);
        assert_eq!(empty_site(&folder.path().join("gone")), None);
    }
}
