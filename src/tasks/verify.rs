//! `verify`: checks every byte of the cache and the output, and starts a build if files have to be made again.

use super::{Options, build};
use crate::diagnostic::{Code, Diagnostic, Report, Stop};
use crate::machine::Machine;
use crate::source;
use crate::verify::{self, Checks, Places, Verified};

/// Hashes the cache, the output and, on request, the originals. Repairs damaged files, with a build if necessary.
///
/// # Errors
/// [`Stop::Site`] if no build of the site is found; [`Stop::Machine`] if the machine failed. Damage is in the report; damage that could not
/// be repaired is an error there.
pub fn verify(options: &Options, checks: Checks, machine: &Machine<'_>, report: &mut Report) -> Result<Verified, Stop> {
    let places = Places { site: &options.site, output: &options.output, cache: &options.cache };
    let verified = machine.run(|| verify::run(places, checks, machine.progress()))?;
    if verified.is_empty() {
        report.push(unknown(options));
        return Err(Stop::Site);
    }
    let built = verified.needs_build().then(|| build(options, machine, report));
    let is_built = built.as_ref().map(Result::is_ok);
    let findings = verified.findings.iter().map(|finding| finding.diagnostic(is_built));
    for diagnostic in findings.chain(verified.changed.iter().cloned()) {
        report.push(diagnostic);
    }
    match built {
        Some(Err(Stop::Machine(failure))) => Err(failure.into()),
        _ => Ok(verified),
    }
}

fn unknown(options: &Options) -> Diagnostic {
    source::empty_site(&options.site).unwrap_or_else(|| {
        let message = format!("no build of the site in `{}` found", options.site.display());
        Diagnostic::new(Code::OutputMissing, message).help("run `cimaise build` first")
    })
}
