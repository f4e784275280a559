//! The output folder, as a web host would show it.
//!
//! In: a folder and paths. Out: files of the folder. Must not know how files are sent.

use std::io;
use std::path::{Path, PathBuf};

use super::{Resource, Served, UrlPath};
use crate::cache;
use crate::machine::fs;
use crate::media_type::media_type;

/// A folder with a finished site. Symlinks may not lead outside, and a cache that somebody put there stays out of reach.
#[derive(Debug)]
pub struct BuiltSite(PathBuf);

impl BuiltSite {
    /// Opens the folder.
    ///
    /// # Errors
    /// If there is no such folder.
    pub fn new(folder: &Path) -> io::Result<Self> {
        fs::canonicalize(folder).map(Self)
    }

    /// Whether a file, given by its real path, may be served. A cache contains secrets.
    fn contains(&self, file: &Path) -> bool {
        file.starts_with(&self.0)
            && !cache::is_in_cache(file)
            && fs::metadata(file).is_ok_and(|metadata| metadata.is_file())
    }
}

impl Served for BuiltSite {
    fn resource(&self, path: &UrlPath) -> Resource {
        let named = path.parts().iter().fold(self.0.clone(), |folder, part| folder.join(part));
        let is_folder = fs::metadata(&named).is_ok_and(|metadata| metadata.is_dir());
        if is_folder != path.is_folder() {
            return if is_folder { Resource::Folder } else { Resource::Nothing };
        }
        let file = if is_folder { named.join("index.html") } else { named };
        match fs::canonicalize(&file) {
            Ok(real) if self.contains(&real) => Resource::File { media_type: type_of(&file), path: real },
            _ => Resource::Nothing,
        }
    }
}

fn type_of(file: &Path) -> &'static str {
    media_type(file.extension().and_then(|extension| extension.to_str()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn find(folder: &Path, url: &str) -> Resource {
        let folder = BuiltSite::new(folder).expect("there");
        UrlPath::parse(url).map_or(Resource::Nothing, |path| folder.resource(&path))
    }

    fn file(path: PathBuf) -> Resource {
        Resource::File { media_type: type_of(&path), path }
    }

    #[test]
    fn only_what_is_in_the_folder_is_found() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().canonicalize().expect("there").join("build");
        fs::create_dir_all(folder.join("a b")).expect("made");
        for file in ["index.html", "a b/index.html", "a b/1.jpg", ".hidden", "../secret"] {
            fs::write(folder.join(file), "x").expect("written");
        }
        assert_eq!(find(&folder, "/"), file(folder.join("index.html")));
        assert_eq!(find(&folder, "/a%20b/1.jpg"), file(folder.join("a b/1.jpg")));
        assert_eq!(find(&folder, "/a%20b"), Resource::Folder);
        assert_eq!(find(&folder, "/a%20b/"), file(folder.join("a b/index.html")));
        for url in ["/../secret", "/%2e%2e/secret", "/.hidden", "/none", "/a%20b/1.jpg/", "/..%5csecret"] {
            assert_eq!(find(&folder, url), Resource::Nothing, "{url}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.join("../secret"), folder.join("link")).expect("made");
            assert_eq!(find(&folder, "/link"), Resource::Nothing);
        }
    }

    #[test]
    fn a_cache_is_not_served() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().canonicalize().expect("there");
        fs::create_dir_all(folder.join("old/store/ab")).expect("made");
        for name in ["old/secret", "old/store/ab/1"] {
            fs::write(folder.join(name), "x").expect("written");
            assert_eq!(find(&folder, name), file(folder.join(name)));
        }
        fs::write(folder.join("old/version"), "cimaise cache 0\n").expect("written");
        for url in ["/old/secret", "/old/store/ab/1", "/old/version"] {
            assert_eq!(find(&folder, url), Resource::Nothing);
        }
    }
}
