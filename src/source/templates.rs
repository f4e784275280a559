//! The templates of a site: the files of its folder `templates`.
//!
//! In: that folder. Out: their names and texts. What templates mean, and which are used, is not known here.

use super::folder::{Lister, Place};
use super::{SitePath, file};
use crate::diagnostic::{Code, Diagnostic, FileId, Report, cure_reading};

/// The folder that holds them.
pub(super) const FOLDER: &str = "templates";

/// Where templates of sections are, and how their names end.
const SECTIONS: (&str, &str) = ("sections/", ".html");

/// What a template's name may end in; anything else in the folder is none.
const EXTENSIONS: [&str; 8] = ["html", "htm", "xml", "j2", "jinja", "jinja2", "txt", "svg"];

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

/// Reads all files of the folder, sorted by name.
pub(super) fn read(lister: &mut Lister<'_>, folder: &Place, report: &mut Report) -> Vec<Template> {
    let mut templates = Vec::new();
    collect(lister, folder, &folder.path, report, &mut templates);
    templates.sort_by(|a: &Template, b| a.name.cmp(&b.name));
    templates
}

fn collect(lister: &mut Lister<'_>, place: &Place, top: &SitePath, report: &mut Report, templates: &mut Vec<Template>) {
    let listing = match lister.list(place) {
        Ok(listing) => listing,
        Err(cause) => {
            let error = Diagnostic::new(Code::FileUnreadable, format!("cannot read the folder: {cause}"))
                .in_file(place.path.to_string());
            report.push(error.help(cure_reading(&cause, place.real(), "move the folder out of the site")));
            return;
        }
    };
    listing.problems.into_iter().for_each(|problem| report.push(problem));
    for (path, entry) in &listing.files {
        if path.name().starts_with('.') {
            continue;
        }
        if !EXTENSIONS.iter().any(|extension| path.extension().eq_ignore_ascii_case(extension)) {
            let warning =
                Diagnostic::new(Code::TemplateNotATemplate, "this file is not a template and is not published")
                    .in_file(path.as_str());
            report.push(warning.help("names of templates end in `.html` or `.xml`"));
            continue;
        }
        if let Some(file) = file::load(&entry.absolute, path.as_str(), report) {
            let name = path.as_str()[top.as_str().len()..].trim_start_matches('/').to_owned();
            templates.push(Template { name, file });
        }
    }
    for folder in &listing.folders {
        collect(lister, folder, top, report, templates);
    }
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
