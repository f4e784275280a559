//! Any call to the file system may fail, once or permanently: nothing wrong is published, no original changes, and the next run
//! produces the same bytes as without the fault.

use std::cell::Cell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use cimaise::testing::{Cache, Fault, FaultKind, sync, watch};
use cimaise::{Limits, Machine, Options, Report, Silent, Stop};

use crate::support::picture::seeded;
use crate::support::{Tree, everything_reachable_is_there};

/// A site with its cache and output, in a folder in which faults are injected.
struct Scene {
    // In memory if possible: the site is written some thousand times.
    _folder: tempfile::TempDir,
    root: PathBuf,
}

fn machine() -> Machine<'static> {
    Machine::new(Limits { jobs: 1, memory: 256 << 20 }, &Silent)
}

impl Scene {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = tempfile::tempdir_in(parent).expect("a folder");
        let root = folder.path().canonicalize().expect("a folder");
        let scene = Self { _folder: folder, root };
        scene.write("settings.yaml", b"title: Three\nrss: false\nsettings:\n  gm: {quality: 60}\n");
        scene.write("static/robots.txt", b"User-agent: *\n");
        scene.write("a/settings.yaml", FIRST_STORY.as_bytes());
        scene.write("b/settings.yaml", b"title: B\npublic: false\nsections:\n- type: text\n  text: Words\n");
        for (name, seed) in [("1", 1), ("2", 2), ("3", 3)] {
            scene.write(&format!("a/{name}.jpg"), &seeded(64, 48, seed).encode("jpg"));
        }
        // Every build reads recently changed files again; these files have to be older.
        std::thread::sleep(Duration::from_millis(60));
        scene
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join("site").join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    fn options(&self) -> Options {
        Options {
            site: self.root.join("site"),
            output: self.root.join("build"),
            cache: self.root.join("cache"),
            explain: false,
            skip_video: true,
            keep_going: false,
        }
    }

    fn build(&self) -> Result<(), String> {
        let mut report = Report::default();
        let result = cimaise::build(&self.options(), &machine(), &mut report);
        said(result, &report)
    }

    fn forget(&self) {
        for folder in ["build", "cache"] {
            let _ = fs::remove_dir_all(self.root.join(folder));
        }
    }

    fn output(&self) -> Tree {
        Tree::read(&self.root.join("build"))
    }

    fn originals(&self) -> Tree {
        Tree::read(&self.root.join("site"))
    }
}

const FIRST_STORY: &str = "title: A\ndate: 2024-05-01\ncover: 1.jpg\nsections:\n- type: pictures-group\n  images:\n  - [1.jpg, 2.jpg]\n- type: full-picture\n  image: 3.jpg\n";

const SECOND_STORY: &str = "title: A again\ndate: 2024-05-02\ncover: 2.jpg\nsections:\n- type: panorama\n  image: 3.jpg\n- type: bordered-picture\n  image: 2.jpg\n";

fn said<T>(result: Result<T, Stop>, report: &Report) -> Result<(), String> {
    match result {
        Ok(_) => Ok(()),
        Err(Stop::Site) => Err(format!("{:?}", report.diagnostics())),
        Err(Stop::Machine(failure)) => Err(format!("{failure:?}")),
    }
}

/// Returns the kinds of faults: each one once, and finally a device that fails permanently.
fn kinds() -> Vec<(FaultKind, bool)> {
    FaultKind::ALL
        .map(|kind| (kind, false))
        .into_iter()
        .chain([(FaultKind::Io, true), (FaultKind::Full, true)])
        .collect()
}

