//! Damage that time stamps do not reveal: `cimaise verify` finds and repairs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use cimaise::testing::{Fault, FaultKind, watch};

use crate::support::picture::seeded;
use crate::support::{Events, SiteBuilder, Tree};

fn site() -> SiteBuilder {
    let site = SiteBuilder::gallery_of(&[("1.jpg", seeded(320, 240, 1)), ("2.jpg", seeded(240, 320, 2))])
        .file("site/static/notes.txt", b"as it is\n");
    at_rest();
    site
}

/// Waits, because every build reads recently changed files again.
fn at_rest() {
    std::thread::sleep(Duration::from_millis(60));
}

/// Flips a bit in the middle of a file; its time and its length stay.
fn rot(path: &Path) {
    let modified = fs::metadata(path).expect("there").modified().expect("known");
    let mut bytes = fs::read(path).expect("readable");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).expect("written");
    set_time(path, modified);
}

fn set_time(path: &Path, time: SystemTime) {
    fs::File::options().write(true).open(path).expect("a file").set_modified(time).expect("set");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    Tree::read(folder).paths().into_iter().map(|path| folder.join(path)).collect()
}

fn store(site: &SiteBuilder) -> Vec<PathBuf> {
    files(&site.root().join(".cimaise-cache/store"))
}

/// Replaces a hard link in the output or the store with a separate file, so that damage affects one name only.
fn part(path: &Path) {
    let (bytes, modified) = (fs::read(path).expect("readable"), fs::metadata(path).expect("there").modified());
    fs::remove_file(path).expect("removed");
    fs::write(path, bytes).expect("written");
    set_time(path, modified.expect("known"));
}

#[test]
fn everything_is_as_it_was_written() {
    let site = site();
    site.build();
    let before = Tree::read(&site.root());
    let run = site.run(&["verify", "--sources"]).success();
    assert!(run.stdout.contains("all checked files are intact"), "{}", run.stdout);
    assert!(run.stdout.contains("originals: 3 files checked\n"), "{}", run.stdout);
    assert_eq!(run.stderr, "");
    site.run(&["verify", "--dry-run", "--sources"]).success();
    let (before, after) = (before, Tree::read(&site.root()));
    let but_the_ledger = |tree: &Tree| {
        tree.0
            .iter()
            .filter(|(path, _)| !path.ends_with("ledger.json"))
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect()
    };
    Tree(but_the_ledger(&after)).assert_equal(&Tree(but_the_ledger(&before)), "verified");
    let run = site.run(&["build"]).success();
    assert!(run.stdout.contains(": 0 written, 0 removed"), "{}", run.stdout);
}

#[test]
fn a_flipped_bit_in_any_file_of_store_and_output_is_found_and_repaired() {
    let site = site();
    site.build();
    let expected = site.output();
    let files: Vec<_> = store(&site).into_iter().chain(files(&site.root().join("build"))).collect();
    for path in files.iter().filter(|path| !path.ends_with(".cimaise-manifest")) {
        if fs::metadata(path).expect("there").len() == 0 {
            continue;
        }
        rot(path);
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let dry = site.run(&["verify", "-n", "--format", "short"]).exit(1);
        assert!(dry.stderr.contains(&name), "{name}: {}", dry.stderr);
        let run = site.run(&["verify", "--format", "short"]).success();
        assert!(run.stderr.contains(&name), "{name}: {}", run.stderr);
        assert!(run.stdout.contains(" damaged, all repaired"), "{}", run.stdout);
        site.output().assert_equal(&expected, &name);
        let run = site.run(&["verify"]).success();
        assert!(run.stdout.contains("all checked files are intact"), "{name}: {}", run.stdout);
    }
}

#[test]
fn zeros_everywhere_are_repaired_in_one_run() {
    let site = site();
    site.build();
    let expected = site.output();
    for path in store(&site).into_iter().chain(files(&site.root().join("build"))) {
        if path.ends_with(".cimaise-manifest") {
            continue;
        }
        let metadata = fs::metadata(&path).expect("there");
        fs::write(&path, vec![0; metadata.len() as usize]).expect("written");
        set_time(&path, metadata.modified().expect("known"));
    }
    site.run(&["verify"]).success();
    site.output().assert_equal(&expected, "after zeros");
}

