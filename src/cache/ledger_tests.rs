use std::path::PathBuf;
use std::time::Duration;

use proptest::prelude::*;

use super::*;

const SECOND: i128 = 1_000_000_000;

/// Time at which the runs of these tests begin, in seconds.
const NOW: i128 = 1_700_000_000;

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOW as u64)
}

fn stat(changed: i128) -> Stat {
    Stat { len: 7, modified: 5 * SECOND, changed, inode: (1, 2) }
}

fn entry(text: &str) -> LedgerEntry<String> {
    LedgerEntry { digest: Digest::of(text.as_bytes()), facts: Some(text.to_owned()) }
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
    ledger.record("2.jpg", stat(SECOND), LedgerEntry { digest: Digest::of(b"two"), facts: None });
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
        format!(r#"{{"version":6,"files":{{"a":[7,5000000000,1000000000,1,2,"{digest}","x"]}}}}"#),
    ] {
        fs::write(&place.path, &text).expect("written");
        assert!(Ledger::<String>::load(&place.path, now()).slots.is_empty(), "{text}");
    }
    fs::remove_file(&place.path).expect("removed");
    assert!(Ledger::<String>::load(&place.path, now()).slots.is_empty());
}

/// A ledger with two files, as the next run reads it.
fn two_files(place: &Place) -> Ledger<String> {
    let mut ledger = Ledger::empty(now());
    for name in ["a", "b"] {
        ledger.record(name, stat(SECOND), entry(name));
    }
    next_run(&ledger, place)
}

#[test]
fn an_entry_that_was_found_to_be_wrong_is_dropped_for_good() {
    let place = place();
    let mut ledger = two_files(&place);
    assert!(ledger.get("a", &stat(SECOND)).is_some() && ledger.get("b", &stat(SECOND)).is_some());
    assert!(ledger.distrust(["a", "unknown"]));
    let ledger = next_run(&ledger, &place);
    assert_eq!(ledger.get("a", &stat(SECOND)), None);
    assert!(ledger.get("b", &stat(SECOND)).is_some());
}

#[test]
fn what_was_read_in_this_run_is_not_distrusted() {
    let mut ledger = Ledger::empty(now());
    ledger.record("a", stat(SECOND), entry("a"));
    assert!(!ledger.distrust(["a"]));
    assert!(ledger.get("a", &stat(SECOND)).is_some());
}

#[test]
fn bytes_that_changed_without_a_trace_are_remembered_beside_the_new_ones() {
    let place = place();
    let mut ledger = two_files(&place);
    ledger.distrust(["a", "b"]);
    ledger.record("a", stat(SECOND), entry("rotted"));
    // The machine made the error; the file is intact.
    ledger.record("b", stat(SECOND), entry("b"));
    let good = Reading { digest: Digest::of(b"a"), at: NOW as i64 };
    assert_eq!(ledger.suspects().collect::<Vec<_>>(), [("a", good)]);
    let mut ledger = next_run(&ledger, &place);
    assert_eq!(ledger.suspects().count(), 0, "not in use");
    assert_eq!(ledger.get("a", &stat(SECOND)), Some(&entry("rotted")));
    assert_eq!(ledger.suspects().collect::<Vec<_>>(), [("a", good)]);
    assert_eq!(ledger.all().map(|(_, _, reading)| reading.digest).collect::<Vec<_>>(), [good.digest, Digest::of(b"b")]);
    // Damaged further: the first bytes are still the good ones.
    ledger.distrust(["a"]);
    ledger.record("a", stat(SECOND), entry("more"));
    assert_eq!(ledger.suspects().collect::<Vec<_>>(), [("a", good)]);
    // Restored from a backup: a new stat.
    ledger.record("a", stat(2 * SECOND), entry("a"));
    assert_eq!(ledger.suspects().count(), 0);
}

#[test]
fn a_confirmed_file_was_read_later_and_no_file_is_forgotten() {
    let place = place();
    two_files(&place);
    let later = now() + Duration::from_secs(60);
    let mut ledger = Ledger::<String>::load(&place.path, later);
    ledger.confirm(&BTreeSet::from(["a".to_owned()]));
    let ledger = next_run(&ledger, &place);
    let times: Vec<_> = ledger.all().map(|(path, _, reading)| (path.to_owned(), i128::from(reading.at))).collect();
    assert_eq!(times, [("a".to_owned(), NOW + 60), ("b".to_owned(), NOW)]);
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
    /// A file is read in a run and written again later (the run may take long). If the clock of the file system is no coarser than two
    /// seconds, and shows fractions of a millisecond only if it ticks as often as Linux's, the ledger never returns the old digest
    /// for the new content.
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

    /// A file that was unchanged for two seconds when the run began is remembered.
    #[test]
    fn a_file_at_rest_is_remembered(age in 2 * SECOND..1_000_000 * SECOND) {
        let place = place();
        let mut ledger = Ledger::empty(now());
        let stat = stat(NOW * SECOND - age);
        ledger.record("a", stat, entry("a"));
        prop_assert!(next_run(&ledger, &place).get("a", &stat).is_some());
    }
}
