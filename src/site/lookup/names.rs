//! Resolves names in settings files to files of the site.

use std::cell::Cell;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileEntry, SitePath, Slip, Source, Spanned, is_content, litter, nearest_by};

/// Maximum number of comparisons with similar names in one run, so that a site whose folders were all renamed is
/// reported without delay.
const COMPARISONS: usize = 500_000;

/// The files of a site, indexed for lookup by name.
pub(in crate::site) struct FileNames<'a> {
    files: &'a BTreeMap<SitePath, FileEntry>,
    /// Paths that exist but cannot be used, with the reason.
    unusable: Option<&'a BTreeMap<SitePath, String>>,
    /// Paths with non-ASCII letters, by their composed form: macOS stores `é` as two characters, keyboards produce
    /// one.
    composed: BTreeMap<SitePath, &'a SitePath>,
    comparisons: Cell<usize>,
}

impl<'a> FileNames<'a> {
    /// Indexes all files of a site.
    pub(in crate::site) fn of(source: &'a Source) -> Self {
        Self { unusable: Some(&source.unusable), ..Self::among(&source.files) }
    }

    /// Indexes these files only.
    fn among(files: &'a BTreeMap<SitePath, FileEntry>) -> Self {
        let beyond_ascii = files.keys().filter(|path| !path.as_str().is_ascii());
        let composed = beyond_ascii.map(|path| (compose(path), path)).collect();
        Self { files, unusable: None, composed, comparisons: Cell::new(COMPARISONS) }
    }

    /// Returns the file that `name` denotes in the settings of `folder`, if there is one.
    pub(in crate::site) fn lookup(&self, folder: &SitePath, name: &str) -> Option<&'a SitePath> {
        let path = folder.join(name)?;
        match self.files.get_key_value(&path) {
            Some((path, _)) => Some(path),
            None => self.composed.get(&compose(&path)).copied(),
        }
    }

    /// Returns the file that a URL on the page of `folder` points to.
    pub(in crate::site) fn link(&self, folder: &SitePath, url: &str) -> Option<&'a SitePath> {
        let way = url.split(['?', '#']).next().unwrap_or(url).replace("&amp;", "&");
        let decoded = percent_decode_str(&way).decode_utf8_lossy();
        self.lookup(folder, &way).or_else(|| self.lookup(folder, &decoded))
    }

    /// Returns the file for `name`, like [`lookup`](Self::lookup).
    ///
    /// # Errors
    /// The problem with the name, at its position.
    pub(in crate::site) fn find(&self, folder: &SitePath, name: &Spanned<String>) -> Result<&'a SitePath, Diagnostic> {
        self.lookup(folder, &name.value).ok_or_else(|| self.problem(folder, name))
    }

    /// Returns the files in a folder and below it.
    pub(in crate::site) fn within(&self, folder: &SitePath) -> impl Iterator<Item = &'a SitePath> + use<'a> {
        let folder = folder.clone();
        let from = self.files.range(&folder..).map(|(path, _)| path);
        from.take_while(move |path| path.is_within(&folder))
    }

    /// Describes the problem with a name for which there is no file.
    pub(in crate::site) fn problem(&self, folder: &SitePath, name: &Spanned<String>) -> Diagnostic {
        const HELP: &str = "names are relative to the folder of this `settings.yaml`";
        let text = &name.value;
        let error = |message: String| Diagnostic::new(Code::FileInvalidPath, message).at(name.span);
        if text.contains("://") {
            let help = "download the file into the folder of this `settings.yaml`, and write its name";
            return error(format!("expected a file of the site, found the address `{text}`")).help(help);
        }
        if text.starts_with(['/', '~']) || text.as_bytes().get(1..3) == Some(b":\\") {
            return error(format!("expected a relative path, found the absolute path `{text}`")).help(HELP);
        }
        let Some(path) = folder.join(text) else {
            return error(format!("`{text}` is outside the folder of the site")).help(HELP);
        };
        if text.trim().is_empty() || self.within(&path).next().is_some() {
            let help = match self.within(&path).find(|file| !text.trim().is_empty() && is_content(file.name())) {
                Some(file) => format!("name one of its files, like `{}`", file.relative_to(folder)),
                None => "write the name of a file".to_owned(),
            };
            return error(format!("expected a file, found the folder `{text}`")).help(help);
        }
        if let Some((unusable, why)) = self.unusable_part(&path) {
            let message = if *unusable == path {
                format!("cannot use `{text}`: {why}")
            } else {
                format!("cannot use `{text}`: `{}`: {why}", unusable.relative_to(folder))
            };
            return error(message).help("put the file itself there, or name another file");
        }
        let missing = Diagnostic::new(Code::FileMissing, format!("file `{text}` not found")).at(name.span);
        if let Some(slashes) = with_slashes(text) {
            return missing.help(format!("write `/` between folders: `{slashes}`"));
        }
        if let Some(meant) = self.lookup(&SitePath::root(), text) {
            return missing.help(format!("{HELP}: did you mean `{}`?", meant.relative_to(folder)));
        }
        if let Some(names) = self.separate(folder, text) {
            return missing.help(format!("write a comma between files: `{}`", names.join(", ")));
        }
        let parent = path.parent().unwrap_or_default();
        match self.elsewhere(&path).or_else(|| self.nearest(&path, &parent)) {
            Some(near) => missing.help(format!("did you mean `{}`?", near.relative_to(folder))),
            None if parent != *folder && self.within(&parent).next().is_none() => {
                missing.help(format!("the folder `{}` does not exist or contains no files", parent.relative_to(folder)))
            }
            None => missing.help("check the name of the file, and its folder; upper and lower case letters differ"),
        }
    }

    /// Returns whether this path, or a folder on the way to it, cannot be used.
    pub(in crate::site) fn is_unusable(&self, path: &SitePath) -> bool {
        self.unusable_part(path).is_some()
    }

    /// Returns the first unusable part of a path, starting with the path itself, and why it cannot be used.
    fn unusable_part(&self, path: &SitePath) -> Option<(&'a SitePath, &'a String)> {
        let unusable = self.unusable?;
        let on_the_way = std::iter::successors(Some(path.clone()), SitePath::parent);
        on_the_way.into_iter().find_map(|part| unusable.get_key_value(&part))
    }

    /// Returns the names of several files with only spaces between them.
    fn separate<'t>(&self, folder: &SitePath, text: &'t str) -> Option<Vec<&'t str>> {
        let names: Vec<&str> = text.split_whitespace().collect();
        (names.len() > 1 && names.iter().all(|name| self.lookup(folder, name).is_some())).then_some(names)
    }

    /// Returns the only file with this name in another folder.
    fn elsewhere(&self, path: &SitePath) -> Option<&'a SitePath> {
        if self.comparisons.get() < self.files.len() {
            return None;
        }
        self.comparisons.set(self.comparisons.get() - self.files.len());
        let mut found = self.files.keys().filter(|file| file.name() == path.name());
        found.next().filter(|_| found.next().is_none())
    }

    /// Returns the file in `folder` that the author probably means by `path`: the same name in another case, with
    /// another extension, or with a few different letters.
    fn nearest(&self, path: &SitePath, folder: &SitePath) -> Option<&'a SitePath> {
        let depth = path.parts().count();
        let siblings = self.within(folder).filter(|file| file.parts().count() == depth && is_content(file.name()));
        let siblings: Vec<_> = siblings.take(self.comparisons.get()).collect();
        self.comparisons.set(self.comparisons.get() - siblings.len());
        let name = path.name().to_lowercase();
        let stem = path.stem().to_lowercase();
        let same_name = siblings.iter().find(|file| file.name().to_lowercase() == name);
        let same_stem = || siblings.iter().find(|file| file.stem().to_lowercase() == stem);
        let similar = || nearest_by(Slip::File, path.name(), &siblings, |file| file.name());
        same_name.or_else(same_stem).or_else(similar).copied()
    }
}