#[test]
fn a_good_copy_is_used_where_the_site_cannot_be_built() {
    let site = site();
    site.build();
    let expected = site.output();
    let picture =
        site.root().join("build").join(expected.paths().into_iter().find(|path| path.ends_with(".jpg")).expect("one"));
    let twin =
        store(&site).into_iter().find(|path| fs::read(path).ok() == fs::read(&picture).ok()).expect("in the store");
    fs::rename(site.root().join("a"), site.root().join("../away")).expect("renamed");
    fs::write(site.root().join("settings.yaml"), "title: [").expect("written");
    for damaged in [&picture, &twin] {
        part(damaged);
        rot(damaged);
        let run = site.run(&["verify"]).success();
        assert!(run.stderr.contains("from a good copy"), "{}", run.stderr);
        site.output().assert_equal(&expected, "copied");
    }
    // Without a copy, repair is impossible.
    rot(&picture);
    let run = site.run(&["verify"]).exit(1);
    assert!(run.stderr.contains("the build of the site fails"), "{}", run.stderr);
    fs::rename(site.root().join("../away"), site.root().join("a")).expect("renamed");
    fs::write(site.root().join("settings.yaml"), "title: Test site\n").expect("written");
    site.build();
    site.output().assert_equal(&expected, "built again");
}

#[cfg(unix)]
#[test]
fn a_folder_or_a_link_in_the_place_of_a_store_file_is_replaced() {
    let site = site();
    site.build();
    let expected = site.output();
    let outside = site.root().join("../outside.jpg");
    fs::write(&outside, "mine").expect("written");
    let stored = store(&site);
    let taken = &stored[..4];
    for path in taken {
        fs::remove_file(path).expect("removed");
    }
    fs::create_dir(&taken[0]).expect("made");
    std::os::unix::fs::symlink(&outside, &taken[1]).expect("linked");
    std::os::unix::fs::symlink("nowhere", &taken[2]).expect("linked");
    fs::create_dir(&taken[3]).expect("made");
    fs::write(taken[3].join("notes.txt"), "mine").expect("written");
    let run = site.run(&["verify"]).success();
    assert!(run.stderr.contains(".aside-1`"), "{}", run.stderr);
    for path in taken {
        assert!(path.symlink_metadata().expect("there").is_file(), "{}", path.display());
    }
    let aside = PathBuf::from(format!("{}.aside-1", taken[3].display()));
    assert_eq!(fs::read(aside.join("notes.txt")).expect("still there"), b"mine");
    assert_eq!(fs::read(&outside).expect("still there"), b"mine");
    site.output().assert_equal(&expected, "replaced");
}

#[cfg(unix)]
#[test]
fn in_the_output_links_and_empty_folders_are_replaced_and_full_ones_stay() {
    let site = site();
    site.build();
    let expected = site.output();
    let pictures: Vec<PathBuf> =
        files(&site.root().join("build")).into_iter().filter(|path| path.extension() == Some("jpg".as_ref())).collect();
    let outside = site.root().join("../outside.jpg");
    fs::write(&outside, "mine").expect("written");
    fs::remove_file(&pictures[0]).expect("removed");
    std::os::unix::fs::symlink(&outside, &pictures[0]).expect("linked");
    fs::remove_file(&pictures[1]).expect("removed");
    fs::create_dir(&pictures[1]).expect("made");
    site.run(&["verify"]).success();
    site.output().assert_equal(&expected, "replaced");
    assert_eq!(fs::read(&outside).expect("still there"), b"mine");

    fs::remove_file(&pictures[1]).expect("removed");
    fs::create_dir(&pictures[1]).expect("made");
    fs::write(pictures[1].join("notes.txt"), "mine").expect("written");
    let run = site.run(&["verify"]).exit(1);
    assert!(run.stderr.contains("is in the way of a file of the site"), "{}", run.stderr);
    assert_eq!(fs::read(pictures[1].join("notes.txt")).expect("still there"), b"mine");
}

