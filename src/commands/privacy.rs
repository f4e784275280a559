//! `cimaise check --privacy`: what the files of a site tell, and which texts of files its pages show, one line each; writes
//! nothing.

use std::io::{self, Write};

use serde_json::json;

use super::summary::count;
use super::{Exit, Output, Undone, Verbosity};
use crate::diagnostic::{Format, Report, Severity, escape};
use crate::machine::{Limits, Machine};
use crate::privacy::{LeakyFile, PrivacyListing, Scan, ShownText, TextPlace};
use crate::tasks::{self, Options};
use pixels::{Leak, Secret};

/// Lists what is told. Sources may tell what they like, and pages may show what their author lets them; it is an error if files of the
/// output tell something.
#[must_use]
pub fn run(options: &Options, output: &Output) -> Exit {
    let mut report = Report::default();
    let progress = output.progress();
    let result = tasks::privacy(options, &Machine::new(Limits::default(), progress.as_ref()), &mut report);
    drop(progress);
    let mut is_well = report.count(Severity::Error) == 0;
    let exit = output.conclude(&mut report, result, Undone::Nothing, |listing| {
        is_well &= listing.output.as_ref().is_none_or(|output| output.telling.is_empty());
        let folder = options.output.to_string_lossy();
        let mut stdout = io::stdout().lock();
        match output.format {
            Format::Json => print_json(&listing, &folder, &mut stdout),
            Format::Human { .. } | Format::Short => print(&listing, &folder, output.verbosity, &mut stdout),
        }
    });
    if exit == Exit::Done && !is_well { Exit::Site } else { exit }
}

fn print(listing: &PrivacyListing, folder: &str, verbosity: Verbosity, out: &mut dyn Write) -> io::Result<()> {
    let is_quiet = verbosity == Verbosity::Quiet;
    for telling in listing.sources.telling.iter().filter(|_| !is_quiet) {
        writeln!(out, "{}: {}", escape(&telling.path), said(telling))?;
    }
    for ShownText { page, place, photo, text } in listing.pages.iter().filter(|_| !is_quiet) {
        writeln!(out, "{}: {} of {}: {}", escape(page), spot(*place), escape(photo), escape(text))?;
    }
    for telling in listing.output.iter().flat_map(|output| &output.telling) {
        writeln!(out, "{}: {}", escape(&format!("{folder}/{}", telling.path)), said(telling))?;
    }
    if is_quiet {
        return Ok(());
    }
    writeln!(out, "sources: {}", summed(&listing.sources))?;
    writeln!(out, "pages: {}", counted(&listing.pages))?;
    match &listing.output {
        Some(output) => writeln!(out, "{}: {}", escape(folder), summed(output)),
        None => writeln!(out, "{}: nothing that cimaise has published", escape(folder)),
    }
}

fn said(telling: &LeakyFile) -> String {
    let leak = |leak: &Leak| match leak.secret {
        Secret::MakerNote => format!("{}, which may hold serial numbers", word(leak.secret)),
        _ => format!("{} {} ({})", word(leak.secret), escape(&leak.value), leak.carrier),
    };
    telling.leaks.iter().map(leak).collect::<Vec<_>>().join("; ")
}

/// "5 of 12 files tell something: location 2, serial number 3".
fn summed(looked: &Scan) -> String {
    let files = count(looked.files, "file", "files");
    if looked.telling.is_empty() {
        return format!("{files}, none with a location, serial number or name");
    }
    let kinds =
        [Secret::Location, Secret::SerialNumber, Secret::Name, Secret::Contact, Secret::Path, Secret::MakerNote];
    let counts = kinds.map(|secret| {
        let telling = looked.telling.iter().filter(|telling| telling.leaks.iter().any(|leak| leak.secret == secret));
        (word(secret), telling.count())
    });
    let counts: Vec<_> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(word, count)| format!("{word} {count}")).collect();
    format!("{} of {files} tell something ({})", looked.telling.len(), counts.join(", "))
}

/// "3 texts of files are shown (alt 2, feed 1)".
fn counted(pages: &[ShownText]) -> String {
    if pages.is_empty() {
        return "no text of a file is shown".to_owned();
    }
    let kind = |shown: &ShownText| spot(shown.place).split(' ').next().unwrap_or_default().to_owned();
    let counts = ["alt", "caption", "JSON-LD", "og:image:alt", "feed"]
        .map(|name| (name, pages.iter().filter(|shown| kind(shown) == name).count()));
    let counts: Vec<_> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name} {count}")).collect();
    let texts = count(pages.len(), "text of a file is", "texts of files are");
    format!("{texts} shown ({})", counts.join(", "))
}

/// A place on a page, as its author finds it there.
fn spot(place: TextPlace) -> String {
    match place {
        TextPlace::Alt => "alt".to_owned(),
        TextPlace::Caption => "caption".to_owned(),
        TextPlace::JsonLd(key) => format!("JSON-LD {key}"),
        TextPlace::Card => "og:image:alt".to_owned(),
        TextPlace::Feed => "feed".to_owned(),
    }
}

fn word(secret: Secret) -> &'static str {
    match secret {
        Secret::Location => "location",
        Secret::SerialNumber => "serial number",
        Secret::Name => "name",
        Secret::Contact => "contact",
        Secret::Path => "path",
        Secret::MakerNote => "maker note",
    }
}

/// One object a file that tells something, one a text that a page shows, and one that sums up.
fn print_json(listing: &PrivacyListing, folder: &str, out: &mut dyn Write) -> io::Result<()> {
    let line = |place: &str, path: &str, telling: &LeakyFile| {
        let tells = telling
            .leaks
            .iter()
            .map(|leak| json!({"what": word(leak.secret), "value": leak.value, "where": leak.carrier}));
        json!({"in": place, "file": path, "tells": tells.collect::<Vec<_>>()})
    };
    for telling in &listing.sources.telling {
        writeln!(out, "{}", line("source", &telling.path, telling))?;
    }
    for ShownText { page, place, photo, text } in &listing.pages {
        let shown = json!({"in": "pages", "page": page, "place": spot(*place), "photo": photo, "text": text});
        writeln!(out, "{shown}")?;
    }
    for telling in listing.output.iter().flat_map(|output| &output.telling) {
        writeln!(out, "{}", line("output", &format!("{folder}/{}", telling.path), telling))?;
    }
    let sums = |looked: &Scan| json!({"files": looked.files, "telling": looked.telling.len()});
    let output = listing.output.as_ref().map(sums);
    let pages = json!({"texts": listing.pages.len()});
    writeln!(out, "{}", json!({"sources": sums(&listing.sources), "pages": pages, "output": output}))
}
