//! Files that are published as they are: `static/`, `include`, `custom.css`, `custom.js`, and what an author's own markup
//! links to.
//!
//! In: the files of the site, and what the settings say of them. Out: where each is published, no two at one place. Not what
//! is in them; and pictures that markup links to are not here, because what they tell is taken out of them first.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Report};
use crate::site::lookup::{FileNames, named_litter};
use crate::site::policy::backups::may_hold_settings;
use crate::site::read::Attached;
use crate::site::resolve::folders::Folders;
use crate::source::{SETTINGS, SitePath, Source, Spanned, litter};

/// A style sheet and a script of the site's own: where they lie, and where they are published. That is where récitale puts
/// them, so that what they name relative to themselves is found.
pub(super) const CUSTOM: [(&str, &str); 2] =
    [("custom.css", "static/css/custom.css"), ("custom.js", "static/js/custom.js")];

/// Gathers them; `linked` are those that markup links to.
pub(super) fn gather<'a>(
    source: &'a Source,
    names: &FileNames<'a>,
    linked: &BTreeSet<&'a SitePath>,
    folders: &Folders<'_>,
    report: &mut Report,
) -> Attached<'a> {
    let copies: Vec<_> = folders.copies().collect();
    let pages: &BTreeSet<&SitePath> = &folders.pages().into_iter().chain(&copies).collect();
    let mut attached = Attached::new();
    let mut held_back = BTreeSet::new();
    let mut add = |path: &'a SitePath| {
        if may_hold_settings(path.name()) {
            held_back.insert(path);
        } else {
            attached.insert(path.clone(), (path, &source.files[path]));
        }
    };
    for path in linked {
        if taken_page(path, pages).is_none() {
            add(path);
        } else {
            let warning = Diagnostic::warning("this file is not published: a page takes its place");
            report.push(warning.in_file(path.as_str()).help("rename it, and the link to it"));
        }
    }
    let folder = SitePath::root().child("static");
    if !pages.contains(&folder) {
        content_of(&folder, names).for_each(&mut add);
    }
    for entry in &source.settings.include {
        match included(entry, names, pages) {
            Ok(paths) => {
                let named = paths.iter().filter_map(|path| named_litter(path));
                named.for_each(|warning| report.push(warning.at(entry.span)));
                paths.into_iter().for_each(&mut add);
            }
            Err(problem) => report.push(problem),
        }
    }
    // The settings of a gallery are where they belong.
    held_back.retain(|path| path.name() != SETTINGS || !path.parent().is_some_and(|folder| pages.contains(&folder)));
    for path in held_back {
        let warning = Diagnostic::warning(
            "this file is not published: by its name it is a copy of settings, which hold passwords",
        );
        report.push(warning.in_file(path.as_str()).help("remove it, or give it another name"));
    }
    for (name, place) in CUSTOM {
        let Some((path, entry)) = source.files.get_key_value(&SitePath::root().child(name)) else { continue };
        let place = SitePath::root().join(place).unwrap_or_default();
        if let Some((other, _)) = attached.insert(place, (path, entry)) {
            let warning = Diagnostic::warning(format!("`{other}` is not published: `{name}` takes its place"));
            report.push(warning.in_file(other.as_str()).help(format!("remove it, or `{name}`")));
        }
    }
    attached
}

/// The files that an entry of `include` stands for.
fn included<'a>(
    entry: &Spanned<String>,
    names: &FileNames<'a>,
    pages: &BTreeSet<&SitePath>,
) -> Result<Vec<&'a SitePath>, Diagnostic> {
    let text = &entry.value;
    let path = SitePath::root().join(text.trim_end_matches('/'));
    let paths: Vec<&SitePath> = match &path {
        Some(path) if path.is_root() => {
            let error = Diagnostic::error("`include` names the site itself").at(entry.span);
            return Err(error.help("name the files and folders that are to be published as they are"));
        }
        Some(path) => match names.lookup(&SitePath::root(), path.as_str()) {
            Some(file) => vec![file],
            None => content_of(path, names).collect(),
        },
        None => Vec::new(),
    };
    if paths.is_empty() {
        // What leaves the site or cannot be used is an error; what is not there récitale passes over.
        let problem = names.find(&SitePath::root(), entry).err().unwrap_or_else(|| Diagnostic::error("not found"));
        return Err(if path.is_some_and(|path| !names.is_unusable(&path)) {
            Diagnostic { severity: crate::diagnostic::Severity::Warning, ..problem }
        } else {
            problem
        });
    }
    for file in &paths {
        if file.name() == SETTINGS && paths.len() == 1 {
            let error = Diagnostic::error("settings are not published: they may hold passwords").at(entry.span);
            return Err(error.help("remove it from `include`"));
        }
        if let Some(folder) = taken_page(file, pages) {
            let whose = if folder.is_root() { "the front page".to_owned() } else { format!("the gallery `{folder}`") };
            let error = Diagnostic::error(format!("`{file}` would take the place of the page of {whose}"));
            return Err(error.at(entry.span).help("rename the file, or remove it from `include`"));
        }
    }
    Ok(paths)
}

/// What is in a folder, without what systems and phones leave there. Hidden files are the author's: `.htaccess`, `.nojekyll`.
fn content_of<'a>(folder: &SitePath, names: &FileNames<'a>) -> impl Iterator<Item = &'a SitePath> + use<'a> {
    let above = folder.parts().count();
    names.within(folder).filter(move |file| file.parts().skip(above).all(|part| litter(part).is_none()))
}

/// The folder of the page in whose place a file would be published.
fn taken_page(file: &SitePath, pages: &BTreeSet<&SitePath>) -> Option<SitePath> {
    file.parent().filter(|folder| file.name() == "index.html" && (folder.is_root() || pages.contains(folder)))
}
