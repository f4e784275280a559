//! Lists folders: files and subfolders by name, with links resolved and excluded folders left out.
//!
//! In: a folder of the site. Out: a [`FolderListing`]. Leaves out hidden folders, system folders, the output and the
//! caches. A link is followed only if its target is inside the site (unless the site allows others) and does not
//! contain the link.

use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::litter::LOST_AND_FOUND;
use super::path::SETTINGS;
use super::unusable::{Unusable, WasPublished, is_needed};
use super::{FileEntry, SitePath, litter};
use crate::cache::{self, Stat};
use crate::diagnostic::{Code, Diagnostic};
use crate::machine::container;
use crate::machine::fs::{self, DirEntry, Metadata};

/// Maximum depth of nested folders.
const DEEPEST: usize = 64;

/// Maximum number of links to folders that are followed; links among siblings can produce very many paths from a few
/// folders.
const LINKS: usize = 1000;

/// Lists the folders of one site.
pub(super) struct Lister<'a> {
    /// Root of the site, links resolved.
    pub(super) root: PathBuf,
    /// Whether links may leave the root.
    pub(super) follow_links: bool,
    /// A folder or file that the author names in `include`; hidden folders on the way to it are entered.
    pub(super) asked: Option<SitePath>,
    /// Whether the last build published a path.
    pub(super) before: WasPublished<'a>,
    excluded: Vec<PathBuf>,
    links: usize,
}

/// A folder that is about to be listed.
#[derive(Debug, Clone)]
pub(super) struct ListedFolder {
    /// Path in the site.
    pub(super) path: SitePath,
    /// Real path of the folder, after the real paths of the folders above it, starting with the root.
    chain: Vec<PathBuf>,
}

impl ListedFolder {
    /// Returns the real path.
    pub(super) fn real(&self) -> &Path {
        self.chain.last().map_or(Path::new(""), PathBuf::as_path)
    }

    /// Returns whether the folder contains a file with this name.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.chain.last().is_some_and(|real| fs::metadata(real.join(name)).is_ok_and(|metadata| metadata.is_file()))
    }

    /// Returns whether a folder that could not be listed is reserved for the superuser, like the folder for rescued
    /// files in the root of an ext file system.
    pub(super) fn is_of_the_file_system(&self, cause: &io::Error) -> bool {
        let metadata = self.chain.last().and_then(|real| fs::symlink_metadata(real).ok());
        cause.kind() == ErrorKind::PermissionDenied && metadata.is_some_and(|metadata| is_superusers(&metadata))
    }
}

/// The content of a folder, sorted by name.
#[derive(Debug, Default)]
pub(super) struct FolderListing {
    pub(super) files: Vec<(SitePath, FileEntry)>,
    pub(super) folders: Vec<ListedFolder>,
    /// Problems with unusable entries; reported only for folders that belong to the site.
    pub(super) problems: Vec<Diagnostic>,
    /// Problems with unusable entries that the last build published; always reported.
    pub(super) lost: Vec<Diagnostic>,
    /// Problem with the settings file, if it exists but cannot be used.
    pub(super) settings: Option<Diagnostic>,
    /// All unusable entries, with the reason.
    pub(super) unusable: Vec<(SitePath, String)>,
}

impl FolderListing {
    /// Returns the file with this name.
    pub(super) fn file(&self, name: &str) -> Option<&(SitePath, FileEntry)> {
        self.files.iter().find(|(path, _)| path.name() == name)
    }

    /// Returns whether there is a settings file, even if it cannot be used.
    pub(super) fn has_settings(&self) -> bool {
        self.settings.is_some() || self.file(SETTINGS).is_some()
    }

    fn add_unusable(&mut self, path: SitePath, unusable: &Unusable, before: WasPublished<'_>) {
        let problem = unusable.diagnostic(&path, is_needed(&path, before));
        if path.name() == SETTINGS {
            self.settings = Some(problem);
        } else if before(&path) {
            self.lost.push(problem);
        } else {
            self.problems.push(problem);
        }
        self.unusable.push((path, unusable.why.clone()));
    }
}

