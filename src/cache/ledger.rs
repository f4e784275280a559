//! "Have I read this file before?"
//!
//! In: the [`Stat`] of a file. Out: the digest and the facts that were recorded when its content was last read, if
//! there is good reason to think that it is unchanged. A hint: losing it costs time. What the facts are is up to those
//! who record them; if they cannot be read any more, the ledger is empty.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::atomic::{self, Durability};
use super::{Digest, Stat};
use crate::diagnostic::Failure;
use crate::machine::fs;

/// Of the file that a ledger is kept in. It is raised when the file looks different, and when the same photo would give other
/// facts than before.
const VERSION: u32 = 7;

/// How much older than the moment of reading a file's change must be for the stat to be believed later: the coarsest
/// clock of a file system still in use (FAT: two seconds).
const RACY: Duration = Duration::from_secs(2);

/// The same where the clock is seen to be a fine one. Linux takes its file times from a clock that ticks every 1 to 10
/// milliseconds and shows whatever fraction of a millisecond it then is.
const RACY_IF_FINE: Duration = Duration::from_millis(50);

/// What is remembered of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<T> {
    /// Of its bytes.
    pub digest: Digest,
    /// What else was found in it; `None` if nothing was looked for.
    pub facts: Option<T>,
}

/// What is remembered of all files, by their path in the site.
#[derive(Debug)]
pub struct Ledger<T> {
    slots: BTreeMap<String, Slot<T>>,
    /// When this run began to read files.
    began: i128,
}

#[derive(Debug)]
struct Slot<T> {
    stat: Stat,
    entry: Entry<T>,
    /// Asked for or recorded in this run. Atomic because files are looked up by several threads.
    seen: AtomicBool,
}

/// A ledger as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored<Rows> {
    version: u32,
    files: Rows,
}

/// A slot as it is stored: length, modified, changed, device, inode, digest, facts.
#[derive(Serialize, Deserialize)]
struct Row<T>(u64, i128, i128, u64, u64, Digest, Option<T>);

impl<T> Ledger<T> {
    /// One that remembers nothing. `now` is the moment before the first file is read.
    #[must_use]
    pub fn empty(now: SystemTime) -> Self {
        let began = match now.duration_since(UNIX_EPOCH) {
            Ok(since) => nanoseconds(since),
            Err(before) => -nanoseconds(before.duration()),
        };
        Self { slots: BTreeMap::new(), began }
    }

    /// What is known of the file at `path`, which now has this `stat`.
    #[must_use]
    pub fn get(&self, path: &str, stat: &Stat) -> Option<&Entry<T>> {
        let slot = self.slots.get(path).filter(|slot| slot.stat == *stat)?;
        slot.seen.store(true, Ordering::Relaxed);
        Some(&slot.entry)
    }

    /// Remembers what was found in a file. `stat` must have been taken before the file was read: if it is changed in
    /// between, the entry belongs to a stat that the file will never have again.
    pub fn record(&mut self, path: &str, stat: Stat, entry: Entry<T>) {
        self.slots.insert(path.to_owned(), Slot { stat, entry, seen: AtomicBool::new(true) });
    }

    /// Whether a later write could leave the file with the very same stat, because the clock of its file system had
    /// not ticked since (git calls such an entry racily clean).
    ///
    /// The change time decides where there is one: it cannot be set, so a camera whose clock runs ahead does no harm.
    /// A file that is older than the beginning of the run is older than the moment in which it was read.
    fn is_racy(&self, stat: &Stat) -> bool {
        let newest = if stat.changed == 0 { stat.modified } else { stat.changed };
        let fine = newest % nanoseconds(Duration::from_millis(1)) != 0;
        newest > self.began - nanoseconds(if fine { RACY_IF_FINE } else { RACY })
    }
}

impl<T: DeserializeOwned> Ledger<T> {
    /// Reads the ledger of the last run; one that is missing, damaged or of another version is empty. `now` is the
    /// moment before the first file is read.
    #[must_use]
    pub fn load(path: &Path, now: SystemTime) -> Self {
        let mut ledger = Self::empty(now);
        let Ok(bytes) = fs::read(path) else { return ledger };
        if let Ok(Stored { version: VERSION, files }) =
            serde_json::from_slice::<Stored<BTreeMap<String, Row<T>>>>(&bytes)
        {
            ledger.slots.extend(files.into_iter().map(|(path, row)| {
                let Row(len, modified, changed, device, inode, digest, facts) = row;
                let stat = Stat { len, modified, changed, inode: (device, inode) };
                (path, Slot { stat, entry: Entry { digest, facts }, seen: AtomicBool::new(false) })
            }));
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
        let files: BTreeMap<&str, Row<&T>> = self
            .slots
            .iter()
            .filter(|(_, slot)| slot.seen.load(Ordering::Relaxed) && !self.is_racy(&slot.stat))
            .map(|(path, Slot { stat, entry, .. })| {
                let (device, inode) = stat.inode;
                let facts = entry.facts.as_ref();
                (path.as_str(), Row(stat.len, stat.modified, stat.changed, device, inode, entry.digest, facts))
            })
            .collect();
        serde_json::to_vec(&Stored { version: VERSION, files })
            .map_err(Into::into)
            .and_then(|bytes| atomic::write(path, &bytes, Durability::Lazy))
            .map_err(Failure::on("write", path))
    }
}

fn nanoseconds(duration: Duration) -> i128 {
    i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;

    const SECOND: i128 = 1_000_000_000;

    /// The moment at which the runs of these tests begin, in seconds.
    const NOW: i128 = 1_700_000_000;

    fn now() -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(NOW as u64)
    }

