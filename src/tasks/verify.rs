//! `verify`: checks every byte of the cache and the output, and starts a build if files have to be made again.

use std::path::Path;

use super::{Options, build, read_source};
use crate::diagnostic::{Code, Diagnostic, Place, Report, Stop};
use crate::machine::Machine;
use crate::source::{self, DiagnosticSettings};
use crate::verify::{self, Checks, Places, Verified};

/// Hashes the cache, the output and, on request, the originals. Repairs damaged files, with a build if necessary.
///
/// # Errors
/// [`Stop::Site`] if no build of the site is found; [`Stop::Machine`] if the machine failed. Damage is in the report; damage that could not
/// be repaired is an error there.
pub fn verify(options: &Options, checks: Checks, machine: &Machine<'_>, report: &mut Report) -> Result<Verified, Stop> {
    follow_settings(options, report);
    let places = Places { site: &options.site, output: &options.output, cache: &options.cache };
    let verified = machine.run(|| verify::run(places, checks, machine.progress()))?;
    if verified.is_empty() {
        report.push(unknown(options));
        return Err(Stop::Site);
    }
    let built = verified.needs_build().then(|| build(options, machine, report));
    let is_built = built.as_ref().map(Result::is_ok);
    let findings = verified.findings.iter().map(|finding| in_site(finding.diagnostic(is_built), options));
    for diagnostic in findings.chain(verified.changed.iter().cloned()) {
        report.push(diagnostic);
    }
    match built {
        Some(Err(Stop::Machine(failure))) => Err(failure.into()),
        _ => Ok(verified),
    }
}

/// Lets the settings of the site decide about warnings. Other mistakes in settings are those of a build.
fn follow_settings(options: &Options, report: &mut Report) {
    if let Ok(source) = read_source(options, &mut Report::default()) {
        let DiagnosticSettings { allow, deny } = source.settings.settings.diagnostics;
        report.follow(allow, deny);
    }
}

/// Names the file of a diagnostic relative to the site, as other diagnostics do, or with its absolute path.
fn in_site(diagnostic: Diagnostic, options: &Options) -> Diagnostic {
    let Place::File(path) = &diagnostic.place else { return diagnostic };
    let path = Path::new(path);
    let whole = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let shown = match path.strip_prefix(&options.site) {
        Ok(inside) => inside.to_owned(),
        Err(_) if options.site == Path::new(".") => path.to_owned(),
        Err(_) => whole(),
    };
    diagnostic.in_file(shown.to_string_lossy())
}

fn unknown(options: &Options) -> Diagnostic {
    source::empty_site(&options.site).unwrap_or_else(|| {
        let message = format!("no build of the site in `{}` found", options.site.display());
        Diagnostic::new(Code::OutputMissing, message).help("run `cimaise build` first")
    })
}
