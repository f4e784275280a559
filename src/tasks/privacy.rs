//! `privacy`: resolves the site, then inspects its files and the output.

use std::time::SystemTime;

use super::made_up::announce;
use super::{Options, read_source};
use crate::cache::{Cache, Ledger};
use crate::diagnostic::{Report, Stop};
use crate::machine::Machine;
use crate::privacy::{PrivacyListing, inspect};
use crate::site;
use crate::site::VideoPolicy;

/// Lists personal data in the files of a site and in its output. Writes nothing.
///
/// # Errors
/// As [`build()`](super::build()), except that unreadable photos are errors in the report while the other photos are inspected.
pub fn privacy(options: &Options, machine: &Machine<'_>, report: &mut Report) -> Result<PrivacyListing, Stop> {
    machine.run(|| {
        let source = read_source(options, report)?;
        announce(&source, machine.progress());
        let cache = Cache::read_only(&options.cache);
        let mut ledger = Ledger::load(&cache.ledger_path(), SystemTime::now());
        let site = site::resolve(&source, VideoPolicy::Listed, machine, &mut ledger, report)?;
        let scanner = site::Scanner::new(&machine.share());
        Ok(inspect(&site, &options.output, &scanner, machine.progress(), report)?)
    })
}
