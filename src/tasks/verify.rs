//! `verify`: every byte of the cache and the output, and a build if something has to be made again.

use super::{Options, build};
use crate::diagnostic::{Diagnostic, Report, Stop};
use crate::machine::Machine;
use crate::source;
use crate::verify::{self, Checks, Places, Verified};

/// Hashes the cache, the output and, if asked for, the originals; repairs what is damaged, if need be by a build.
///
/// # Errors
/// [`Stop::Site`] if nothing is known of the site; [`Stop::Machine`] if the machine failed. Damage is in the report, as errors if it could
/// not be repaired.
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
        let message = format!("nothing is known of the site in `{}`", options.site.display());
        Diagnostic::error(message).help("build it first, with `cimaise build`")
    })
}
