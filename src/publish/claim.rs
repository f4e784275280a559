//! Checks whether a folder may be used as the output.
//!
//! The check comes before any work and changes nothing. A folder that contains files which cimaise did not create belongs to somebody
//! else. The folder of the site is refused, too.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::manifest::{Manifest, ManifestState};
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop};
use crate::machine::fs;

/// A folder that may be published into.
#[derive(Debug, Clone)]
pub struct OutputFolder {
    /// Path of the folder; it need not exist.
    pub(super) folder: PathBuf,
    /// Path of the site, with symlinks resolved.
    pub(super) site: PathBuf,
}

impl OutputFolder {
    /// Checks that a folder may be published into.
    ///
    /// # Errors
    /// [`Stop::Site`] if the folder must not be published into; the report contains the reason. [`Stop::Machine`] if it cannot be read.
    pub fn claim(folder: &Path, site: &Path, report: &mut Report) -> Result<Self, Stop> {
        let site = fs::canonicalize(site).map_err(Failure::on("read", site))?;
        check(folder, &site, report)?;
        Ok(Self { folder: folder.to_owned(), site })
    }
}

/// Checks that `folder` may be published into; `site` is a path without symlinks.
pub(super) fn check(folder: &Path, site: &Path, report: &mut Report) -> Result<(), Stop> {
    let whole = fs::whole(folder).map_err(Failure::on("read", folder))?;
    match refusal(folder, &whole, site)? {
        Some(diagnostic) => {
            report.push(diagnostic);
            Err(Stop::Site)
        }
        None => Ok(()),
    }
}

fn refusal(folder: &Path, whole: &Path, site: &Path) -> Result<Option<Diagnostic>, Failure> {
    let shown = folder.display();
    let elsewhere = "choose another folder with `--output`";
    let error = |code: Code, message: String, help: &str| Ok(Some(Diagnostic::new(code, message).help(help)));
    if site.starts_with(whole) {
        let message = format!("the output folder `{shown}` is or contains the site");
        return error(Code::OutputInvalid, message, elsewhere);
    }
    match fs::metadata(folder) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(Failure::on("read", folder)(cause)),
        Ok(metadata) if !metadata.is_dir() => {
            let message = format!("expected a folder for the output, found the file `{shown}`");
            return error(Code::OutputInvalid, message, elsewhere);
        }
        Ok(_) => {}
    }
    match Manifest::read(folder).map_err(Failure::on("read", folder))? {
        ManifestState::Manifest(_) => return Ok(None),
        ManifestState::Unreadable => {
            return error(
                Code::OutputInvalid,
                format!("this version of cimaise cannot read the manifest of the output folder `{shown}`"),
                "delete the folder; the build creates it again",
            );
        }
        ManifestState::None => {}
    }
    for entry in fs::read_dir(folder).map_err(Failure::on("read", folder))? {
        let name = entry.map_err(Failure::on("read", folder))?.file_name();
        if !is_harmless(&name) {
            return error(
                Code::OutputForeign,
                format!(
                    "the output folder `{shown}` contains files that cimaise did not create, such as `{}`",
                    name.display()
                ),
                "if récitale or prosopopée created the folder, move it away; otherwise choose another folder with `--output`",
            );
        }
    }
    Ok(None)
}

/// Whether the name is one that otherwise empty folders contain: `.git`, `.gitkeep`, `.DS_Store`, `lost+found` at the top of a mounted
/// disk, and the temporary files of a run that was killed early.
fn is_harmless(name: &OsString) -> bool {
    name.as_encoded_bytes().starts_with(b".") || name == "lost+found"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(folder: &Path, site: &Path) -> Result<(), String> {
        let mut report = Report::default();
        match OutputFolder::claim(folder, site, &mut report) {
            Ok(_) => Ok(()),
            Err(Stop::Site) => Err(report.diagnostics()[0].message.clone()),
            Err(Stop::Machine(failure)) => panic!("{failure:?}"),
        }
    }

    fn site() -> tempfile::TempDir {
        let site = tempfile::tempdir().expect("a folder");
        fs::write(site.path().join("settings.yaml"), "title: x").expect("written");
        site
    }

    #[test]
    fn missing_and_empty_folders_are_free() {
        let site = site();
        let build = site.path().join("build");
        assert_eq!(claim(&build, site.path()), Ok(()));
        assert!(!build.exists());
        assert_eq!(claim(&build.join("deep/er"), site.path()), Ok(()));
        fs::create_dir_all(build.join(".git")).expect("made");
        assert_eq!(claim(&build, site.path()), Ok(()));
    }

    #[test]
    fn the_site_and_what_holds_it_are_refused_by_whatever_name() {
        let site = site();
        let path = site.path();
        fs::create_dir(path.join("a")).expect("made");
        for folder in [
            path.to_owned(),
            path.join("a/.."),
            path.join("new/.."),
            path.parent().expect("one").to_owned(),
            PathBuf::from("/"),
        ] {
            let message = claim(&folder, path).expect_err("refused");
            assert!(message.ends_with("is or contains the site"), "{message}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_symlink_is_judged_by_where_it_leads() {
        let site = site();
        let elsewhere = tempfile::tempdir().expect("a folder");
        let link = elsewhere.path().join("link");
        std::os::unix::fs::symlink(site.path(), &link).expect("linked");
        assert!(claim(&link, site.path()).is_err());
        let free = tempfile::tempdir().expect("a folder");
        let link = elsewhere.path().join("free");
        std::os::unix::fs::symlink(free.path(), &link).expect("linked");
        assert_eq!(claim(&link, site.path()), Ok(()));
    }

    #[test]
    fn folders_of_others_are_refused() {
        let site = site();
        let build = site.path().join("build");
        fs::create_dir(&build).expect("made");
        fs::write(build.join("index.html"), "mine").expect("written");
        let message = claim(&build, site.path()).expect_err("refused");
        assert!(message.ends_with("contains files that cimaise did not create, such as `index.html`"), "{message}");
        let message = claim(&build.join("index.html"), site.path()).expect_err("refused");
        assert!(message.starts_with("expected a folder for the output, found the file"), "{message}");
        fs::write(build.join(super::super::manifest::NAME), "something else").expect("written");
        let message = claim(&build, site.path()).expect_err("refused");
        assert!(message.contains("cannot read"), "{message}");
        fs::write(build.join(super::super::manifest::NAME), Manifest::default().to_text()).expect("written");
        assert_eq!(claim(&build, site.path()), Ok(()));
    }
}
