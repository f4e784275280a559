//! Walks through the folders of a site: finds galleries, and all files that they may show.
//!
//! In: the root folder. Out: a [`Source`]. Must not open a picture.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::folder::{FolderListing, ListedFolder, Lister};
use super::litter::LOST_AND_FOUND;
use super::path::SETTINGS;
use super::read::Reader;
use super::{
    FileEntry, Folder, SitePath, Source, Spanned, Template, WasPublished, file, is_content, made_up, templates, typed,
    yaml,
};
use crate::diagnostic::{Code, Diagnostic, Report, Stop, cure, cure_reading};
use crate::machine::fs;

/// Folder in the root that is published unchanged.
const STATIC: &str = "static";

/// Reads the site in `root`. `exclude` are the output and cache folders, as absolute paths; `before` returns whether
/// the last build published a path.
///
/// Mistakes are errors in the report. Invalid parts are left out of the result, so that the next stage can check the
/// rest and one run reports all problems with the settings.
///
/// # Errors
/// [`Stop::Site`] if the root settings cannot be read, so that nothing remains to be checked.
pub fn read(root: &Path, exclude: &[PathBuf], before: WasPublished<'_>, report: &mut Report) -> Result<Source, Stop> {
    let root = match fs::canonicalize(root) {
        Ok(root) => root,
        Err(cause) => {
            let message = format!("cannot read the folder `{}`: {cause}", root.display());
            let help = cure(&cause).unwrap_or("name the folder that contains the `settings.yaml` of the site");
            report.push(Diagnostic::new(Code::FileUnreadable, message).help(help));
            return Err(Stop::Site);
        }
    };
    let lister = Lister::new(root, exclude, before);
    let published = vec![SitePath::root().child(STATIC)];
    let (files, unusable) = (BTreeMap::new(), BTreeMap::new());
    Walk { lister, report, templates: None, files, unusable, published, galleries: 0 }.site()
}

struct Walk<'r> {
    lister: Lister<'r>,
    report: &'r mut Report,
    /// The site's own templates; `None` if there is no folder for them.
    templates: Option<Rc<[Template]>>,
    files: BTreeMap<SitePath, FileEntry>,
    unusable: BTreeMap<SitePath, String>,
    /// Paths that are published unchanged; problems below them must be reported.
    published: Vec<SitePath>,
    galleries: usize,
}