#[test]
fn a_damaged_manifest_is_written_anew() {
    let site = site();
    site.build();
    let expected = site.output();
    let manifest = site.root().join("build/.cimaise-manifest");
    for damage in [&b"\0\0\0"[..], b""] {
        fs::write(&manifest, damage).expect("written");
        assert!(site.run(&["build"]).exit(1).stderr.contains("manifest"));
        site.run(&["verify"]).success();
        site.output().assert_equal(&expected, "after a damaged manifest");
    }
    rot(&manifest);
    site.run(&["verify"]).success();
    site.build();
    site.output().assert_equal(&expected, "after a flipped bit");
}

#[test]
fn a_rotted_original_is_listed_until_it_is_brought_back() {
    let site = site();
    site.build();
    site.build();
    let original = site.root().join("a/1.jpg");
    let good = fs::read(&original).expect("readable");
    rot_in_ledger(&site, "a/1.jpg");
    let run = site.run(&["verify", "--sources", "--format", "short"]).exit(1);
    assert!(
        run.stderr.contains("a/1.jpg: error[verify/original]: the content differs from what cimaise read on "),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("2.jpg"), "{}", run.stderr);
    assert!(run.stderr.contains("backup"), "{}", run.stderr);
    // Without `--sources` the original is not read.
    site.run(&["verify"]).success();

    // A build that needs its pixels reports it, but `verify` still finds it.
    let site = site.file("site/settings.yaml", b"title: Test site\nsettings:\n  gm:\n    quality: 60\n");
    let run = site.build();
    assert!(run.stderr.contains("the content differs from what cimaise read on "), "{}", run.stderr);
    let run = site.build();
    assert!(run.stderr.contains("the content differs from what cimaise read on "), "{}", run.stderr);
    site.run(&["verify", "--sources"]).exit(1);

    fs::remove_file(&original).expect("removed");
    fs::write(&original, good).expect("written");
    at_rest();
    assert_eq!(site.build().stderr.matches("warning").count(), 0);
    site.build();
    let run = site.run(&["verify", "--sources"]).success();
    assert!(run.stdout.contains("all checked files are intact"), "{}", run.stdout);
}

/// Changes the ledger as if an original had contained other bytes when it was read, with the same stat. A test cannot change bytes
/// without changing the change time; a disk can.
fn rot_in_ledger(site: &SiteBuilder, path: &str) {
    let ledger = site.root().join(".cimaise-cache/ledger.json");
    let text = fs::read_to_string(&ledger).expect("a ledger");
    let digest = blake3::hash(&fs::read(site.root().join(path)).expect("readable")).to_hex().to_string();
    let other = blake3::hash(b"what it held before").to_hex().to_string();
    assert!(text.contains(&digest), "{text}");
    let lines: Vec<String> = text
        .lines()
        .skip(1)
        .map(|line| {
            let line = line.replace(&digest, &other);
            let entry =
                line.split_once("\"entry\":").expect("an entry").1.strip_suffix('}').expect("the end").to_owned();
            format!("{{\"sum\":\"{}\",\"entry\":{entry}}}\n", &blake3::hash(entry.as_bytes()).to_hex()[..32])
        })
        .collect();
    let lines = lines.concat();
    let version = text.split_once("\"version\":").expect("a version").1.split(',').next().expect("a number");
    let head = format!("{{\"version\":{version},\"sum\":\"{}\"}}\n", &blake3::hash(lines.as_bytes()).to_hex()[..32]);
    fs::write(&ledger, head + &lines).expect("written");
}

#[test]
fn a_wrong_digest_in_the_ledger_does_not_stop_a_build() {
    for path in ["a/1.jpg", "static/notes.txt"] {
        let site = site();
        site.build();
        let expected = site.output();
        rot_in_ledger(&site, path);
        let run = site.build();
        assert!(run.stderr.contains("the content differs from what cimaise read on "), "{}", run.stderr);
        site.output().assert_equal(&expected, path);
        let ledger = fs::read_to_string(site.root().join(".cimaise-cache/ledger.json")).expect("a ledger");
        let digest = blake3::hash(&fs::read(site.root().join(path)).expect("readable")).to_hex().to_string();
        assert!(ledger.contains(&digest), "{ledger}");
    }
}

