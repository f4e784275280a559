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
        section(&self.name)
    }
}

fn section(name: &str) -> Option<&str> {
    let kind = name.strip_prefix(SECTIONS.0)?.strip_suffix(SECTIONS.1)?;
    (!kind.is_empty() && !kind.contains('/')).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn a_section_has_the_name_of_its_template() {
        assert_eq!(section("sections/slide-show.html"), Some("slide-show"));
        for other in ["sections/.html", "sections/a/b.html", "section/a.html", "sections/a.xml"] {
            assert_eq!(section(other), None, "{other}");
        }
    }
}