impl Walk<'_> {
    fn site(mut self) -> Result<Source, Stop> {
        let top = self.lister.top();
        let Some(listing) = self.list(&top) else { return Err(Stop::Site) };
        if !listing.has_settings() {
            if self.no_root(&listing) {
                return Err(Stop::Site);
            }
            return made_up::site(self.lister, listing, self.report);
        }
        // The settings are read before the templates, but need to know whether there are any.
        self.templates = templates_folder(&listing).map(|_| Rc::from([]));
        let settings = self.settings(&listing, Reader::root);
        if let Some(settings) = &settings {
            let diagnostics = &settings.settings.diagnostics;
            self.report.follow(diagnostics.allow.iter().copied(), diagnostics.deny.iter().copied());
        }
        if settings.as_ref().is_some_and(|settings| settings.settings.follow_links.is_some_and(|follow| follow.value)) {
            self.lister.follow_links = true;
        }
        // The root is listed again, now that the settings decide which links are followed.
        let Some(listing) = self.list(&top) else { return Err(Stop::Site) };
        if let Some(folder) = templates_folder(&listing) {
            self.templates = Some(templates::read(&mut self.lister, folder, self.report).into());
        }
        let include = settings.as_ref().map_or(&[][..], |settings| &settings.include);
        self.published.extend(include.iter().filter_map(|entry| SitePath::root().join(&entry.value)));
        let galleries = self.read_galleries(listing);
        include.iter().for_each(|entry| self.list_hidden(entry));
        if self.galleries == 0 {
            self.report.push(
                Diagnostic::new(
                    Code::SiteNoGallery,
                    "the site has no gallery: none of its folders contains a `settings.yaml`",
                )
                .in_file(SETTINGS)
                .help(
                    self.around()
                        .unwrap_or_else(|| "copy photos into a folder of the site, then run `cimaise init`".to_owned()),
                ),
            );
        }
        let Some(settings) = settings else { return Err(Stop::Site) };
        let templates = self.templates.map_or(Vec::new(), |templates| templates.to_vec());
        let root = self.lister.root;
        let source =
            Source { root, settings, templates, galleries, files: self.files, unusable: self.unusable, made_up: false };
        Ok(source)
    }

    /// Returns advice if the folder is inside another site.
    fn around(&self) -> Option<String> {
        let is_site = |folder: &&Path| fs::exists(folder.join(SETTINGS)).unwrap_or(false);
        let site = self.lister.root.ancestors().skip(1).filter(is_site).last()?.display();
        Some(format!("this folder is inside the site `{site}`: run cimaise there, or name it: `cimaise build {site}`"))
    }

    /// Reports a folder that is no site because of a mistake; returns whether it is one.
    fn no_root(&mut self, listing: &FolderListing) -> bool {
        if let Some(error) = super::empty::empty_site(&self.lister.root) {
            self.report.push(error);
            return true;
        }
        let cure = misspelled(listing).map(|name| format!("rename `{name}` to `{SETTINGS}`")).or_else(|| self.around());
        let Some(cure) = cure else { return false };
        let missing = Diagnostic::new(Code::SiteNoSettings, "the site has no `settings.yaml`").in_file(SETTINGS);
        self.report.push(missing.help(cure));
        true
    }

    /// Adds the files of a folder that is a gallery or the root, and reads the galleries inside.
    fn read_galleries(&mut self, listing: FolderListing) -> Vec<Folder> {
        for problem in listing.problems.into_iter().chain(listing.lost) {
            self.report.push(problem);
        }
        self.files.extend(listing.files);
        self.unusable.extend(listing.unusable);
        let mut galleries = Vec::new();
        for place in listing.folders {
            let Some(listing) = self.list(&place) else { continue };
            if listing.has_settings() {
                galleries.extend(self.gallery(place.path, listing));
            } else {
                if let Some(name) = misspelled(&listing) {
                    let path = place.path.child(&name);
                    let message = format!("ignoring this file: its name is not `{SETTINGS}`");
                    let help = format!("rename the file to `{SETTINGS}`");
                    self.report
                        .push(Diagnostic::new(Code::GalleryNotReached, message).in_file(path.to_string()).help(help));
                }
                self.no_gallery_any_more(&place.path, &listing);
                // A folder beside the galleries may contain anything; only folders inside a gallery, and published
                // ones, belong to the site.
                let inside = place.path.parent().is_some_and(|parent| !parent.is_root());
                let inside = inside || self.is_published(&place.path);
                self.list_files(listing, inside);
            }
        }
        galleries
    }

    fn gallery(&mut self, path: SitePath, listing: FolderListing) -> Option<Folder> {
        self.galleries += 1;
        let settings = self.settings(&listing, Reader::gallery);
        let sections = settings.as_ref().and_then(|settings| settings.sections.as_ref());
        if let Some(sections) = sections.filter(|sections| !sections.value.is_empty())
            && let Some(child) = listing.folders.iter().find(|child| child.holds(SETTINGS))
        {
            self.report.push(
                Diagnostic::new(Code::GallerySections, "a gallery that contains galleries cannot have `sections`")
                    .at(sections.span)
                    .help(format!(
                        "move the sections to a gallery of their own beside `{}`, or remove them",
                        child.path
                    )),
            );
        }
        let children = self.read_galleries(listing);
        let settings = settings?;
        if let Some(span) = settings.no_sections.filter(|_| children.is_empty()) {
            let message = "`sections` has no value, and counts as missing";
            let help = "write `sections: []` to show no photos, or remove the key";
            self.report.push(Diagnostic::new(Code::GalleryNoSections, message).at(span).help(help));
        }
        Some(Folder { photos: path.clone(), path, settings, children })
    }

    /// Adds the files of a folder that is not a gallery, and of all folders in it.
    fn list_files(&mut self, listing: FolderListing, inside: bool) {
        // A cache contains secrets, wherever it is.
        let problems = listing.problems.into_iter().chain(listing.settings);
        for problem in problems.filter(|problem| inside || problem.code == Code::CacheInSite) {
            self.report.push(problem);
        }
        listing.lost.into_iter().for_each(|problem| self.report.push(problem));
        self.files.extend(listing.files);
        self.unusable.extend(listing.unusable);
        for place in listing.folders {
            let listing = match self.lister.list(&place) {
                Ok(listing) => listing,
                Err(cause) => {
                    // Only names in settings can refer to files in this folder.
                    if inside || (self.lister.before)(&place.path) {
                        self.unreadable(&place, &cause);
                    }
                    self.unusable.insert(place.path, format!("cannot read the folder: {cause}"));
                    continue;
                }
            };
            if let Some((path, _)) = listing.file(SETTINGS) {
                let parent = place.path.parent().unwrap_or_default();
                self.report.push(
                    Diagnostic::new(
                        Code::GalleryNotReached,
                        format!("ignoring this gallery: the folder `{parent}` that contains it is not a gallery"),
                    )
                    .in_file(path.to_string())
                    .help(format!("create a `{SETTINGS}` in `{parent}` as well, or move this folder")),
                );
            }
            self.list_files(listing, inside);
        }
    }

    /// Adds the files that `include` names inside a hidden folder, such as `.well-known`, which the walk does not
    /// enter.
    fn list_hidden(&mut self, entry: &Spanned<String>) {
        let Some(path) = SitePath::root().join(&entry.value).filter(|path| path.parts().any(|part| !is_content(part)))
        else {
            return;
        };
        self.lister.asked = Some(path.clone());
        let mut place = Some(self.lister.top());
        for part in path.parts() {
            let Some(listing) = place.take().and_then(|place| self.list(&place)) else { break };
            self.files.extend(listing.files.into_iter().filter(|(file, _)| *file == path));
            self.unusable.extend(listing.unusable.into_iter().filter(|(at, _)| path.is_within(at)));
            place = listing.folders.into_iter().find(|folder| folder.path.name() == part);
        }
        if let Some(listing) = place.and_then(|place| self.list(&place)) {
            self.list_files(listing, true);
        }
        self.lister.asked = None;
    }

    fn is_published(&self, folder: &SitePath) -> bool {
        self.published.iter().any(|path| path.is_within(folder) || folder.is_within(path))
    }

    fn list(&mut self, place: &ListedFolder) -> Option<FolderListing> {
        match self.lister.list(place) {
            Ok(listing) => Some(listing),
            Err(cause) if place.path.as_str() == LOST_AND_FOUND && place.is_of_the_file_system(&cause) => None,
            Err(cause) => {
                self.unreadable(place, &cause);
                None
            }
        }
    }

    fn unreadable(&mut self, place: &ListedFolder, cause: &std::io::Error) {
        let help = match cause.kind() {
            std::io::ErrorKind::NotADirectory if place.path.is_root() => {
                "name the folder of the site, not a file in it".to_owned()
            }
            _ => cure_reading(cause, place.real(), "move the folder out of the site"),
        };
        let error = if place.path.is_root() {
            let root = self.lister.root.display();
            Diagnostic::new(Code::FileUnreadable, format!("cannot read the folder of the site, `{root}`: {cause}"))
        } else {
            Diagnostic::new(Code::FileUnreadable, format!("cannot read the folder: {cause}"))
                .in_file(place.path.to_string())
        };
        self.report.push(error.help(help));
    }

    /// Reports a folder whose pages the last build published and this one removes. An empty folder may be a mount
    /// point without its disk.
    fn no_gallery_any_more(&mut self, path: &SitePath, listing: &FolderListing) {
        const PAGE: &str = "index.html";
        if !(self.lister.before)(&path.child(PAGE)) || listing.file(PAGE).is_some() {
            return;
        }
        let is_empty = listing.files.is_empty() && listing.folders.is_empty() && listing.unusable.is_empty();
        self.report.push(if is_empty {
            Diagnostic::new(Code::GalleryNotMounted, "the folder is empty, but was a gallery in the last build")
                .in_file(path.to_string())
                .help("mount the disk that contains the gallery; to remove its pages from the site, remove the folder")
        } else {
            Diagnostic::new(
                Code::GalleryRemoved,
                "the folder was a gallery in the last build, but its `settings.yaml` is gone",
            )
            .in_file(path.to_string())
            .help("the build removes its pages; to keep them, restore the file")
        });
    }

    /// Reads the settings file of a folder, if there is one.
    fn settings<T>(
        &mut self,
        listing: &FolderListing,
        read: impl FnOnce(&mut Reader, &yaml::Node) -> Option<T>,
    ) -> Option<T> {
        if let Some(problem) = &listing.settings {
            self.report.push(problem.clone());
        }
        let (path, entry) = listing.file(SETTINGS)?;
        let file = file::load(&entry.absolute, path.as_str(), Code::YamlEncoding, self.report)?;
        typed::settings(file, self.templates.clone(), self.report, read)
    }
}

/// Returns the folder of the site's templates. With settings, a folder of that name is a gallery.
fn templates_folder(listing: &FolderListing) -> Option<&ListedFolder> {
    listing.folders.iter().find(|place| place.path.as_str() == templates::FOLDER && !place.holds(SETTINGS))
}

/// Returns a file that the author probably meant as a settings file.
fn misspelled(listing: &FolderListing) -> Option<String> {
    listing.files.iter().map(|(path, _)| path.name()).find(|name| is_misspelled(name)).map(str::to_owned)
}

fn is_misspelled(name: &str) -> bool {
    let names =
        ["settings.yml", "setting.yaml", "setting.yml", "settings.yaml", "settings.yaml.txt", "settings.yml.txt"];
    names.contains(&name.to_ascii_lowercase().as_str())
}

/// Returns the name of a file in a folder without settings that the author probably meant as a settings file.
#[must_use]
pub fn misspelled_settings(folder: &Path) -> Option<String> {
    if fs::exists(folder.join(SETTINGS)).unwrap_or(true) {
        return None;
    }
    let names = fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names.filter(|name| is_misspelled(name)).min()
}