#[test]
fn a_damaged_entry_of_the_ledger_is_read_again() {
    let site = site();
    site.build();
    let expected = site.output();
    let ledger = site.root().join(".cimaise-cache/ledger.json");
    let text = fs::read_to_string(&ledger).expect("a ledger");
    let digest = blake3::hash(&fs::read(site.root().join("a/1.jpg")).expect("readable")).to_hex().to_string();
    assert!(text.contains(&digest) && text.contains("\"orientation\":1"), "{text}");
    let other = format!("{}{}", if digest.starts_with('0') { '1' } else { '0' }, &digest[1..]);
    for damaged in [text.replace(&digest, &other), text.replacen("\"orientation\":1", "\"orientation\":6", 1)] {
        fs::write(&ledger, damaged).expect("written");
        let run = site.build();
        assert_eq!(run.made_and_reused().0, 0);
        assert_eq!(run.stderr.matches("warning").count(), 0, "{}", run.stderr);
        site.output().assert_equal(&expected, "a damaged ledger");
        let mended = fs::read_to_string(&ledger).expect("a ledger");
        assert!(mended.contains(&digest) && !mended.contains("\"orientation\":6"), "{mended}");
    }
}

#[test]
fn facts_that_no_file_has_are_not_believed() {
    let site = site();
    site.build();
    let expected = site.output();
    let ledger = site.root().join(".cimaise-cache/ledger.json");
    let text = fs::read_to_string(&ledger).expect("a ledger");
    for (from, to) in [("\"width\":320", "\"width\":0"), ("\"orientation\":1", "\"orientation\":9")] {
        let damaged = text.replacen(from, to, 1);
        assert_ne!(damaged, text);
        fs::write(&ledger, damaged).expect("written");
        // With the right checksums, as a person who edits the file could compute them.
        rot_in_ledger(&site, "a/2.jpg");
        site.build();
        site.output().assert_equal(&expected, to);
    }
}

#[test]
fn what_is_not_known_cannot_be_verified() {
    let site = site();
    let run = site.run(&["verify"]).exit(1);
    assert!(run.stderr.contains("no build of the site"), "{}", run.stderr);
    assert!(!site.root().join(".cimaise-cache").exists());
    site.build();
    site.run(&["clean"]).success();
    let run = site.run(&["verify"]).success();
    assert!(run.stdout.contains("not checked: no finished site found"), "{}", run.stdout);
    assert!(!site.root().join("build").exists());
}

#[test]
fn programs_read_what_was_found() {
    let site = site();
    site.build();
    let damaged = &store(&site)[0];
    part(damaged);
    rot(damaged);
    let events = Events::of(&site.run(&["verify", "--format", "json"]).success());
    assert_eq!((&events.summary()["result"]["damaged"], &events.summary()["errors"]), (&1.into(), &0.into()));
    assert_eq!(events.named("diagnostic").next().expect("a warning")["severity"], "warning");
}

/// Injects one fault at each call in turn: a file that verify fails to read once is not damaged, and stays even if no build can make it
/// again.
#[test]
fn one_failed_call_costs_no_good_file() {
    let site = site();
    site.build();
    site.write("settings.yaml", b"title: [");
    let root = site.root().canonicalize().expect("there");
    let expected = Tree::read(&root.join("build"));
    let stored = Tree::read(&root.join(".cimaise-cache/store"));
    let options = cimaise::Options {
        output: root.join("build"),
        cache: root.join(".cimaise-cache"),
        site: root.clone(),
        explain: false,
        skip_video: true,
        keep_going: false,
    };
    let verify = || {
        let machine = cimaise::Machine::new(cimaise::Limits { jobs: 1, memory: 256 << 20 }, &cimaise::Silent);
        cimaise::verify(&options, cimaise::Checks::default(), &machine, &mut cimaise::Report::default()).is_ok()
    };
    for kind in [FaultKind::Io, FaultKind::TooManyFiles, FaultKind::Denied] {
        let count = watch(&root, Fault { kind, at: 0, lasting: false });
        assert!(verify());
        let calls = count.calls();
        drop(count);
        for at in 1..=calls {
            let fault = watch(&root, Fault { kind, at, lasting: false });
            verify();
            drop(fault);
            Tree::read(&root.join("build")).assert_equal(&expected, &format!("{kind:?} at {at} of {calls}"));
            Tree::read(&root.join(".cimaise-cache/store"))
                .assert_equal(&stored, &format!("{kind:?} at {at} of {calls}"));
        }
    }
}
