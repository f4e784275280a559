//! The style sheet of one page: styles of single pages and pictures.
//!
//! In: declarations. Out: class names for them, and finally one file, named after its content. Needed because a content security policy of
//! `default-src 'self'` forbids style attributes.

use std::collections::BTreeMap;

use super::page_file::PageFile;
use crate::cache::Digest;
use crate::plan::OutputPath;
use crate::source::SitePath;

/// CSS rules, in the order of their creation.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    text: String,
    classes: BTreeMap<String, String>,
}

impl Sheet {
    /// Returns the class with these declarations: equal declarations share a class, and empty declarations give an empty name.
    pub(super) fn class(&mut self, declarations: &str) -> String {
        if declarations.is_empty() {
            return String::new();
        }
        if let Some(name) = self.classes.get(declarations) {
            return name.clone();
        }
        let name = format!("c{}", self.classes.len() + 1);
        self.text.push_str(&format!(".{name} {{ {declarations} }}\n"));
        self.classes.insert(declarations.to_owned(), name.clone());
        name
    }

    /// Returns the rules as CSS.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the file; `None` if there are no rules. The file is in the folder of its page, so that relative URLs in an author's
    /// declarations resolve as in the page.
    pub(super) fn into_file(self, folder: &SitePath) -> Option<PageFile> {
        if self.text.is_empty() {
            return None;
        }
        let bytes = self.text.into_bytes();
        let name = format!("page-{}.css", Digest::of(&bytes).short());
        Some(PageFile { path: OutputPath::new(folder, &name), bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_declarations_share_a_class() {
        let mut sheet = Sheet::default();
        assert_eq!(sheet.class("color: red"), "c1");
        assert_eq!(sheet.class("color: blue"), "c2");
        assert_eq!(sheet.class("color: red"), "c1");
        let file = sheet.into_file(&SitePath::root()).expect("there are rules");
        assert_eq!(file.bytes, b".c1 { color: red }\n.c2 { color: blue }\n");
    }

    #[test]
    fn no_rules_no_file() {
        let mut sheet = Sheet::default();
        assert_eq!(sheet.class(""), "");
        assert_eq!(sheet.into_file(&SitePath::root()), None);
    }
}
