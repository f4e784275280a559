//! Power failures: nothing counts before it is on the disk, and lost files are made again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cimaise::testing::{Fault, FaultKind, watch};
use cimaise::{Limits, Machine, Options, Report, Silent};

use crate::support::picture::seeded;
use crate::support::{SiteBuilder, Tree};

fn site() -> SiteBuilder {
    SiteBuilder::gallery_of(&[("1.jpg", seeded(64, 48, 1)), ("2.jpg", seeded(48, 64, 2))])
        .file("site/static/notes.txt", b"as it is\n")
}

fn options(site: &SiteBuilder) -> Options {
    let root = site.root().canonicalize().expect("a folder");
    Options {
        output: root.join("build"),
        cache: root.join(".cimaise-cache"),
        site: root,
        explain: false,
        skip_video: true,
        keep_going: false,
    }
}

/// Runs a build in this process, where faults can be injected into calls.
fn build(options: &Options) -> bool {
    let machine = Machine::new(Limits { jobs: 1, memory: 256 << 20 }, &Silent);
    cimaise::build(options, &machine, &mut Report::default()).is_ok()
}

/// Whether a file has the time that marks its bytes as written to the disk.
fn is_sealed(path: &Path) -> bool {
    let seal = UNIX_EPOCH + Duration::from_secs(1_000_000_200);
    fs::metadata(path).expect("there").modified().expect("known") == seal
}

fn files(folder: &Path) -> Vec<PathBuf> {
    Tree::read(folder).paths().into_iter().map(|path| folder.join(path)).collect()
}

/// Replaces all bytes with zeros; length and time stay.
fn lose(path: &Path) {
    let metadata = fs::metadata(path).expect("there");
    let zeros = vec![0; usize::try_from(metadata.len()).expect("a short file")];
    let file = fs::File::options().write(true).open(path).expect("a file");
    std::io::Write::write_all(&mut &file, &zeros).expect("written");
    file.set_modified(metadata.modified().expect("known")).expect("set");
}

/// Simulates a power failure: all files that were not synced contain zeros.
fn fail_power(options: &Options) {
    for path in files(&options.output).into_iter().chain(files(&options.cache)) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if !is_sealed(&path) && ![".cimaise-manifest", "version"].contains(&name.as_str()) {
            lose(&path);
        }
    }
}

#[test]
fn whenever_the_power_fails_the_next_build_gives_the_bytes_of_an_undisturbed_one() {
    let site = site();
    let options = options(&site);
    let root = options.site.clone();
    let count = watch(&root, Fault { kind: FaultKind::Io, at: 0, lasting: false });
    assert!(build(&options));
    let calls = count.calls();
    drop(count);
    let expected = site.output();
    let mut unsealed = 0;
    // All calls near the end, where files are synced and sealed; some of the calls before.
    let moments = (1..calls).filter(|at| at % 17 == 0 || calls - at < 60);
    for at in moments {
        for folder in [&options.output, &options.cache] {
            let _ = fs::remove_dir_all(folder);
        }
        let gone = watch(&root, Fault { kind: FaultKind::Io, at, lasting: true });
        build(&options);
        drop(gone);
        let pictures =
            |folder: &Path| files(folder).into_iter().filter(|path| path.extension() == Some("jpg".as_ref()));
        if options.output.join("index.html").exists() {
            assert!(pictures(&options.output).count() > 0, "{at}");
            // The seal itself may be missing, but only the seal: it is set right before the pages get their names.
            unsealed += pictures(&options.output).filter(|path| !is_sealed(path)).count();
        }
        fail_power(&options);
        assert!(build(&options), "after call {at} of {calls}");
        site.output().assert_equal(&expected, &format!("after call {at} of {calls}"));
        assert!(pictures(&options.output).all(|path| is_sealed(&path)), "{at}");
    }
    assert_eq!(unsealed, 0);
}