/// Warns about a cache that was left in the site, or came with a copy of a site.
fn left_out(path: &SitePath) -> Diagnostic {
    let warning =
        Diagnostic::new(Code::CacheInSite, "ignoring this folder: it is a cache of cimaise, which contains secrets");
    warning.in_file(path.to_string()).help("remove the cache: `cimaise clean --cache --cache-dir FOLDER`")
}

impl<'a> Lister<'a> {
    /// Creates a lister. `root` must be free of links; `exclude` are folders that are not read, including their
    /// content.
    pub(super) fn new(root: PathBuf, exclude: &[PathBuf], before: WasPublished<'a>) -> Self {
        let mut excluded: Vec<PathBuf> = vec![root.join("build")];
        for folder in exclude {
            excluded.extend(fs::canonicalize(folder));
            excluded.push(folder.clone());
        }
        // Excluding a folder around the site must not exclude the site.
        excluded.retain(|folder| !root.starts_with(folder));
        Self { root, follow_links: false, asked: None, before, excluded, links: 0 }
    }

    /// Returns the root as a folder to list.
    pub(super) fn top(&self) -> ListedFolder {
        ListedFolder { path: SitePath::root(), chain: vec![self.root.clone()] }
    }

    /// Lists a folder.
    pub(super) fn list(&mut self, place: &ListedFolder) -> io::Result<FolderListing> {
        let mut listing = FolderListing::default();
        let Some(real) = place.chain.last() else { return Ok(listing) };
        let mut entries = fs::read_dir(real)?.collect::<io::Result<Vec<_>>>()?;
        entries.sort_by_key(DirEntry::file_name);
        if place.chain.len() > DEEPEST {
            let message = format!("folders are nested more than {DEEPEST} levels deep");
            listing.problems.push(Diagnostic::new(Code::SiteTooLarge, message).in_file(place.path.to_string()));
            return Ok(listing);
        }
        let is_cache = place.chain.len() > 1
            && entries.iter().any(|entry| cache::marks_cache(&entry.file_name()))
            && cache::is_cache(real);
        if is_cache {
            listing.problems.push(left_out(&place.path));
            return Ok(listing);
        }
        for entry in entries {
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                let message = format!("ignoring the file {name:?}: its name is not UTF-8");
                let warning = Diagnostic::new(Code::FileName, message).in_file(place.path.to_string());
                listing.problems.push(warning.help("rename the file"));
                continue;
            };
            let path = place.path.child(name);
            if let Err(unusable) = self.classify(place, real, &path, &entry, &mut listing) {
                listing.add_unusable(path, &unusable, self.before);
            }
        }
        Ok(listing)
    }

    fn classify(
        &mut self,
        place: &ListedFolder,
        real: &Path,
        path: &SitePath,
        entry: &DirEntry,
        listing: &mut FolderListing,
    ) -> Result<(), Unusable> {
        let kind = entry.file_type().map_err(|cause| Unusable::unreadable(&real.join(path.name()), &cause))?;
        let (target, metadata) = match kind.is_symlink() {
            true => self.follow(place, &real.join(path.name()))?,
            false => {
                let target = real.join(path.name());
                let metadata = entry.metadata().map_err(|cause| Unusable::unreadable(&target, &cause))?;
                (target, metadata)
            }
        };
        if metadata.is_file() {
            listing.files.push((path.clone(), FileEntry { absolute: target, stat: Stat::of(&metadata) }));
        } else if !metadata.is_dir() {
            // Programs leave hidden sockets in their working folders.
            if !path.name().starts_with('.') || is_needed(path, self.before) {
                let why = format!("expected a regular file, found {}", fs::special(metadata.file_type()));
                return Err(Unusable::of_kind(why, "remove it, or put a regular file in its place"));
            }
        } else if path.name() == SETTINGS {
            return Err(Unusable::of_kind("expected a regular file, found a folder", "rename the folder"));
        } else if self.enters(path) && !self.excluded.contains(&target) {
            if kind.is_symlink() {
                self.links += 1;
                if self.links > LINKS + 1 {
                    return Ok(());
                }
                if self.links > LINKS {
                    let message = format!("the site has more than {LINKS} links to folders");
                    listing.problems.push(Diagnostic::new(Code::SiteTooLarge, message).in_file(path.to_string()));
                    return Ok(());
                }
            }
            let mut chain = place.chain.clone();
            chain.push(target);
            listing.folders.push(ListedFolder { path: path.clone(), chain });
        }
        Ok(())
    }

    /// Returns whether a folder is entered, apart from the output and caches. A gallery may have the name of a folder
    /// of ext file systems.
    fn enters(&self, path: &SitePath) -> bool {
        let is_litter = litter(path.name()).is_some_and(|_| path.name() != LOST_AND_FOUND);
        match &self.asked {
            Some(asked) if asked.is_within(path) => true,
            Some(asked) if path.is_within(asked) => !is_litter,
            _ => !is_litter && !path.name().starts_with('.'),
        }
    }

    /// Describes a broken link. In a container, a link to a target outside the mounted folder looks like one.
    fn nowhere(&self, link: &Path) -> Unusable {
        let why = "broken link";
        let outside = fs::read_link(link).ok().and_then(|target| outside(&self.root, link, &target));
        match outside.filter(|_| container::is_inside()) {
            Some(target) => {
                let target = target.display();
                let follow = if self.follow_links {
                    ""
                } else {
                    ", and allow it with `follow_links: true` below `settings:` in the root `settings.yaml`"
                };
                Unusable::of_kind(
                    format!("{why} in this container: its target is outside the site, at `{target}`"),
                    format!("mount its target as well, `-v 'FOLDER:{target}:ro'`{follow}; or remove it"),
                )
            }
            None => {
                Unusable::of_kind(why, "remove it, or restore its target: mount the disk, or connect to the server")
            }
        }
    }

    /// Returns the target of a link, if the link may be followed.
    fn follow(&self, place: &ListedFolder, link: &Path) -> Result<(PathBuf, Metadata), Unusable> {
        let found = fs::canonicalize(link).and_then(|target| fs::metadata(&target).map(|metadata| (target, metadata)));
        let (target, metadata) = found.map_err(|cause| match cause.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => self.nowhere(link),
            _ if leads_in_circles(&cause) => self.nowhere(link),
            _ => Unusable::unreadable(link, &cause),
        })?;
        if self.excluded.iter().any(|folder| target.starts_with(folder)) {
            let why = "a link into a folder that is not read; it is not followed";
            return Err(Unusable::of_kind(why, "link to the original"));
        }
        if cache::is_in_cache(&target) {
            return Err(Unusable::of_kind("a link into a cache of cimaise; it is not followed", "remove it"));
        }
        if !self.follow_links && !target.starts_with(&self.root) {
            let why = format!("a link out of the site, to `{}`; it is not followed", target.display());
            let help = "allow it with `follow_links: true` below `settings:` in the root `settings.yaml`";
            return Err(Unusable::of_kind(why, help));
        }
        if metadata.is_dir() && place.chain.iter().any(|folder| folder.starts_with(&target)) {
            let why = "a link to a folder that contains it; it is not followed";
            return Err(Unusable::of_kind(why, "remove it"));
        }
        Ok((target, metadata))
    }
}

/// Returns the target of a link according to its text, if it is outside `root`.
fn outside(root: &Path, link: &Path, target: &Path) -> Option<PathBuf> {
    let mut whole = link.parent()?.to_owned();
    for part in target.components() {
        match part {
            Component::ParentDir => drop(whole.pop()),
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    (!whole.starts_with(root)).then_some(whole)
}

/// Rust has no stable name for this kind of error.
fn leads_in_circles(cause: &io::Error) -> bool {
    #[cfg(unix)]
    return rustix::io::Errno::from_io_error(cause) == Some(rustix::io::Errno::LOOP);
    #[cfg(not(unix))]
    return {
        let _ = cause;
        false
    };
}

#[cfg(unix)]
fn is_superusers(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(metadata) == 0
}

#[cfg(not(unix))]
fn is_superusers(_: &Metadata) -> bool {
    true
}
