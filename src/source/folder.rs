//! Listing folders: files and sub-folders by name, links resolved, nothing that must not be entered.
//!
//! Hidden folders, the output and the caches are left out. A link is followed only if it stays inside the site (or the site says
//! otherwise) and does not lead back to a folder that it stands in.

use std::io;
use std::path::{Path, PathBuf};

use super::{FileEntry, SitePath};
use crate::cache::{self, Stat};
use crate::diagnostic::Diagnostic;
use crate::machine::fs::{self, DirEntry, Metadata};

/// Folders inside folders.
const DEEPEST: usize = 64;

/// How many links to folders are followed: links among siblings can make very many paths of a few folders.
const LINKS: usize = 1000;

/// Opens the folders of one site.
pub(super) struct Lister {
    /// The root, links resolved.
    pub(super) root: PathBuf,
    /// Whether links may leave the root.
    pub(super) follow_links: bool,
    /// Whether hidden folders are entered.
    pub(super) hidden: bool,
    excluded: Vec<PathBuf>,
    links: usize,
}

/// A folder that is about to be read.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Its path in the site.
    pub(super) path: SitePath,
    /// Where it really is, and where the folders above it really are, from the root.
    chain: Vec<PathBuf>,
}

impl Place {
    /// Whether a file of this name is in it.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.chain.last().is_some_and(|real| fs::metadata(real.join(name)).is_ok_and(|metadata| metadata.is_file()))
    }
}

/// What is in a folder, sorted by name.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) files: Vec<(SitePath, FileEntry)>,
    pub(super) folders: Vec<Place>,
    /// What could not be used, for those who care about this folder.
    pub(super) problems: Vec<Diagnostic>,
}

impl Listing {
    /// The file of this name.
    pub(super) fn file(&self, name: &str) -> Option<&(SitePath, FileEntry)> {
        self.files.iter().find(|(path, _)| path.name() == name)
    }
}

/// Of a cache that was left here, or came along with a copy of a site.
fn left_out(path: &SitePath) -> Diagnostic {
    let warning =
        Diagnostic::warning("this folder is a cache of cimaise; it is left out, because a cache holds secrets");
    warning.in_file(path.to_string()).help("remove it: `cimaise clean --cache --cache-dir FOLDER`")
}

impl Lister {
    /// `root` must be free of links; `exclude` are folders that are not read, with all that is in them.
    pub(super) fn new(root: PathBuf, exclude: &[PathBuf]) -> Self {
        let mut excluded: Vec<PathBuf> = vec![root.join("build")];
        for folder in exclude {
            excluded.extend(fs::canonicalize(folder));
            excluded.push(folder.clone());
        }
        // A folder around the site says nothing about the site.
        excluded.retain(|folder| !root.starts_with(folder));
        Self { root, follow_links: false, hidden: false, excluded, links: 0 }
    }

    /// The root as a place to begin with.
    pub(super) fn top(&self) -> Place {
        Place { path: SitePath::root(), chain: vec![self.root.clone()] }
    }

    /// What is in this folder.
    pub(super) fn list(&mut self, place: &Place) -> io::Result<Listing> {
        let mut listing = Listing::default();
        let Some(real) = place.chain.last() else { return Ok(listing) };
        let mut entries = fs::read_dir(real)?.collect::<io::Result<Vec<_>>>()?;
        entries.sort_by_key(DirEntry::file_name);
        if place.chain.len() > DEEPEST {
            let message = format!("more than {DEEPEST} folders inside each other; the rest is not read");
            listing.problems.push(Diagnostic::error(message).in_file(place.path.to_string()));
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
            if let Some(problem) = self.sort_in(place, real, &entry, &mut listing) {
                listing.problems.push(problem);
            }
        }
        Ok(listing)
    }

    fn sort_in(&mut self, place: &Place, real: &Path, entry: &DirEntry, listing: &mut Listing) -> Option<Diagnostic> {
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let message = format!("the file name {name:?} is not UTF-8; it is left out");
            return Some(Diagnostic::warning(message).in_file(place.path.to_string()).help("rename it"));
        };
        let path = place.path.child(name);
        let unreadable = |cause: io::Error| {
            let message = format!("cannot read it: {cause}");
            Some(Diagnostic::error(message).in_file(path.to_string()).help("let the user who builds the site read it"))
        };
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(cause) => return unreadable(cause),
        };
        let (target, metadata) = if kind.is_symlink() {
            match self.follow(place, &real.join(name)) {
                Ok(found) => found,
                Err(None) => return None,
                Err(Some((message, help))) => {
                    return Some(Diagnostic::warning(message).in_file(path.to_string()).help(help));
                }
            }
        } else {
            match entry.metadata() {
                Ok(metadata) => (real.join(name), metadata),
                Err(cause) => return unreadable(cause),
            }
        };
        if metadata.is_file() {
            listing.files.push((path, FileEntry { absolute: target, stat: Stat::of(&metadata) }));
        } else if metadata.is_dir() && (self.hidden || !name.starts_with('.')) && !self.excluded.contains(&target) {
            if kind.is_symlink() {
                self.links += 1;
                if self.links > LINKS + 1 {
                    return None;
                }
                if self.links > LINKS {
                    let message = format!("more than {LINKS} links to folders; the rest of them are not followed");
                    return Some(Diagnostic::error(message).in_file(path.to_string()));
                }
            }
            let mut chain = place.chain.clone();
            chain.push(target);
            listing.folders.push(Place { path, chain });
        }
        None
    }

    /// Where a link leads. If it is not to be followed: message and help, or nothing if there is nothing to say.
    fn follow(&self, place: &Place, link: &Path) -> Result<(PathBuf, Metadata), Option<(String, &'static str)>> {
        let found = fs::canonicalize(link).and_then(|target| fs::metadata(&target).map(|metadata| (target, metadata)));
        let Ok((target, metadata)) = found else {
            return Err(Some(("a link that leads to nothing".to_owned(), "remove it, or bring back what it leads to")));
        };
        if self.excluded.iter().any(|folder| target.starts_with(folder)) {
            return Err(Some((
                "a link into a folder that is not read; it is not followed".to_owned(),
                "link to the original",
            )));
        }
        if cache::is_in_cache(&target) {
            return Err(Some(("a link into a cache of cimaise; it is not followed".to_owned(), "remove it")));
        }
        if !self.follow_links && !target.starts_with(&self.root) {
            let message = format!("a link that leaves the site, to `{}`; it is not followed", target.display());
            return Err(Some((
                message,
                "allow it with `follow_links: true` below `settings:` in the root `settings.yaml`",
            )));
        }
        if metadata.is_dir() && place.chain.iter().any(|folder| folder.starts_with(&target)) {
            return Err(Some(("a link back to a folder that it is in; it is not followed".to_owned(), "remove it")));
        }
        Ok((target, metadata))
    }
}