#[test]
fn a_disk_that_fills_up_while_files_are_brought_to_it_leaves_no_seal() {
    let site = site();
    let options = options(&site);
    let root = options.site.clone();
    // Calls that allocate space, including those that sync files.
    let count = watch(&root, Fault { kind: FaultKind::Full, at: 0, lasting: false });
    assert!(build(&options));
    let calls = count.calls();
    drop(count);
    let expected = site.output();
    let mut full_at_once = 0;
    for at in 1..=calls {
        for folder in [&options.output, &options.cache] {
            let _ = fs::remove_dir_all(folder);
        }
        let full = watch(&root, Fault { kind: FaultKind::Full, at, lasting: true });
        build(&options);
        drop(full);
        if options.output.join("index.html").exists() {
            continue;
        }
        full_at_once += 1;
        fail_power(&options);
        assert!(build(&options), "{at} of {calls}");
        site.output().assert_equal(&expected, &format!("after call {at} of {calls}"));
    }
    assert!(full_at_once > 10, "{full_at_once}");
}

#[cfg(target_os = "linux")]
mod syncs {
    use std::process::Command;

    use super::site;
    use crate::support::SiteBuilder;

    /// Returns the number of syncs of a run; `None` if they cannot be counted.
    fn count(site: &SiteBuilder) -> Option<usize> {
        let log = site.root().join("../syncs");
        let program = site.command(&["build"]);
        let mut traced = Command::new("strace");
        traced.args(["-f", "-qq", "-e", "trace=fsync,fdatasync,syncfs,sync,sync_file_range", "-o"]).arg(&log);
        traced.arg(program.get_program()).args(program.get_args()).current_dir(site.root());
        let output = traced.output().ok()?;
        // Containers may forbid tracing.
        output
            .status
            .success()
            .then(|| std::fs::read_to_string(&log).ok())?
            .map(|log| log.lines().filter(|line| line.contains("sync")).count())
    }

    #[test]
    fn a_cold_build_waits_for_the_disk_a_few_times_and_one_with_nothing_to_do_never() {
        let site = site();
        let Some(cold) = count(&site) else { return };
        assert!((3..=6).contains(&cold), "{cold}");
        assert_eq!(count(&site), Some(0));
        site.delete("build");
        assert!(count(&site).is_some_and(|again| (2..=4).contains(&again)));
        assert_eq!(count(&site), Some(0));
    }
}

#[test]
fn what_a_killed_build_left_is_hashed_and_not_made_again() {
    let site = site();
    let options = options(&site);
    assert!(build(&options));
    let (made, reused) = site.build().made_and_reused();
    assert_eq!(made, 0);
    // As if the build had ended before all files were synced.
    for path in files(&options.cache.join("store")) {
        let file = fs::File::options().write(true).open(&path).expect("a file");
        file.set_modified(SystemTime::now()).expect("set");
    }
    assert_eq!(site.build().made_and_reused(), (0, reused));
    assert!(files(&options.cache.join("store")).iter().all(|path| is_sealed(path)));
}

/// Returns the number of reads from a file during a build with nothing to do, with a file of `len` bytes in `static/` and one in a
/// gallery.
fn reads_with(len: usize) -> usize {
    let site = site().file("site/static/large.bin", &vec![7; len]).file("site/static/deep/large.mp4", &vec![7; len]);
    let options = options(&site);
    // The first build writes; the second one confirms that the files have not changed since.
    for _ in 0..2 {
        assert!(build(&options));
        std::thread::sleep(Duration::from_millis(60));
    }
    let count = watch(&options.site, Fault { kind: FaultKind::ShortRead, at: 0, lasting: false });
    assert!(build(&options));
    count.calls()
}

#[test]
fn a_build_with_nothing_to_do_does_not_read_what_it_has_copied() {
    assert_eq!(reads_with(4 << 20), reads_with(100));
}

#[test]
fn a_copy_that_somebody_changed_is_made_again() {
    let site = site();
    let options = options(&site);
    for _ in 0..3 {
        assert!(build(&options));
        std::thread::sleep(Duration::from_millis(60));
    }
    let copy = options.output.join("static/notes.txt");
    lose(&copy);
    assert!(build(&options));
    assert_eq!(fs::read(&copy).expect("there"), b"as it is\n");
}
