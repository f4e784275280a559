//! Verification: hashing the store, the output and the originals again.
//!
//! In: the names in the store, the inventory of the output, and the ledger. Out: the files that differ from them, repaired where a good
//! copy exists, and prepared for a build where none does. Settings are not read, so that it works even if the site cannot be built.
//! Originals are never written to.

mod finding;
mod sources;

pub use finding::{Cure, Finding};
pub use sources::warn;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::cache::{Cache, Flaw, Freed, Ledger, Spoiled};
use crate::diagnostic::{Diagnostic, Failure};
use crate::machine::fs;
use crate::machine::progress::Progress;
use crate::publish::{self, Audit, Mended};
use crate::site::Facts;
use sources::Originals;

/// The folders to verify.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    /// The folder of the site.
    pub site: &'a Path,
    /// The folder of the output.
    pub output: &'a Path,
    /// The folder of the cache.
    pub cache: &'a Path,
}

/// Options of a verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Checks {
    /// Whether the originals are checked, too.
    pub sources: bool,
    /// Whether nothing is repaired.
    pub dry: bool,
}

/// Result of a verification.
#[derive(Debug, Default)]
pub struct Verified {
    /// Number of files in the store.
    pub stored: usize,
    /// Number of files in the output; `None` if there is nothing to compare it with.
    pub published: Option<usize>,
    /// Number of originals that were hashed; `None` if they were not to be checked.
    pub originals: Option<usize>,
    /// Number of originals that are missing or have another stat than when they were read, so that they cannot be compared.
    pub not_compared: usize,
    /// Damaged files of store and output.
    pub findings: Vec<Finding>,
    /// Originals with other content than before; they cannot be repaired.
    pub changed: Vec<Diagnostic>,
}

impl Verified {
    /// Whether a build has to create a file again.
    #[must_use]
    pub fn needs_build(&self) -> bool {
        self.findings.iter().any(|finding| finding.cure == Cure::Build)
    }

    /// Whether there was nothing to compare.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stored == 0 && self.published.is_none() && self.originals.unwrap_or(0) == 0 && self.not_compared == 0
    }
}

/// Verifies everything, and repairs whatever can be repaired without a build.
///
/// # Errors
/// If the cache cannot be used, or if a repair fails because of the machine.
pub fn run(places: Places<'_>, checks: Checks, progress: &dyn Progress) -> Result<Verified, Failure> {
    let is_there = fs::exists(places.cache.join("version")).map_err(Failure::on("read", places.cache))?;
    let cache = match checks.dry || !is_there {
        true => Cache::read_only(places.cache),
        false => Cache::open(places.cache)?,
    };
    let store = cache.store();
    let known = publish::known(places.output, &cache)?;
    let mut ledger: Ledger<Facts> = Ledger::load(&cache.ledger_path(), SystemTime::now());
    let files = store.files().len() + known.as_ref().map_or(0, publish::Known::len);
    let originals = if checks.sources { ledger.all().count() } else { 0 };
    progress.begin("files checked", (files + originals) as u64);
    let done = || progress.advance(1);
    let spoiled = store.audit(&done)?;
    let audit = known.map_or(Ok(None), |known| known.audit(&done))?;
    let originals = checks.sources.then(|| Originals::check(places.site, &ledger, &done));
    progress.end();

    let mut verified = Verified {
        stored: store.files().len(),
        published: audit.as_ref().map(Audit::files),
        findings: mend(&cache, &spoiled, audit.as_ref(), checks.dry)?,
        ..Verified::default()
    };
    if let Some(originals) = originals {
        if !checks.dry && is_there && !originals.whole.is_empty() {
            ledger.confirm(&originals.whole);
            ledger.save(&cache.ledger_path())?;
        }
        verified.originals = Some(originals.hashed);
        verified.not_compared = originals.not_compared;
        verified.changed = originals.changed;
    }
    Ok(verified)
}

/// Repairs the store with files of the output, then the output with files of the store.
fn mend(cache: &Cache, spoiled: &[Spoiled], audit: Option<&Audit>, dry: bool) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    let mut unusable = BTreeSet::new();
    for file in spoiled {
        let copy = audit.and_then(|audit| audit.copy_of(file.len, &file.content));
        if copy.is_none() {
            unusable.insert(file.path.clone());
        }
        let (aside, cure) = if dry { (None, Cure::None) } else { mend_stored(cache, file, copy)? };
        findings.push(Finding { path: file.path.clone(), flaw: file.flaw, aside, cure });
    }
    if !dry {
        cache.store().settle()?;
    }
    let Some(audit) = audit else { return Ok(findings) };
    if let Some(path) = audit.bad_manifest() {
        let cure = if dry { Cure::None } else { Cure::Copy };
        findings.push(Finding { path, flaw: Flaw::Content, aside: None, cure });
    }
    let mended = if dry { Vec::new() } else { audit.mend(cache.store(), &unusable)? };
    let cures = mended.into_iter().map(|mended| match mended {
        Mended::Whole => Cure::Copy,
        Mended::Prepared => Cure::Build,
    });
    let cures = cures.chain(std::iter::repeat(Cure::None));
    findings.extend(audit.flawed.iter().zip(cures).map(|(flawed, cure)| Finding {
        path: flawed.path.clone(),
        flaw: flawed.flaw,
        aside: None,
        cure,
    }));
    Ok(findings)
}

fn mend_stored(cache: &Cache, file: &Spoiled, copy: Option<PathBuf>) -> Result<(Option<PathBuf>, Cure), Failure> {
    let freed = cache.store().free(file)?;
    let cure = match copy {
        Some(copy) => {
            cache.store().restore(file, &copy)?;
            Cure::Copy
        }
        None => Cure::Build,
    };
    let aside = if let Freed::Aside(path) = freed { Some(path) } else { None };
    Ok((aside, cure))
}
