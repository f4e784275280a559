//! Templates by the author of a site.

use crate::diagnostic::FileId;

/// Folder of the templates for sections, and the end of their names.
const SECTIONS: (&str, &str) = ("sections/", ".html");

/// A template that the author wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Path inside `templates`, by which templates refer to each other.
    pub name: String,
    /// Text of the template.
    pub file: FileId,
}

impl Template {
    /// Returns the type of section that the template prints, if any.
    #[must_use]
    pub fn section(&self) -> Option<&str> {
        section_of_template(&self.name)
    }
}

/// Returns the name of the template for sections of type `kind`.
#[must_use]
pub fn section_template(kind: &str) -> String {
    format!("{}{kind}{}", SECTIONS.0, SECTIONS.1)
}

/// Returns the type of the sections that the template `name` prints; `None` if it prints none.
#[must_use]
pub fn section_of_template(name: &str) -> Option<&str> {
    let kind = name.strip_prefix(SECTIONS.0)?.strip_suffix(SECTIONS.1)?;
    (!kind.is_empty() && !kind.contains('/')).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::{section_of_template, section_template};

    #[test]
    fn a_section_has_the_name_of_its_template() {
        assert_eq!(section_of_template(&section_template("slide-show")), Some("slide-show"));
        for other in ["sections/.html", "sections/a/b.html", "section/a.html", "sections/a.xml"] {
            assert_eq!(section_of_template(other), None, "{other}");
        }
    }
}