/// Returns a path of Windows with `/` between folders. In double quotes, YAML turns `\n` and `\t` into white space.
fn with_slashes(text: &str) -> Option<String> {
    let written = text.replace('\n', "\\n").replace('\t', "\\t").replace('\r', "\\r");
    written.contains('\\').then(|| written.replace('\\', "/"))
}

/// Warns about a leftover file that is published because the settings name it; otherwise it would be left out.
pub(in crate::site) fn named_litter(path: &SitePath) -> Option<Diagnostic> {
    let warning =
        Diagnostic::new(Code::FileLeftover, format!("`{}` is {}, and is published", path.name(), litter(path.name())?));
    Some(
        warning
            .help("to publish the file without this warning, rename it; otherwise remove its name from the settings"),
    )
}

/// Returns a path in the composed form of Unicode (NFC).
pub(in crate::site) fn compose(path: &SitePath) -> SitePath {
    if path.as_str().is_ascii() {
        return path.clone();
    }
    SitePath::root().join(&path.as_str().nfc().collect::<String>()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::FileNames;
    use crate::diagnostic::{Diagnostic, SourceMap, Span};
    use crate::site::testing;
    use crate::source::{FileEntry, SitePath, Spanned};

    fn files(paths: &[&str]) -> BTreeMap<SitePath, FileEntry> {
        paths.iter().map(|path| (testing::path(path), testing::entry(path))).collect()
    }

    fn find(paths: &[&str], name: &str) -> Result<String, Diagnostic> {
        let span = Span { file: SourceMap::default().add("a/settings.yaml", ""), start: 3, end: 5 };
        let files = files(paths);
        let found = FileNames::among(&files).find(&testing::path("a"), &Spanned::new(name.to_owned(), span));
        if let Err(diagnostic) = &found {
            assert_eq!(diagnostic.place, crate::diagnostic::Place::Span(span));
        }
        found.map(ToString::to_string)
    }

    fn message(paths: &[&str], name: &str) -> String {
        let diagnostic = find(paths, name).unwrap_err();
        diagnostic.message + &diagnostic.help.map(|help| format!(" / {help}")).unwrap_or_default()
    }

    #[test]
    fn names_of_all_kinds_are_found() {
        let odd = "100% d'été \"x\" 📷.jpg";
        for (name, path) in [
            ("1.jpg", "a/1.jpg"),
            ("./sub/../1.jpg", "a/1.jpg"),
            ("sub/2.jpg", "a/sub/2.jpg"),
            ("../b/3.jpg", "b/3.jpg"),
            ("../4.jpg", "4.jpg"),
            (odd, &format!("a/{odd}")),
        ] {
            assert_eq!(find(&[path, "a/x.jpg"], name).as_deref(), Ok(path));
        }
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same_name() {
        assert_eq!(find(&["a/e\u{301}te\u{301}.jpg"], "\u{e9}t\u{e9}.jpg").as_deref(), Ok("a/e\u{301}te\u{301}.jpg"));
        assert_eq!(find(&["a/\u{e9}.jpg"], "e\u{301}.jpg").as_deref(), Ok("a/\u{e9}.jpg"));
        assert_eq!(find(&["a/\u{e9}.jpg", "a/e\u{301}.jpg"], "e\u{301}.jpg").as_deref(), Ok("a/e\u{301}.jpg"));
    }

    #[test]
    fn a_missing_file_brings_the_nearest_name() {
        let paths = ["a/IMG_1.JPG", "a/IMG_12.JPG", "a/beach.png", "b/x.jpg"];
        assert_eq!(message(&paths, "img_1.jpg"), "file `img_1.jpg` not found / did you mean `IMG_1.JPG`?");
        assert_eq!(message(&paths, "beach.jpg"), "file `beach.jpg` not found / did you mean `beach.png`?");
        assert_eq!(message(&paths, "baech.png"), "file `baech.png` not found / did you mean `beach.png`?");
        assert_eq!(message(&paths, "../b/X.jpg"), "file `../b/X.jpg` not found / did you mean `../b/x.jpg`?");
        let help = "check the name of the file, and its folder; upper and lower case letters differ";
        assert_eq!(message(&paths, "other.gif"), format!("file `other.gif` not found / {help}"));
        assert_eq!(
            message(&paths, "a/beach.png"),
            "file `a/beach.png` not found / names are relative to the folder of this `settings.yaml`: \
             did you mean `beach.png`?"
        );
        assert_eq!(
            message(&paths, "c/1.jpg"),
            "file `c/1.jpg` not found / the folder `c` does not exist or contains no files"
        );
    }

    #[test]
    fn what_is_no_file_of_the_site_is_refused() {
        let paths = ["a/sub/1.jpg"];
        assert!(
            message(&paths, "../../etc/passwd").starts_with("`../../etc/passwd` is outside the folder of the site")
        );
        assert!(
            message(&paths, "/etc/passwd")
                .starts_with("expected a relative path, found the absolute path `/etc/passwd`")
        );
        assert_eq!(
            message(&paths, "sub"),
            "expected a file, found the folder `sub` / name one of its files, like `sub/1.jpg`"
        );
        assert_eq!(message(&paths, ""), "expected a file, found the folder `` / write the name of a file");
        assert!(message(&paths, "..").starts_with("expected a file, found the folder `..` / "));
        assert!(message(&paths, "https://a.example/1.jpg").contains("found the address"));
        assert!(message(&paths, "https://a.example/1.jpg").ends_with(", and write its name"));
    }

    #[test]
    fn backslashes_between_folders_become_slashes() {
        let paths = ["a/sub/1.jpg", "a/sub/new.jpg"];
        let help = |name| message(&paths, name).split_once(" / ").expect("help").1.to_owned();
        assert_eq!(help("sub\\1.jpg"), "write `/` between folders: `sub/1.jpg`");
        assert_eq!(help("sub\new.jpg"), "write `/` between folders: `sub/new.jpg`");
        assert_eq!(help("gone\\1.jpg"), "write `/` between folders: `gone/1.jpg`");
        assert_eq!(find(&["a/sub\\1.jpg"], "sub\\1.jpg").as_deref(), Ok("a/sub\\1.jpg"));
    }

    #[test]
    fn a_name_of_a_megabyte_is_compared_with_none() {
        assert!(find(&["a/1.jpg"], &"x".repeat(1 << 20)).is_err());
    }

    #[test]
    fn many_missing_files_are_reported_quickly() {
        let paths: Vec<String> = (0..3000).map(|n| format!("a/IMG_{n}.jpg")).collect();
        let files = files(&paths.iter().map(String::as_str).collect::<Vec<_>>());
        let names = FileNames::among(&files);
        let span = Span { file: SourceMap::default().add("a/settings.yaml", ""), start: 0, end: 0 };
        for n in 0..3000 {
            assert!(names.find(&testing::path("a"), &Spanned::new(format!("DSC_{n}.jpg"), span)).is_err());
        }
    }
}
