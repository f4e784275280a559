//! The ledger: facts read from source files in earlier runs.
//!
//! In: the [`Stat`] of a file. Out: the digest and the facts recorded when its content was last read, if the file is very likely
//! unchanged. The ledger is a hint: losing it costs time, and an entry that turns out to be wrong is [dropped](Ledger::distrust).
//! The callers choose the facts; facts that cannot be parsed any more are forgotten. `rows` knows the file format.

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

/// The ledger's entry for a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry<T> {
    /// Hash of the file's bytes.
    pub digest: Digest,
    /// Facts found in the file; `None` if nobody looked for any.
    pub facts: Option<T>,
}

/// Entries of all files, by their path in the site.
#[derive(Debug)]
pub struct Ledger<T> {
    slots: BTreeMap<String, Slot<T>>,
    /// Entries dropped in this run, because the files held other bytes.
    distrusted: BTreeMap<String, (Stat, Reading)>,
    /// Time at which this run began to read files.
    began: SystemTime,
}

#[derive(Debug)]
struct Slot<T> {
    stat: Stat,
    entry: LedgerEntry<T>,
    /// Time of the reading, in seconds since the epoch.
    at: i64,
    /// Earlier content with the very same stat: something changed the file without a trace.
    former: Option<Reading>,
    /// Whether the entry was read in this run.
    fresh: bool,
    /// Whether only a part of the file was read, so that the digest is made up. Such entries are not saved.
    partial: bool,
    /// Whether the entry was used or recorded in this run. Atomic because several threads look files up.
    seen: AtomicBool,
}

impl<T> Ledger<T> {
    /// Creates a ledger without entries. `now` is a moment before the first file is read.
    #[must_use]
    pub fn empty(now: SystemTime) -> Self {
        Self { slots: BTreeMap::new(), distrusted: BTreeMap::new(), began: now }
    }

    /// Returns the entry of the file at `path` if its `stat` is still the same.
    #[must_use]
    pub fn get(&self, path: &str, stat: &Stat) -> Option<&LedgerEntry<T>> {
        let slot = self.slots.get(path).filter(|slot| slot.stat == *stat)?;
        slot.seen.store(true, Ordering::Relaxed);
        Some(&slot.entry)
    }

    /// Records what was found in a file. `stat` must have been taken before the file was read: if the file changes in between, the
    /// entry belongs to a stat that the file will never have again.
    pub fn record(&mut self, path: &str, stat: Stat, entry: LedgerEntry<T>) {
        let former = self.distrusted.get(path).filter(|(old, former)| *old == stat && former.digest != entry.digest);
        let former = former.map(|(_, former)| *former);
        let seen = AtomicBool::new(true);
        let slot = Slot { stat, entry, at: self.now(), former, fresh: true, partial: false, seen };
        self.slots.insert(path.to_owned(), slot);
    }

    /// Records what was found in a part of a file. The digest is made up: it belongs to this path and stat alone. Only this run uses the
    /// entry.
    pub fn record_partial(&mut self, path: &str, stat: Stat, facts: T) {
        let digest = Digest::of(format!("{path} {stat:?}").as_bytes());
        self.record(path, stat, LedgerEntry { digest, facts: Some(facts) });
        self.slots.entry(path.to_owned()).and_modify(|slot| slot.partial = true);
    }

    /// Whether the entry of the file at `path` comes from a part of the file.
    #[must_use]
    pub fn is_partial(&self, path: &str) -> bool {
        self.slots.get(path).is_some_and(|slot| slot.partial)
    }

    /// Forgets the entry of the file at `path` if it comes from a part of the file.
    pub fn forget_partial(&mut self, path: &str) {
        if self.is_partial(path) {
            self.slots.remove(path);
        }
    }

    /// Replaces the entry of the file at `path` if it comes from a part of the file with this `stat`. `None`, for a file that could not be
    /// read as a whole, removes it.
    pub fn complete(&mut self, path: &str, stat: Stat, entry: Option<LedgerEntry<T>>) {
        if self.slots.get(path).is_none_or(|slot| !slot.partial || slot.stat != stat) {
            return;
        }
        match entry {
            Some(entry) => self.record(path, stat, entry),
            None => drop(self.slots.remove(path)),
        }
    }

    /// Drops the entries of files that were found to hold other bytes. Returns whether any entry was dropped. Entries read in this run
    /// are kept: they were right, so such a file has changed since.
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

    /// Returns the files in use that once held other bytes with the very same stat, with the time of that reading.
    pub fn suspects(&self) -> impl Iterator<Item = (&str, Reading)> {
        let seen = self.slots.iter().filter(|(_, slot)| slot.seen.load(Ordering::Relaxed));
        seen.filter_map(|(path, slot)| Some((path.as_str(), slot.former?)))
    }

    /// Returns all files with their stat and the bytes that they should hold: the first bytes read with this stat.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Stat, Reading)> {
        self.slots.iter().map(|(path, slot)| {
            let reading = slot.former.unwrap_or(Reading { digest: slot.entry.digest, at: slot.at });
            (path.as_str(), &slot.stat, reading)
        })
    }

    /// Records that these files were read now and hold the expected bytes; keeps all other entries, too.
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
    /// Loads the ledger of the last run, without damaged entries; a missing ledger or one of another version is empty. `now` is a
    /// moment before the first file is read.
    #[must_use]
    pub fn load(path: &Path, now: SystemTime) -> Self {
        let mut ledger = Self::empty(now);
        let Ok(bytes) = fs::read(path) else { return ledger };
        for row in rows::parse::<T>(&bytes) {
            let (path, stat, former) = (row.path, row.stat, row.former);
            let entry = LedgerEntry { digest: row.digest, facts: row.facts };
            let (fresh, partial, seen) = (false, false, AtomicBool::new(false));
            let slot = Slot { stat, entry, at: row.at, former, fresh, partial, seen };
            ledger.slots.insert(path, slot);
        }
        ledger
    }
}

impl<T: Serialize> Ledger<T> {
    /// Saves the entries used or recorded in this run, except those that the next run could not trust.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), Failure> {
        let kept =
            |slot: &Slot<T>| slot.seen.load(Ordering::Relaxed) && !slot.partial && !slot.stat.is_racy(self.began);
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
