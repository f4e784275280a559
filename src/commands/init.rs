//! `cimaise init`: creates a site.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind, Write};

use serde_json::Value;

use super::{Exit, Output, Undone, Verbosity, compose, events};
use crate::compose::{ComposeOutcome, Composed, begin, has_settings, shown};
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop, escape};
use crate::machine::{Machine, Share, fs};
use crate::site::is_picture;
use crate::source::{self, SETTINGS, SettingsKind, SitePath, is_content};
use crate::tasks::{self, Options};

/// The root settings of a new site, after its title.
const TEXT: &str = "\
# sub_title: A line below the title
# Where the site will be served: feeds, the sitemap and links for sharing need this address.
# url: https://example.org/photos
# lang: en
# menu:
#   - about: About
# The licence of your photos, which every page states. Pages state none unless you choose one:
# licence: All rights reserved
# licence: {name: CC-BY-SA-4.0, url: https://creativecommons.org/licenses/by-sa/4.0/}
# licence: {name: CC-BY-4.0, url: https://creativecommons.org/licenses/by/4.0/}
licence: false
# settings:
#   gm:
#     quality: 80
";

/// Turns a folder into a site and prints what was created.
#[must_use]
pub fn run(options: &Options, output: &Output) -> Exit {
    output.start("init", &options.site);
    let mut report = Report::default().of_site(&options.site);
    let machine = Machine::silent();
    let result = machine.run(|| init(options, &machine.share(), &mut report));
    output.conclude(&mut report, result, Undone::Nothing, |begun| {
        if output.is_json() {
            events::galleries(&begun.galleries);
            return Ok(events::composed(&begun.galleries));
        }
        let mut stdout = io::stdout().lock();
        if output.verbosity == Verbosity::Quiet {
            return Ok(Value::Null);
        }
        writeln!(stdout, "{}: created a site", escape(&options.site.join(SETTINGS).to_string_lossy()))?;
        for composed in &begun.galleries {
            compose::tell(composed, output.verbosity, &mut stdout)?;
        }
        if begun.photos_in_root {
            writeln!(
                stdout,
                "ignoring the photos beside settings.yaml: move them to a folder, then run cimaise autogen -d FOLDER"
            )?;
        }
        let site = options.site.to_string_lossy();
        let site = if site == "." { String::new() } else { format!(" {}", escape(&site)) };
        if begun.galleries.iter().any(|composed| matches!(composed.outcome, ComposeOutcome::Begun(_))) {
            writeln!(stdout, "next: cimaise serve{site} shows the site, cimaise build{site} builds it")
        } else if let Some(folder) = &begun.nested {
            let above = folder.parent().unwrap_or_default();
            writeln!(
                stdout,
                "next: create {above}/settings.yaml with a title, then run cimaise autogen -d {folder}{site}"
            )
        } else {
            writeln!(
                stdout,
                "next: create a folder for each gallery, copy photos into it, then run cimaise autogen -d FOLDER{site}"
            )
        }?;
        Ok(Value::Null)
    })
}

struct Begun {
    galleries: Vec<Composed>,
    photos_in_root: bool,
    /// A folder of photos that is too deep to become a gallery automatically.
    nested: Option<SitePath>,
}

fn init(options: &Options, share: &Share, report: &mut Report) -> Result<Begun, Stop> {
    let folder = &options.site;
    fs::create_dir_all(folder).map_err(Failure::on("create the folder", folder))?;
    if let Some(warning) = source::unmounted(folder) {
        report.push(warning);
    }
    if let Some(name) = source::misspelled_settings(folder) {
        let message = format!("`{}` exists, but the name of settings is `{SETTINGS}`", folder.join(&name).display());
        report.push(Diagnostic::new(Code::SiteExists, message).help(format!("rename the file to `{SETTINGS}`")));
        return Err(Stop::Site);
    }
    let path = folder.join(SETTINGS);
    let name =
        fs::canonicalize(folder).ok().and_then(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()));
    let title = name.unwrap_or_else(|| "Photographs".to_owned());
    match fs::File::create_new(&path) {
        Ok(mut file) => {
            write!(file, "{}title: {}\n{TEXT}", source::modeline(SettingsKind::Root), shown(&title))
                .map_err(Failure::on("write", &path))?;
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let message = format!("`{}` already exists", path.display());
            report.push(
                Diagnostic::new(Code::SiteExists, message).help("to add a gallery, run `cimaise autogen -d FOLDER`"),
            );
            return Err(Stop::Site);
        }
        Err(error) => return Err(Failure::on("write", &path)(error).into()),
    }
    // Ignore the report: a new site has no gallery yet.
    let source = tasks::read_source(options, &mut Report::default())?;
    let mut folders = BTreeSet::new();
    let (mut photos_in_root, mut nested) = (false, None);
    for path in source.files.keys().filter(|path| is_picture(path.name()) && path.parts().all(is_content)) {
        match path.parent() {
            Some(parent) if parent.is_root() => photos_in_root = true,
            Some(parent) if parent.parent().is_some_and(|above| above.is_root()) => drop(folders.insert(parent)),
            Some(parent) => nested = nested.or(Some(parent)),
            None => {}
        }
    }
    let mut galleries = Vec::new();
    for folder in folders.iter().filter(|folder| !has_settings(&source, folder)) {
        galleries.push(begin(&source, folder, share, report)?);
    }
    Ok(Begun { galleries, photos_in_root, nested })
}
