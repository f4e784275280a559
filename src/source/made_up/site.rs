//! Lists a folder without settings, and makes up the settings of a site.

use std::collections::BTreeMap;
use std::path::Path;

use super::settings::{folder_of, nested, root};
use super::tree::unwritten;
use super::{refused, tree};
use crate::diagnostic::{Code, Diagnostic, Report, Stop, cure_reading};
use crate::source::folder::{FolderListing, ListedFolder, Lister};
use crate::source::{FileEntry, SETTINGS, SitePath, Source};

/// Maximum number of folders, and of files, in a folder that becomes a site by itself.
const MOST_FOLDERS: usize = 10_000;
const MOST_FILES: usize = 200_000;

/// Makes up the site in the root of `lister`, whose content is `listing`.
///
/// # Errors
/// [`Stop::Site`] if the folder is refused, or contains nothing to show.
pub(in crate::source) fn site(lister: Lister<'_>, listing: FolderListing, report: &mut Report) -> Result<Source, Stop> {
    let mut stop = |error: Diagnostic| {
        report.push(error);
        Stop::Site
    };
    if !listing.files.iter().any(|(path, _)| tree::is_media(path)) && listing.folders.is_empty() {
        return Err(stop(no_site()));
    }
    if let Some(refusal) = refused(&lister.root) {
        return Err(stop(refusal));
    }
    let mut all =
        Collected { lister, files: BTreeMap::new(), unusable: BTreeMap::new(), problems: Vec::new(), folders: 0 };
    all.add(listing).map_err(&mut stop)?;
    if !all.files.keys().any(tree::is_media) {
        return Err(stop(no_site()));
    }
    let Collected { lister, files, unusable, problems, .. } = all;
    problems.into_iter().for_each(|problem| report.push(problem));
    let name = name_of(&lister.root);
    let settings = root(&name, report).ok_or(Stop::Site)?;
    let new = unwritten(files.keys(), &[], true);
    let galleries = nested(new.iter().filter_map(|gallery| folder_of(gallery, &name, report)).collect());
    Ok(Source { root: lister.root, settings, templates: Vec::new(), galleries, files, unusable, made_up: true })
}

/// Returns the name of the site's folder, for its title.
pub(super) fn name_of(root: &Path) -> String {
    root.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn no_site() -> Diagnostic {
    let error = Diagnostic::new(Code::SiteNoSettings, "the site has no `settings.yaml`, and the folder has no photos");
    error.in_file(SETTINGS).help("run `cimaise init` to create a site here, or name a folder of photos")
}

/// Everything in a folder.
struct Collected<'a> {
    lister: Lister<'a>,
    files: BTreeMap<SitePath, FileEntry>,
    unusable: BTreeMap<SitePath, String>,
    problems: Vec<Diagnostic>,
    folders: usize,
}

impl Collected<'_> {
    /// Adds a folder, and all folders in it.
    ///
    /// # Errors
    /// If there is a site inside, or too much for a site.
    fn add(&mut self, listing: FolderListing) -> Result<(), Diagnostic> {
        if let Some((path, _)) = listing.file(SETTINGS) {
            return Err(self.around_a_site(path));
        }
        self.problems.extend(listing.problems.into_iter().chain(listing.lost));
        self.files.extend(listing.files);
        self.unusable.extend(listing.unusable);
        self.folders += 1;
        if self.folders > MOST_FOLDERS || self.files.len() > MOST_FILES {
            let message = "the folder has no `settings.yaml`, and contains too much to be shown as a site";
            let error = Diagnostic::new(Code::SiteNoSettings, message);
            return Err(error.help("name a folder of photos: `cimaise build FOLDER`; or run `cimaise init` here"));
        }
        listing.folders.iter().try_for_each(|place| self.enter(place))
    }

    fn enter(&mut self, place: &ListedFolder) -> Result<(), Diagnostic> {
        match self.lister.list(place) {
            Ok(listing) => self.add(listing),
            Err(cause) if place.is_of_the_file_system(&cause) => Ok(()),
            Err(cause) => {
                let error = Diagnostic::new(Code::FileUnreadable, format!("cannot read the folder: {cause}"));
                let help = cure_reading(&cause, place.real(), "move the folder elsewhere");
                self.problems.push(error.in_file(place.path.to_string()).help(help));
                Ok(())
            }
        }
    }

    fn around_a_site(&self, settings: &SitePath) -> Diagnostic {
        let folder = settings.parent().unwrap_or_default();
        let message =
            format!("the folder has no `settings.yaml`, but `{settings}` is inside: it is not shown as a site");
        let path = folder.under(&self.lister.root);
        let help = format!(
            "name the folder of a site, such as `cimaise build {}`; to make one of this folder, run `cimaise init`",
            path.display()
        );
        Diagnostic::new(Code::SiteNoSettings, message).in_file(SETTINGS).help(help)
    }
}
