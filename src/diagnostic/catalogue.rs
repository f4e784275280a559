//! What each code means: a paragraph, often with an example, and a cure.
//!
//! In: the texts in `catalogue/`, one file a namespace. Out: the text of one code, for `cimaise explain`, and all of them as a page, from
//! which `docs/diagnostics.md` is written. Must not know where a diagnostic is made.

use std::fmt::Write;

use super::{Code, Severity};

/// The texts: `## namespace/kind`, and below it Markdown.
const TEXTS: &str = concat!(
    include_str!("catalogue/cache.md"),
    include_str!("catalogue/cimaise.md"),
    include_str!("catalogue/compat.md"),
    include_str!("catalogue/container.md"),
    include_str!("catalogue/deploy.md"),
    include_str!("catalogue/file.md"),
    include_str!("catalogue/gallery.md"),
    include_str!("catalogue/include.md"),
    include_str!("catalogue/licence.md"),
    include_str!("catalogue/machine.md"),
    include_str!("catalogue/menu.md"),
    include_str!("catalogue/output.md"),
    include_str!("catalogue/password.md"),
    include_str!("catalogue/photo.md"),
    include_str!("catalogue/privacy.md"),
    include_str!("catalogue/settings.md"),
    include_str!("catalogue/site.md"),
    include_str!("catalogue/sound.md"),
    include_str!("catalogue/template.md"),
    include_str!("catalogue/verify.md"),
    include_str!("catalogue/video.md"),
    include_str!("catalogue/yaml.md"),
);

/// The beginning of the page of all codes.
const INTRODUCTION: &str = "\
# Diagnostics

Each error and warning of cimaise has a code. `cimaise explain CODE` prints the explanation of a code, and
`cimaise explain` lists all codes.

- `--allow CODE` hides the warnings of a code and does not count them. Repeat the option for several codes.
- `--strict` makes a run with warnings fail with exit code 1. `cimaise build --strict` then publishes nothing.
- `settings.diagnostics` in the `settings.yaml` of the site does the same for every run. `allow` hides warnings, `deny`
  turns them into errors. `--allow` overrides `deny`.

      settings:
        diagnostics: {allow: [compat/recitale], deny: [photo/damaged]}

Errors cannot be allowed. Where a code is a warning or an error depending on the site, this page lists its usual severity.
";

impl Code {
    /// What the code means, as Markdown without a heading; an empty text only if the catalogue is incomplete.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        let heading = format!("## {}\n", self.name());
        let Some((_, text)) = TEXTS.split_once(heading.as_str()) else { return "" };
        text.split_once("\n## ").map_or(text, |(text, _)| text).trim()
    }

    /// The usual severity in words.
    #[must_use]
    pub fn severity_name(self) -> &'static str {
        match self.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }

    /// All explanations as one page of Markdown.
    #[must_use]
    pub fn page() -> String {
        let mut page = INTRODUCTION.to_owned();
        let mut namespace = "";
        for code in Self::ALL {
            let own = code.name().split('/').next().unwrap_or_default();
            if own != namespace {
                let _ = write!(page, "\n## {own}\n");
                namespace = own;
            }
            let _ = write!(page, "\n### `{code}`\n\n*{}.* {}\n", code.severity_name(), code.explanation());
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::machine::fs;

    fn repository() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR"))
    }

    #[test]
    fn codes_are_sorted_and_each_has_an_explanation() {
        let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        assert!(names.is_sorted(), "sort the codes by name: {names:?}");
        let headings: Vec<&str> = TEXTS.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, names, "each code has one section in src/diagnostic/catalogue");
        for code in Code::ALL {
            assert!(code.explanation().len() > 40, "{code}: {}", code.explanation());
            assert_eq!(Code::named(code.name()), Some(*code));
        }
    }

    /// `BLESS=1` writes the page.
    #[test]
    fn the_docs_list_all_codes() {
        let path = repository().join("docs/diagnostics.md");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, Code::page()).expect("the docs can be written");
        }
        let docs = fs::read_to_string(&path).expect("the docs");
        assert!(docs == Code::page(), "docs/diagnostics.md differs from the catalogue; run the test with BLESS=1");
    }

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            match path.is_dir() {
                true => sources(&path, found),
                false if path.extension().is_some_and(|extension| extension == "rs") => found.push(path),
                false => {}
            }
        }
    }

    #[test]
    fn each_code_is_used() {
        let mut files = Vec::new();
        sources(&repository().join("src"), &mut files);
        let is_product = |path: &&PathBuf| {
            let path = path.to_string_lossy();
            !path.ends_with("diagnostic/code.rs") && !path.contains("test")
        };
        let text: String =
            files.iter().filter(is_product).map(|path| fs::read_to_string(path).expect("a text")).collect();
        let is_used = |code: &Code| {
            let name = format!("Code::{code:?}");
            let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
            text.split(&name).skip(1).any(ends)
        };
        let unused: Vec<&Code> = Code::ALL.iter().filter(|code| !is_used(code)).collect();
        assert!(unused.is_empty(), "codes that nothing reports: {unused:?}");
    }
}
