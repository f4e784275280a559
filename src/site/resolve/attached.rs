//! Files that are published unchanged: `static/`, `include`, `custom.css`, `custom.js`, and files that the author's
//! own markup links to.
//!
//! In: the files of the site, and the settings. Out: the path in the output for each of them, all paths different.
//! Must not know the content of the files. Pictures that markup links to are handled elsewhere, because private
//! metadata is removed from them.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::site::lookup::{FileNames, Sidecars, named_litter};
use crate::site::policy::backups::may_hold_settings;
use crate::site::read::Attached;
use crate::site::resolve::folders::Folders;
use crate::source::{SETTINGS, SitePath, Source, Spanned, litter};

/// The site's own style sheet and script: path in the site, and path in the output. The output paths are récitale's,
/// so that URLs in these files, relative to themselves, still work.
pub(super) const CUSTOM: [(&str, &str); 2] =
    [("custom.css", "static/css/custom.css"), ("custom.js", "static/js/custom.js")];

/// Collects the files; `linked` are those that markup links to.
pub(super) fn gather<'a>(
    source: &'a Source,
    (names, sidecars): (&FileNames<'a>, &Sidecars<'a>),
    linked: &BTreeSet<&'a SitePath>,
    folders: &Folders<'_>,
    report: &mut Report,
) -> Attached<'a> {
    let copies: Vec<_> = folders.copies().collect();
    let pages: &BTreeSet<&SitePath> = &folders.pages().into_iter().chain(&copies).collect();
    let mut attached = Attached::new();
    let (mut held_back, mut beside) = (BTreeSet::new(), BTreeSet::new());
    let mut add = |path: &'a SitePath| {
        if sidecars.contains(path) {
            beside.insert(path);
        } else if may_hold_settings(path.name()) {
            held_back.insert(path);
        } else {
            attached.insert(path.clone(), (path, &source.files[path]));
        }
    };
    for path in linked {
        if taken_page(path, pages).is_none() {
            add(path);
        } else {
            let warning =
                Diagnostic::new(Code::FileShadowed, "this file is not published: a page has the same address");
            report.push(warning.in_file(path.as_str()).help("rename the file, and the link to it"));
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
    // The `settings.yaml` of a gallery is expected in its folder, so it needs no warning.
    held_back.retain(|path| path.name() != SETTINGS || !path.parent().is_some_and(|folder| pages.contains(&folder)));
    for path in held_back {
        let warning = Diagnostic::new(
            Code::PrivacyNotPublished,
            "this file is not published: it is named like a copy of settings, which can contain passwords",
        );
        report.push(warning.in_file(path.as_str()).help("delete or rename the file"));
    }
    for path in beside {
        let warning = Diagnostic::new(
            Code::PrivacyNotPublished,
            "this file is not published: it describes the photo beside it, and can contain places and names",
        );
        report.push(warning.in_file(path.as_str()).help("move the file away; to publish it, rename it"));
    }
    for (name, place) in CUSTOM {
        let Some((path, entry)) = source.files.get_key_value(&SitePath::root().child(name)) else { continue };
        let place = SitePath::root().join(place).unwrap_or_default();
        if let Some((other, _)) = attached.insert(place, (path, entry)) {
            let warning =
                Diagnostic::new(Code::FileShadowed, format!("`{other}` is not published: `{name}` replaces it"));
            report.push(
                warning.in_file(other.as_str()).help(format!("delete one of the two files: `{other}` or `{name}`")),
            );
        }
    }
    attached
}

/// Returns the files that an entry of `include` denotes.
fn included<'a>(
    entry: &Spanned<String>,
    names: &FileNames<'a>,
    pages: &BTreeSet<&SitePath>,
) -> Result<Vec<&'a SitePath>, Diagnostic> {
    let text = &entry.value;
    let path = SitePath::root().join(text.trim_end_matches('/'));
    let paths: Vec<&SitePath> = match &path {
        Some(path) if path.is_root() => {
            let error = Diagnostic::new(Code::IncludeSite, "`include` names the whole site").at(entry.span);
            return Err(error.help("name the files and folders to publish unchanged"));
        }
        Some(path) => match names.lookup(&SitePath::root(), path.as_str()) {
            Some(file) => vec![file],
            None => content_of(path, names).collect(),
        },
        None => Vec::new(),
    };
    if paths.is_empty() {
        // Paths outside the site and unusable paths are errors. Missing files are only a warning, since récitale
        // ignores them.
        let missing = || Diagnostic::new(Code::IncludeMissing, format!("`{text}` contains no file to publish"));
        let problem = names.find(&SitePath::root(), entry).err().unwrap_or_else(missing);
        return Err(if path.is_some_and(|path| !names.is_unusable(&path)) {
            Diagnostic { code: Code::IncludeMissing, ..problem }.as_warning()
        } else {
            problem
        });
    }
    for file in &paths {
        if file.name() == SETTINGS && paths.len() == 1 {
            let error =
                Diagnostic::new(Code::IncludeSettings, "settings cannot be published: they can contain passwords")
                    .at(entry.span);
            return Err(error.help("remove the file from `include`"));
        }
        if let Some(folder) = taken_page(file, pages) {
            let whose = if folder.is_root() { "the front page".to_owned() } else { format!("the gallery `{folder}`") };
            let error = Diagnostic::new(Code::FileReservedName, format!("`{file}` would replace the page of {whose}"));
            return Err(error.at(entry.span).help("rename the file, or remove it from `include`"));
        }
    }
    Ok(paths)
}

/// Returns the files in a folder, apart from leftovers of systems and phones. Hidden files (`.htaccess`, `.nojekyll`)
/// are included.
fn content_of<'a>(folder: &SitePath, names: &FileNames<'a>) -> impl Iterator<Item = &'a SitePath> + use<'a> {
    let above = folder.parts().count();
    names.within(folder).filter(move |file| file.parts().skip(above).all(|part| litter(part).is_none()))
}

/// Returns the folder whose page a file would replace.
fn taken_page(file: &SitePath, pages: &BTreeSet<&SitePath>) -> Option<SitePath> {
    file.parent().filter(|folder| file.name() == "index.html" && (folder.is_root() || pages.contains(folder)))
}