/// Runs `act` with a fault at one call, then `step` calls later, and so on, until there are no more calls. `prepare` runs before each.
fn at_every_call(
    (title, step): (&str, usize),
    root: &Path,
    prepare: impl Fn(usize),
    act: impl Fn() -> Result<(), String>,
    check: impl Fn(&str, bool),
) {
    let mut wrong = Vec::new();
    for (kind, lasting) in kinds() {
        let mut at = 0;
        let mut failed = 0;
        loop {
            at += step;
            prepare(at);
            let watching = watch(root, Fault { kind, at, lasting });
            let result = act();
            let calls = watching.calls();
            drop(watching);
            let what =
                format!("{kind:?}{} at call {at} of {calls}: {result:?}", if lasting { " for good" } else { "" });
            failed += usize::from(result.is_err());
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| check(&what, result.is_ok()))) {
                let why = panic.downcast_ref::<String>().cloned().unwrap_or_default();
                wrong.push(format!("{what}\n    {why}"));
            }
            assert!(at < 5000, "each fault makes the next run longer: {what}");
            if calls < at {
                assert!(result.is_ok(), "without a fault: {what}");
                break;
            }
        }
        println!("| {title} | {kind:?}{} | {} | {failed} |", if lasting { ", lasting" } else { "" }, at - step);
    }
    let count = wrong.len();
    wrong.truncate(20);
    assert!(wrong.is_empty(), "{count} wrong:\n{}", wrong.join("\n"));
}

/// Asserts recovery after a fault: published files are complete, the next run produces the expected bytes, and no original has changed.
fn recovers(scene: &Scene, expected: &Tree, originals: &Tree, what: &str, done: bool) {
    everything_reachable_is_there(&scene.root.join("build"));
    scene.originals().assert_equal(originals, what);
    if done {
        scene.output().assert_equal(expected, what);
    }
    scene.build().unwrap_or_else(|error| panic!("the next build fails: {error}"));
    scene.output().assert_equal(expected, "the next build");
    scene.originals().assert_equal(originals, "the next build");
}

#[test]
fn a_cold_build_survives_a_fault_at_every_call() {
    let scene = Scene::new();
    scene.build().expect("built");
    let (expected, originals) = (scene.output(), scene.originals());
    let check = |what: &str, done| recovers(&scene, &expected, &originals, what, done);
    at_every_call(("cold build", 1), &scene.root, |_| scene.forget(), || scene.build(), check);
}

#[test]
fn a_warm_build_survives_a_fault_at_every_call() {
    let scene = Scene::new();
    scene.build().expect("built");
    let (expected, originals) = (scene.output(), scene.originals());
    let check = |what: &str, done| recovers(&scene, &expected, &originals, what, done);
    at_every_call(("warm build", 1), &scene.root, |_| {}, || scene.build(), check);
}

#[test]
fn a_changed_build_survives_a_fault_at_every_call() {
    let scene = Scene::new();
    let change = |turn: usize| {
        let second = !turn.is_multiple_of(2);
        scene.write("a/settings.yaml", if second { SECOND_STORY } else { FIRST_STORY }.as_bytes());
        scene.write("a/2.jpg", &seeded(64, 48, if second { 20 } else { 2 }).encode("jpg"));
    };
    let expected = [0, 1].map(|turn| {
        change(turn);
        scene.build().expect("built");
        (scene.output(), scene.originals())
    });
    let turn = Cell::new(1);
    let prepare = |_| {
        turn.set(turn.get() + 1);
        change(turn.get());
    };
    let check = |what: &str, done| {
        let (output, originals) = &expected[turn.get() % 2];
        recovers(&scene, output, originals, what, done);
    };
    at_every_call(("changed build", 1), &scene.root, prepare, || scene.build(), check);
}

