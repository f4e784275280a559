//! A template of the site's own.

use crate::diagnostic::FileId;

/// Where templates of sections are, and how their names end.
const SECTIONS: (&str, &str) = ("sections/", ".html");

/// A template that the author wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its path inside `templates`, by which templates call each other.
    pub name: String,
    /// Its text.
    pub file: FileId,
}

impl Template {
    /// The type of section that it prints, if it does.
    #[must_use]
    pub fn section(&self) -> Option<&str> {
        section_of_template(&self.name)
    }
}

/// Name of the template for sections of type `kind`.
#[must_use]
pub fn section_template(kind: &str) -> String {
    format!("{}{kind}{}", SECTIONS.0, SECTIONS.1)
}

/// The type of the sections that the template `name` prints; `None` if it prints none.
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
