//! The templates of a site: the files in its folder `templates`.
//!
//! In: that folder. Out: names and texts of the templates. Must not know the meaning of templates, or which of them
//! are used.

use super::folder::{ListedFolder, Lister};
use super::template::Template;
use super::{SitePath, file};
use crate::diagnostic::{Code, Diagnostic, Report, cure_reading};

/// Folder that contains the templates.
pub(super) const FOLDER: &str = "templates";

/// Extensions of templates; other files in the folder are not templates.
const EXTENSIONS: [&str; 8] = ["html", "htm", "xml", "j2", "jinja", "jinja2", "txt", "svg"];

/// Reads all templates in the folder, sorted by name.
pub(super) fn read(lister: &mut Lister<'_>, folder: &ListedFolder, report: &mut Report) -> Vec<Template> {
    let mut templates = Vec::new();
    collect(lister, folder, &folder.path, report, &mut templates);
    templates.sort_by(|a: &Template, b| a.name.cmp(&b.name));
    templates
}

fn collect(
    lister: &mut Lister<'_>,
    place: &ListedFolder,
    top: &SitePath,
    report: &mut Report,
    templates: &mut Vec<Template>,
) {
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
        if let Some(file) = file::load(&entry.absolute, path.as_str(), Code::TemplateEncoding, report) {
            let name = path.as_str()[top.as_str().len()..].trim_start_matches('/').to_owned();
            templates.push(Template { name, file });
        }
    }
    for folder in &listing.folders {
        collect(lister, folder, top, report, templates);
    }
}
