//! Finds templates that nothing calls, usually because of a typo in their name.

use std::collections::BTreeSet;

use super::builtin;
use crate::diagnostic::{Code, Diagnostic, Report, SourceMap};
use crate::site::{Body, Site};
use crate::source::{Template, nearest};

/// Warns about unused templates. `called` contains the templates that were called while pages were rendered.
pub(super) fn warn(site: &Site, templates: &[Template], called: &BTreeSet<String>, report: &mut Report) {
    let builtin: Vec<String> = builtin::names().collect();
    let shown: BTreeSet<&str> = site.galleries.iter().flat_map(sections).collect();
    let mut warnings = Vec::new();
    for template in templates {
        let name = template.name.as_str();
        let path = format!("templates/{name}");
        if builtin::PROTECTION.contains(&name) {
            let message = "this template is not used: cimaise protects pages in its own way";
            warnings.push(Diagnostic::new(Code::TemplateUnused, message).in_file(path).help("remove it"));
            continue;
        }
        let known = builtin.iter().any(|known| known == name) || called.contains(name);
        let is_section = template.section().is_some_and(|kind| shown.contains(kind));
        // A template that is called conditionally is not called in every build.
        if known || is_section || is_named(name, templates, &report.map) {
            continue;
        }
        let help = match nearest(name, builtin.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => match template.section() {
                Some(kind) => format!("it is for sections of `type: {kind}`, and there are none"),
                None => format!("pages are made of {}", list(&builtin)),
            },
        };
        warnings.push(Diagnostic::new(Code::TemplateUnused, "this template is not used").in_file(path).help(help));
    }
    warnings.into_iter().for_each(|warning| report.push(warning));
}

fn sections(gallery: &crate::site::Gallery) -> impl Iterator<Item = &str> {
    let sections = match &gallery.body {
        Body::Story(sections) | Body::Static(sections) => sections.as_slice(),
        Body::Index(_) => &[],
    };
    sections.iter().filter_map(|section| section.type_name())
}

fn is_named(name: &str, templates: &[Template], map: &SourceMap) -> bool {
    templates.iter().any(|other| other.name != name && map.text(other.file).contains(name))
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().filter(|name| !name.contains('/')).map(|name| format!("`{name}`")).collect();
    format!("{}, and `sections/TYPE.html`", names.join(", "))
}
