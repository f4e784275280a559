//! `check`: all stages of a build before rendering.

use std::collections::BTreeSet;
use std::time::SystemTime;

use super::made_up::announce;
use super::{Options, read_source};
use crate::cache::{Cache, Key, Ledger};
use crate::diagnostic::{Report, Stop};
use crate::lock::Keyring;
use crate::machine::Machine;
use crate::plan::RenditionKeys;
use crate::site::{self, Depth, LeftOut, Resolving, Unshown};
use crate::{overrides, plan, privacy, publish};

/// The result of a check.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Number of galleries in the site.
    pub galleries: usize,
    /// Number of photos in the site.
    pub photos: usize,
    /// Number of videos in the site.
    pub videos: usize,
    /// Number of renditions, transcodes and stills that the next build has to make.
    pub missing: usize,
    /// Photos and videos that no page shows.
    pub unshown: Unshown,
}

/// Checks a site without rendering anything. Writes nothing.
///
/// # Errors
/// As [`build()`](super::build()).
pub fn check(options: &Options, machine: &Machine<'_>, report: &mut Report) -> Result<Checked, Stop> {
    machine.run(|| {
        let source = read_source(options, report)?;
        announce(&source, machine.progress());
        publish::keep_apart(&source, &options.output, &options.cache, report)?;
        let left_out = LeftOut::of(&source, options.keep_going);
        let cache = Cache::read_only(&options.cache);
        let mut ledger = Ledger::load(&cache.ledger_path(), SystemTime::now());
        let resolving = Resolving { videos: options.videos(), left_out: &left_out, depth: Depth::Whole };
        let site = site::resolve_as(&source, resolving, machine, &mut ledger, report)?;
        let site = report.checked(site)?;
        privacy::warn(&site, report);
        let overrides = overrides::run(&site, report)?;
        let plan = plan::plan_with(&site, &overrides.requests, &Keyring::default(), &mut RenditionKeys::default());
        let is_missing = |key: &Key| cache.store().get(*key).is_none();
        report.accepted(Checked {
            galleries: site.galleries.len(),
            photos: site.photos.len(),
            videos: site.videos.len(),
            missing: plan.keys().collect::<BTreeSet<_>>().into_iter().filter(is_missing).count(),
            unshown: site::unshown(&source, &site),
        })
    })
}
