//! `cimaise check --privacy`: personal data in the files of a site, and texts from files that its pages show, one line each; writes
//! nothing.

use std::io::{self, Write};

use super::summary::count;
use super::{Exit, Output, Undone, Verbosity, events};
use crate::diagnostic::{Policy, Report, escape};
use crate::machine::{Limits, Machine};
use crate::privacy::{LeakyFile, PrivacyListing, Scan, ShownText, TextPlace};
use crate::tasks::{self, Options};
use pixels::{Leak, LeakKind};

/// Prints the listing. Fails if files of the output contain personal data. Sources may contain some, and pages may show the texts that
/// their author lets them show.
#[must_use]
pub fn run(options: &Options, policy: Policy, output: &Output) -> Exit {
    output.start("check --privacy", &options.site);
    let mut report = Report::with(policy).of_site(&options.site);
    let progress = output.progress();
    let result = tasks::privacy(options, &Machine::new(Limits::default(), progress.as_ref()), &mut report);
    drop(progress);
    let exit = if result.as_ref().is_ok_and(has_leaks) { Exit::Site } else { Exit::Done };
    output.conclude_as(exit, &mut report, result, Undone::Nothing, |listing| {
        let folder = options.output.to_string_lossy();
        if output.is_json() {
            emit(&listing, &folder);
        } else {
            print(&listing, &folder, output.verbosity, &mut io::stdout().lock())?;
        }
        Ok(events::privacy(&listing))
    })
}

/// Returns whether files of the output contain personal data.
fn has_leaks(listing: &PrivacyListing) -> bool {
    listing.output.as_ref().is_some_and(|output| !output.telling.is_empty())
}

/// Emits an event for each file with personal data, and for each text that a page shows.
fn emit(listing: &PrivacyListing, folder: &str) {
    let what = |leak: &Leak| word(leak.kind);
    events::leaks("source", &listing.sources.telling, str::to_owned, what);
    events::texts(&listing.pages, |text| spot(text.place));
    let output = listing.output.as_ref().map_or(&[][..], |output| &output.telling);
    events::leaks("output", output, |path| format!("{folder}/{path}"), what);
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
        None => writeln!(out, "{}: no files published by cimaise", escape(folder)),
    }
}

fn said(telling: &LeakyFile) -> String {
    let leak = |leak: &Leak| match leak.kind {
        LeakKind::MakerNote => format!("{}, which can contain serial numbers", word(leak.kind)),
        _ => format!("{} {} ({})", word(leak.kind), escape(&leak.value), leak.carrier),
    };
    telling.leaks.iter().map(leak).collect::<Vec<_>>().join("; ")
}

/// Formats "personal data in 5 of 12 files (location 2, serial number 3)".
fn summed(looked: &Scan) -> String {
    let files = count(looked.files, "file", "files");
    if looked.telling.is_empty() {
        return format!("{files}, none with a location, serial number or name");
    }
    let kinds = [
        LeakKind::Location,
        LeakKind::SerialNumber,
        LeakKind::Name,
        LeakKind::Contact,
        LeakKind::Path,
        LeakKind::MakerNote,
    ];
    let counts = kinds.map(|kind| {
        let telling = looked.telling.iter().filter(|telling| telling.leaks.iter().any(|leak| leak.kind == kind));
        (word(kind), telling.count())
    });
    let counts: Vec<_> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(word, count)| format!("{word} {count}")).collect();
    format!("personal data in {} of {files} ({})", looked.telling.len(), counts.join(", "))
}

/// Formats "3 embedded texts are shown (alt 2, feed 1)".
fn counted(pages: &[ShownText]) -> String {
    if pages.is_empty() {
        return "no embedded text is shown".to_owned();
    }
    let kind = |shown: &ShownText| spot(shown.place).split(' ').next().unwrap_or_default().to_owned();
    let counts = ["alt", "caption", "JSON-LD", "og:image:alt", "feed"]
        .map(|name| (name, pages.iter().filter(|shown| kind(shown) == name).count()));
    let counts: Vec<_> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{name} {count}")).collect();
    let texts = count(pages.len(), "embedded text is", "embedded texts are");
    format!("{texts} shown ({})", counts.join(", "))
}

/// Name of a place on a page, as authors know it.
fn spot(place: TextPlace) -> String {
    match place {
        TextPlace::Alt => "alt".to_owned(),
        TextPlace::Caption => "caption".to_owned(),
        TextPlace::JsonLd(key) => format!("JSON-LD {key}"),
        TextPlace::Card => "og:image:alt".to_owned(),
        TextPlace::Feed => "feed".to_owned(),
    }
}

fn word(kind: LeakKind) -> &'static str {
    match kind {
        LeakKind::Location => "location",
        LeakKind::SerialNumber => "serial number",
        LeakKind::Name => "name",
        LeakKind::Contact => "contact",
        LeakKind::Path => "path",
        LeakKind::MakerNote => "maker note",
    }
}