#[test]
fn a_story_that_is_synced_survives_a_fault_at_every_call() {
    let scene = Scene::new();
    let before = scene.originals();
    let sync = || {
        let mut report = Report::default();
        let result = sync(&scene.options(), "a", &machine(), &mut report);
        // A photo that cannot be read is left out with a warning, and is new to the next run.
        let result = if report.diagnostics().is_empty() { result } else { Err(Stop::Site) };
        said(result, &report)
    };
    scene.write("a/4.jpg", &seeded(64, 48, 4).encode("jpg"));
    sync().expect("synced");
    let after = scene.originals();
    assert_ne!(before.0["a/settings.yaml"], after.0["a/settings.yaml"], "there was something to do");
    let check = |what: &str, done| {
        let mut now = scene.originals();
        // Only the next run looks for an unfinished file.
        now.0.retain(|path, _| !path.contains(".cimaise-tmp-"));
        if done || now.0["a/settings.yaml"] != before.0["a/settings.yaml"] {
            now.assert_equal(&after, what);
        }
        now.0.remove("a/settings.yaml");
        let rest =
            |tree: &Tree| Tree(tree.0.clone().into_iter().filter(|(path, _)| path != "a/settings.yaml").collect());
        now.assert_equal(&rest(&after), what);
        sync().unwrap_or_else(|error| panic!("the next run fails: {error}"));
        assert_eq!(scene.originals().0["a/settings.yaml"], after.0["a/settings.yaml"], "the next run");
    };
    let prepare = |_| {
        for entry in fs::read_dir(scene.path("a")).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.to_string_lossy().contains(".cimaise-tmp-") {
                fs::remove_file(path).expect("removed");
            }
        }
        scene.write("a/settings.yaml", FIRST_STORY.as_bytes());
    };
    at_every_call(("sync", 1), &scene.root, prepare, sync, check);
}

#[test]
fn the_salt_survives_a_fault_at_every_call() {
    let scene = Scene::new();
    scene.write("b/settings.yaml", b"title: B\npublic: false\npassword: open sesame\nsections: []\n");
    scene.build().expect("built");
    let expected = scene.output();
    let salt = Cache::read_only(&scene.root.join("cache")).salt_path();
    let bytes = fs::read(&salt).expect("a salt");
    let check = |_: &str, done| {
        assert!(done || fs::read(&salt).is_ok_and(|now| now == bytes), "a salt that cannot be read is not made anew");
        scene.build().unwrap_or_else(|error| panic!("the next build fails: {error}"));
        scene.output().assert_equal(&expected, "the next build");
    };
    at_every_call(("salt", 1), &salt, |_| {}, || scene.build(), check);
}

#[test]
fn a_deployed_site_survives_a_fault_at_any_call() {
    if std::process::Command::new("rsync").arg("--version").output().is_err() {
        println!("skipped: there is no rsync on this machine");
        return;
    }
    let scene = Scene::new();
    let www = scene.root.join("www");
    scene.write(
        "settings.yaml",
        format!("title: Three\nsettings:\n  deploy: {{dest: '{}', delete: true}}\n", www.display()).as_bytes(),
    );
    let deploy = || {
        let mut report = Report::default();
        let result = cimaise::deploy(&scene.options(), false, &machine(), &mut report);
        said(result, &report)
    };
    fs::create_dir_all(www.join("b")).expect("a folder");
    fs::write(www.join("b/foreign.html"), "not ours").expect("a file");
    scene.build().expect("built");
    deploy().expect("deployed");
    let before = scene.root.join("www before");
    fs::rename(&www, &before).expect("renamed");
    scene.write("a/settings.yaml", SECOND_STORY.as_bytes());
    scene.build().expect("built");
    let prepare = |_| {
        let _ = fs::remove_dir_all(&www);
        let copied = std::process::Command::new("cp").arg("-a").args([&before, &www]).status();
        assert!(copied.expect("cp").success());
    };
    prepare(0);
    let (built, originals) = (scene.output(), scene.originals());
    deploy().expect("deployed");
    let expected = Tree::read(&www);
    assert!(built.0.keys().filter(|path| !path.starts_with('.')).all(|path| expected.0.contains_key(path)));
    let check = |what: &str, done| {
        everything_reachable_is_there(&www);
        assert_eq!(fs::read(www.join("b/foreign.html")).expect("it stays"), b"not ours");
        if done {
            Tree::read(&www).assert_equal(&expected, what);
        }
        deploy().unwrap_or_else(|error| panic!("the next run fails: {error}"));
        Tree::read(&www).assert_equal(&expected, "the next run");
        scene.originals().assert_equal(&originals, "the next run");
    };
    at_every_call(("deploy", 13), &scene.root, prepare, deploy, check);
}
