//! "Have I read this file before?"
//!
//! In: the [`Stat`] of a file. Out: the digest and the facts that were recorded when its content was last read, if
//! there is good reason to think that it is unchanged. A hint: losing it costs time, and an entry that is found to be wrong is
//! [dropped](Ledger::distrust). What the facts are is up to those who record them; what cannot be read any more is not
//! remembered. `rows` knows what the file looks like.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::atomic::{self, Durability};
use super::reading::Reading;
use super::rows::{self, Row};
use super::{Digest, Stat};
use crate::diagnostic::Failure;
use crate::machine::fs;

/// What is remembered of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry<T> {
    /// Of its bytes.
    pub digest: Digest,
    /// What else was found in it; `None` if nothing was looked for.
    pub facts: Option<T>,
}

/// What is remembered of all files, by their path in the site.
#[derive(Debug)]
pub struct Ledger<T> {
    slots: BTreeMap<String, Slot<T>>,
    /// What was dropped in this run, because the file held other bytes.
    distrusted: BTreeMap<String, (Stat, Reading)>,
    /// When this run began to read files.
    began: SystemTime,
}

#[derive(Debug)]
struct Slot<T> {
    stat: Stat,
    entry: LedgerEntry<T>,
    /// When this was read, in seconds since the epoch.
    at: i64,
    /// What the file held before, at the very same stat: then somebody or something has changed it without a trace.
    former: Option<Reading>,
    /// Read in this run.
    fresh: bool,
    /// Asked for or recorded in this run. Atomic because files are looked up by several threads.
    seen: AtomicBool,
}

impl<T> Ledger<T> {
    /// One that remembers nothing. `now` is the moment before the first file is read.
    #[must_use]
    pub fn empty(now: SystemTime) -> Self {
        Self { slots: BTreeMap::new(), distrusted: BTreeMap::new(), began: now }
    }

    /// What is known of the file at `path`, which now has this `stat`.
    #[must_use]
    pub fn get(&self, path: &str, stat: &Stat) -> Option<&LedgerEntry<T>> {
        let slot = self.slots.get(path).filter(|slot| slot.stat == *stat)?;
        slot.seen.store(true, Ordering::Relaxed);
        Some(&slot.entry)
    }

    /// Remembers what was found in a file. `stat` must have been taken before the file was read: if it is changed in
    /// between, the entry belongs to a stat that the file will never have again.
    pub fn record(&mut self, path: &str, stat: Stat, entry: LedgerEntry<T>) {
        let former = self.distrusted.get(path).filter(|(old, former)| *old == stat && former.digest != entry.digest);
        let former = former.map(|(_, former)| *former);
        let seen = AtomicBool::new(true);
        self.slots.insert(path.to_owned(), Slot { stat, entry, at: self.now(), former, fresh: true, seen });
    }

    /// Drops what is remembered of files whose bytes were found to be others. Returns whether anything was: what was read in
    /// this run is right, so such a file has changed since.
    pub fn distrust<'a>(&mut self, paths: impl IntoIterator<Item = &'a str>) -> bool {
        let mut any = false;
        for path in paths {
            if self.slots.get(path).is_none_or(|slot| slot.fresh) {
                continue;
            }
            if let Some(slot) = self.slots.remove(path) {
                let reading = slot.former.unwrap_or(Reading { digest: slot.entry.digest, at: slot.at });
                self.distrusted.insert(path.to_owned(), (slot.stat, reading));
                any = true;
            }
        }
        any
    }

    /// The files in use that held other bytes once, at the very same stat, and when.
    pub fn suspects(&self) -> impl Iterator<Item = (&str, Reading)> {
        let seen = self.slots.iter().filter(|(_, slot)| slot.seen.load(Ordering::Relaxed));
        seen.filter_map(|(path, slot)| Some((path.as_str(), slot.former?)))
    }

    /// All files, with their stat and the bytes that they should hold: the first ones that were read at this stat.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Stat, Reading)> {
        self.slots.iter().map(|(path, slot)| {
            let reading = slot.former.unwrap_or(Reading { digest: slot.entry.digest, at: slot.at });
            (path.as_str(), &slot.stat, reading)
        })
    }

    /// Remembers that these files were read now, and hold what they should; keeps all others, too.
    pub fn confirm(&mut self, paths: &BTreeSet<String>) {
        let now = self.now();
        for (path, slot) in &mut self.slots {
            *slot.seen.get_mut() = true;
            if paths.contains(path) {
                slot.at = now;
            }
        }
    }

    fn now(&self) -> i64 {
        let since = self.began.duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(0)
    }
}

impl<T: DeserializeOwned> Ledger<T> {
    /// Reads the ledger of the last run, without the entries that are damaged; one that is missing or of another version is
    /// empty. `now` is the moment before the first file is read.
    #[must_use]
    pub fn load(path: &Path, now: SystemTime) -> Self {
        let mut ledger = Self::empty(now);
        let Ok(bytes) = fs::read(path) else { return ledger };
        for row in rows::parse::<T>(&bytes) {
            let (path, stat, former) = (row.path, row.stat, row.former);
            let entry = LedgerEntry { digest: row.digest, facts: row.facts };
            let slot = Slot { stat, entry, at: row.at, former, fresh: false, seen: AtomicBool::new(false) };
            ledger.slots.insert(path, slot);
        }
        ledger
    }
}

impl<T: Serialize> Ledger<T> {
    /// Writes what was asked for or recorded in this run, without what could not be believed next time.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), Failure> {
        let kept = |slot: &Slot<T>| slot.seen.load(Ordering::Relaxed) && !slot.stat.is_racy(self.began);
        let kept = self.slots.iter().filter(|(_, slot)| kept(slot)).map(|(path, slot)| Row {
            path: path.as_str(),
            stat: slot.stat,
            digest: slot.entry.digest,
            at: slot.at,
            former: slot.former,
            facts: slot.entry.facts.as_ref(),
        });
        rows::text(kept)
            .and_then(|text| atomic::write(path, text.as_bytes(), Durability::Lazy))
            .map_err(Failure::on("write", path))
    }
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
