//! Paths in the output folder, and links between them.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::source::{SitePath, percent_encoded};

/// Name of the file of a page, which web servers send for its folder.
const PAGE: &str = "index.html";

/// Path of a file in the output, relative to the output folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(SitePath);

impl OutputPath {
    /// Returns the path of the file `name` in a folder.
    #[must_use]
    pub fn new(folder: &SitePath, name: &str) -> Self {
        Self(folder.child(name))
    }

    /// Returns the path of a folder's page: its `index.html`.
    #[must_use]
    pub fn page(folder: &SitePath) -> Self {
        Self::new(folder, PAGE)
    }

    /// Returns the path of the front page.
    #[must_use]
    pub fn front() -> Self {
        Self::page(&SitePath::root())
    }

    /// Converts a path, such as one from a manifest.
    #[must_use]
    pub fn from_path(path: SitePath) -> Self {
        Self(path)
    }

    /// Returns this path as a plain path.
    #[must_use]
    pub fn as_path(&self) -> &SitePath {
        &self.0
    }

    /// Returns the folder that contains the file.
    #[must_use]
    pub fn folder(&self) -> SitePath {
        self.0.parent().unwrap_or_default()
    }

    /// Returns the path on disk, if the output folder is `output`.
    #[must_use]
    pub fn under(&self, output: &Path) -> PathBuf {
        self.0.under(output)
    }

    /// Returns the percent-encoded URL of this file, relative to a page in the folder `from`. Links to a page name its file, so that they work
    /// in pages opened from disk, too.
    #[must_use]
    pub fn url_from(&self, from: &SitePath) -> String {
        let folder = percent_encoded(&self.folder().relative_to(from));
        let name = percent_encoded(self.0.name());
        if folder.is_empty() { name } else { format!("{folder}/{name}") }
    }

    /// Returns the percent-encoded path from the root of the output, as readers know it: a page has the address of its folder, and the front
    /// page an empty one.
    #[must_use]
    pub fn url(&self) -> String {
        let url = self.url_from(&SitePath::root());
        if self.0.name() == PAGE { url[..url.len() - PAGE.len()].to_owned() } else { url }
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(path: &str) -> SitePath {
        SitePath::root().join(path).expect("inside the root")
    }

    #[test]
    fn urls_are_relative_to_the_page_and_encoded() {
        let photo = OutputPath::new(&folder("été/100% a"), "it's #1 (x).jpg");
        assert_eq!(photo.url_from(&folder("été/100% a")), "it%27s%20%231%20%28x%29.jpg");
        assert_eq!(photo.url_from(&folder("été/b")), "../100%25%20a/it%27s%20%231%20%28x%29.jpg");
        assert_eq!(photo.url_from(&SitePath::root()), "%C3%A9t%C3%A9/100%25%20a/it%27s%20%231%20%28x%29.jpg");
    }

    #[test]
    fn links_name_the_page_and_addresses_its_folder() {
        let page = OutputPath::page(&folder("a/b"));
        assert_eq!(page.url_from(&folder("a/b")), "index.html");
        assert_eq!(page.url_from(&folder("a/b/c")), "../index.html");
        assert_eq!(page.url_from(&folder("a")), "b/index.html");
        assert_eq!(page.url(), "a/b/");
        let front = OutputPath::page(&SitePath::root());
        assert_eq!(front.url_from(&folder("a/b")), "../../index.html");
        assert_eq!(front.url(), "");
    }
}
