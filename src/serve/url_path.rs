//! The path of a URL, decoded and checked.
//!
//! In: the path as the browser wrote it. Out: names that are safe to join to a folder, or nothing. Must not know which files exist.

use percent_encoding::percent_decode_str;

/// Folder of the paths that belong to the server and not to a site.
const OWN: &str = ".cimaise";

/// The only hidden folder that web hosts serve (RFC 8615).
const WELL_KNOWN: &str = ".well-known";

/// A path of names: none of them leads upwards, is hidden, or contains a separator or a control character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlPath {
    parts: Vec<String>,
    is_folder: bool,
}

/// The two kinds of paths.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Requested {
    /// A path of the site.
    OfSite(UrlPath),
    /// The name behind `/.cimaise/`.
    Own(String),
}

impl Requested {
    /// Decodes the path of a URL; `None` if nothing can have this path.
    pub(super) fn parse(path: &str) -> Option<Self> {
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.split_first() {
            Some((&OWN, rest)) => {
                (!rest.is_empty() && rest.iter().all(|part| is_name(part))).then(|| Self::Own(rest.join("/")))
            }
            _ => UrlPath::of(&parts, path.ends_with('/')).map(Self::OfSite),
        }
    }
}

impl UrlPath {
    /// Parses the path of a URL, as the server does; `None` if no resource of a site can have this path.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        match Requested::parse(path)? {
            Requested::OfSite(path) => Some(path),
            Requested::Own(_) => None,
        }
    }

    fn of(parts: &[&str], is_folder: bool) -> Option<Self> {
        let parts = parts.iter().map(|part| is_name(part).then(|| (*part).to_owned()));
        Some(Self { parts: parts.collect::<Option<_>>()?, is_folder })
    }

    /// The names between the slashes; none for the root.
    #[must_use]
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// Whether the path ends with a slash.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.is_folder
    }

    /// The path of the file, relative to the root of the site: `index.html` stands for a folder.
    #[must_use]
    pub fn file(&self) -> String {
        let index = self.is_folder.then_some("index.html");
        self.parts.iter().map(String::as_str).chain(index).collect::<Vec<_>>().join("/")
    }
}

fn is_name(part: &str) -> bool {
    (!part.starts_with('.') || part == WELL_KNOWN) && !part.contains(|c: char| c == '\\' || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded() {
        for (url, file) in [
            ("/", "index.html"),
            ("/a%20b/1.jpg", "a b/1.jpg"),
            ("/a", "a"),
            ("//a//b/", "a/b/index.html"),
            ("/%C3%A9/", "é/index.html"),
            ("/.well-known/x", ".well-known/x"),
        ] {
            assert_eq!(UrlPath::parse(url).map(|path| path.file()).as_deref(), Some(file), "{url}");
        }
    }

    #[test]
    fn nothing_leads_upwards_or_to_hidden_files() {
        for url in [
            "/../x",
            "/%2e%2e/x",
            "/a/../../x",
            "/.hidden",
            "/a/.git/config",
            "/%ff",
            "/..%5cx",
            "/a%00",
            "/a%0d%0aX:%20y",
            "/.cimaise-manifest",
            "/.cimaise-cache/secret",
            "/.cimaise/../x",
            "/.cimaise",
            "/./x",
            "/..%2fx",
        ] {
            assert_eq!(Requested::parse(url), None, "{url}");
        }
    }

    #[test]
    fn the_server_has_paths_of_its_own() {
        assert_eq!(Requested::parse("/.cimaise/live.js"), Some(Requested::Own("live.js".to_owned())));
        assert_eq!(Requested::parse("/.cimaise/a/b"), Some(Requested::Own("a/b".to_owned())));
        assert_eq!(UrlPath::parse("/.cimaise/live.js"), None);
    }
}
