//! Folders that never become a site without settings.
//!
//! In: a folder. Out: why it is refused. A mistyped command or a wrong mount must not publish a home folder.

use std::env;
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic};
use crate::machine::fs;

/// Reports a folder of the system or of a user as a whole; `None` for any other folder. `root` is free of links.
#[must_use]
pub fn refused(root: &Path) -> Option<Diagnostic> {
    let home = ["HOME", "USERPROFILE"].into_iter().find_map(env::var_os);
    let home = home.and_then(|home| fs::canonicalize(home).ok());
    let what = kind(root, home.as_deref())?;
    let message = format!("`{}` is {what}: cimaise does not make a site of it", root.display());
    let error = Diagnostic::new(Code::SiteNoSettings, message);
    Some(error.help("name a folder of photos: `cimaise build FOLDER`"))
}

fn kind(root: &Path, home: Option<&Path>) -> Option<&'static str> {
    if root.parent().is_none() {
        return Some("the root folder");
    }
    let home = home.filter(|home| home.starts_with(root))?;
    Some(if home == root { "the home folder" } else { "a folder around the home folder" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_the_home_folder_and_what_is_around_it_are_refused() {
        let home = Some(Path::new("/home/ada"));
        let kind = |path| kind(Path::new(path), home);
        assert_eq!(kind("/"), Some("the root folder"));
        assert_eq!(kind("/home/ada"), Some("the home folder"));
        assert_eq!(kind("/home"), Some("a folder around the home folder"));
        assert_eq!([kind("/home/ada/photos"), kind("/home/adam"), kind("/srv")], [None; 3]);
        assert_eq!(super::kind(Path::new("/srv"), None), None);
    }
}