    fn stat(changed: i128) -> Stat {
        Stat { len: 7, modified: 5 * SECOND, changed, inode: (1, 2) }
    }

    fn entry(text: &str) -> Entry<String> {
        Entry { digest: Digest::of(text.as_bytes()), facts: Some(text.to_owned()) }
    }

    struct Place {
        _folder: tempfile::TempDir,
        path: PathBuf,
    }

    fn place() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ledger");
        Place { _folder: folder, path }
    }

    fn next_run(ledger: &Ledger<String>, place: &Place) -> Ledger<String> {
        ledger.save(&place.path).expect("saved");
        Ledger::load(&place.path, now())
    }

    #[test]
    fn a_file_with_an_equal_stat_is_remembered() {
        let place = place();
        let mut ledger = Ledger::empty(now());
        ledger.record("é a/1.jpg", stat(SECOND), entry("one"));
        ledger.record("2.jpg", stat(SECOND), Entry { digest: Digest::of(b"two"), facts: None });
        let ledger = next_run(&ledger, &place);
        assert_eq!(ledger.get("é a/1.jpg", &stat(SECOND)), Some(&entry("one")));
        assert_eq!(ledger.get("2.jpg", &stat(SECOND)).expect("remembered").facts, None);
    }

    #[test]
    fn a_difference_in_any_field_is_a_miss() {
        let mut ledger = Ledger::empty(now());
        let old = stat(SECOND);
        ledger.record("a", old, entry("a"));
        for new in [
            Stat { len: 8, ..old },
            Stat { modified: 6 * SECOND, ..old },
            Stat { changed: SECOND + 1, ..old },
            Stat { inode: (1, 3), ..old },
            Stat { inode: (2, 2), ..old },
        ] {
            assert_eq!(ledger.get("a", &new), None, "{new:?}");
        }
        assert_eq!(ledger.get("b", &old), None);
    }

    #[test]
    fn what_no_run_asks_for_is_forgotten() {
        let place = place();
        let mut ledger = Ledger::empty(now());
        ledger.record("kept", stat(SECOND), entry("kept"));
        ledger.record("gone", stat(SECOND), entry("gone"));
        let second = next_run(&ledger, &place);
        assert!(second.get("kept", &stat(SECOND)).is_some());
        let third = next_run(&second, &place);
        assert!(third.get("kept", &stat(SECOND)).is_some());
        assert_eq!(third.get("gone", &stat(SECOND)), None);
    }

    #[test]
    fn a_damaged_foreign_or_missing_ledger_is_empty() {
        let place = place();
        let digest = Digest::of(b"");
        for text in [
            String::new(),
            "{".to_owned(),
            "[1]".to_owned(),
            r#"{"version":2,"files":{"a":[1,2]}}"#.to_owned(),
            format!(r#"{{"version":1,"files":{{"a":[7,5000000000,1000000000,1,2,"{digest}","x"]}}}}"#),
        ] {
            fs::write(&place.path, &text).expect("written");
            assert!(Ledger::<String>::load(&place.path, now()).slots.is_empty(), "{text}");
        }
        fs::remove_file(&place.path).expect("removed");
        assert!(Ledger::<String>::load(&place.path, now()).slots.is_empty());
    }

    #[test]
    fn equal_content_gives_equal_bytes_in_whatever_order_it_was_recorded() {
        let (one, other) = (place(), place());
        for (place, names) in [(&one, ["a", "b", "c"]), (&other, ["c", "a", "b"])] {
            let mut ledger = Ledger::empty(now());
            for name in names {
                ledger.record(name, stat(SECOND), entry(name));
            }
            ledger.save(&place.path).expect("saved");
        }
        assert_eq!(fs::read(&one.path).expect("there"), fs::read(&other.path).expect("there"));
    }

    #[test]
    fn where_no_change_time_is_known_the_modification_time_decides() {
        let place = place();
        let mut ledger = Ledger::empty(now());
        let recent = Stat { modified: NOW * SECOND, changed: 0, ..stat(0) };
        ledger.record("recent", recent, entry("recent"));
        ledger.record("old", stat(0), entry("old"));
        let ledger = next_run(&ledger, &place);
        assert_eq!(ledger.get("recent", &recent), None);
        assert!(ledger.get("old", &stat(0)).is_some());
    }

    proptest! {
        /// A file is read in a run, and written again after that (the run may take long). If the file system's clock
        /// is no coarser than two seconds, and shows less than milliseconds only if it ticks as often as Linux's, the
        /// ledger never gives the old digest for the new content.
        #[test]
        fn a_write_after_the_reading_is_never_missed(
            first in -10 * SECOND..10 * SECOND,
            read in 0..10 * SECOND,
            second in 0..10 * SECOND,
            tick in prop_oneof![1..=SECOND / 100, (1..=2000_i128).prop_map(|milliseconds| milliseconds * SECOND / 1000)],
        ) {
            let written = NOW * SECOND + first;
            let read = (NOW * SECOND + read).max(written);
            let rewritten = read + second;
            let shown = |time: i128| stat(time - time.rem_euclid(tick));
            let place = place();
            let mut ledger = Ledger::empty(now());
            ledger.record("a", shown(written), entry("old"));
            let ledger = next_run(&ledger, &place);
            prop_assert_eq!(ledger.get("a", &shown(rewritten)), None);
        }

        /// What was at rest for two seconds when the run began is remembered.
        #[test]
        fn a_file_at_rest_is_remembered(age in 2 * SECOND..1_000_000 * SECOND) {
            let place = place();
            let mut ledger = Ledger::empty(now());
            let stat = stat(NOW * SECOND - age);
            ledger.record("a", stat, entry("a"));
            prop_assert!(next_run(&ledger, &place).get("a", &stat).is_some());
        }
    }
}
