//! Builds on a machine that refuses threads, processes or memory.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use cimaise::testing::{Fault, FaultKind, watch};
use cimaise::{Limits, Machine, Options, Report, Silent};

use crate::support::picture::seeded;
use crate::support::{Run, SiteBuilder};

/// A user without other processes, so that process limits count only those of the test.
const NOBODY: &str = "54321";

fn small_site() -> SiteBuilder {
    SiteBuilder::gallery_of(&[
        ("1.jpg", seeded(300, 200, 1)),
        ("2.jpg", seeded(301, 200, 2)),
        ("3.jpg", seeded(302, 200, 3)),
    ])
}

/// Runs the program as a user with this limit on threads and processes, including the first; `None` if that is impossible here.
fn with_threads(site: &SiteBuilder, most: usize, args: &[&str]) -> Option<Run> {
    let run = |program: &mut Command| program.stdin(Stdio::null()).output().ok();
    run(Command::new("chown").args(["-R", NOBODY]).arg(site.root().parent()?)).filter(|run| run.status.success())?;
    let limited = |most: usize| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", NOBODY, "--clear-groups", "prlimit", &format!("--nproc={most}")]);
        command.arg(env!("CARGO_BIN_EXE_cimaise")).current_dir(site.root());
        command
    };
    run(limited(100).arg("--version")).filter(|run| run.status.success())?;
    run(limited(most).args(args)).map(Run::new)
}

#[test]
fn with_few_threads_or_none_a_build_gives_the_same() {
    let usual = small_site();
    usual.build();
    for most in [0, 1, 2, 3, 5, 9] {
        let site = small_site();
        let Some(run) = with_threads(&site, most, &["build", "-j8"]) else {
            eprintln!("skipped: threads cannot be limited here");
            return;
        };
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        run.success();
        assert!(site.output() == usual.output(), "{most} threads");
        for args in [&["check"][..], &["check", "--privacy"], &["autogen", "-d", "a", "--force"]] {
            with_threads(&site, most, args).expect("it worked before").success();
        }
    }
}

#[test]
fn a_preview_without_threads_says_so() {
    let site = small_site();
    site.build();
    let Some(run) = with_threads(&site, 4, &["serve", "--built", "-p", "0"]) else {
        eprintln!("skipped: threads cannot be limited here");
        return;
    };
    let run = run.exit(3);
    let expected = "error[machine/failed]: cannot listen on `127.0.0.1:0`: Resource temporarily unavailable (os error 11)\nhelp: raise the limit on \
                    processes and threads (`ulimit -u`; in a container `--pids-limit`), or end other programs\n";
    assert_eq!(run.stderr, expected);
}

#[test]
fn a_live_preview_without_threads_says_so() {
    for most in [1, 2, 3, 5] {
        let Some(run) = with_threads(&small_site(), most, &["serve", "-p", "0"]) else {
            eprintln!("skipped: threads cannot be limited here");
            return;
        };
        let said = run.exit(3).stderr;
        assert!(said.contains("error[machine/failed]: cannot ") && said.contains("`--pids-limit`"), "{said}");
    }
}

#[test]
fn a_video_without_a_process_for_ffmpeg_is_the_fault_of_the_machine() {
    let site = SiteBuilder::new()
        .settings("a/settings.yaml", "title: A\ncover: {name: v.mp4, type: video}\n")
        .settings("settings.yaml", "title: T\nsettings: {ffmpeg: {binary: /bin/true}}\n");
    site.write("a/v.mp4", b"\0\0\0\x0Cftypmp42");
    let Some(run) = with_threads(&site, 0, &["build", "-j1"]) else {
        eprintln!("skipped: threads cannot be limited here");
        return;
    };
    let run = run.exit(3);
    assert!(run.stderr.starts_with("error[machine/failed]: cannot run `"), "{}", run.stderr);
    assert!(run.stderr.contains("--pids-limit"), "{}", run.stderr);
}

/// Runs the program with this limit on its address space, in KiB.
fn in_space(site: &SiteBuilder, kibibytes: u32, args: &[&str]) -> Run {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {kibibytes}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_cimaise")]);
    Run::new(command.args(args).current_dir(site.root()).output().expect("a shell"))
}

#[test]
fn stacks_that_do_not_fit_are_threads_that_are_not_made() {
    let site = small_site();
    let run = in_space(&site, 500_000, &["build", "-v", "-j64"]).success();
    let line = run.stderr.lines().find(|line| line.ends_with(" of 64 threads could be started"));
    assert!(line.is_some(), "{}", run.stderr);
    let usual = small_site();
    usual.build();
    assert!(site.output() == usual.output());
}

#[test]
fn absurd_numbers_of_jobs_are_no_absurd_numbers_of_threads() {
    let site = small_site();
    for jobs in ["1000", "18446744073709551615"] {
        site.run(&["build", "-q", "-j", jobs]).success();
    }
    for (option, value) in [("-j", "0"), ("--memory", "0"), ("--memory", "99999999999g")] {
        site.run(&["build", option, value]).exit(2);
    }
    // Each photo needs more than the limit, and is rendered alone.
    site.delete(".cimaise-cache");
    site.run(&["build", "-q", "--memory", "1m"]).success();
    site.run(&["build", "-q", "--memory", "16000000000g"]).success();
}

#[test]
fn a_photo_that_needs_more_than_the_process_can_have_is_one_error_and_the_others_are_kept() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", seeded(300, 200, 1)), ("2.jpg", seeded(301, 200, 2))]);
    let chunk = |name: &[u8], data: &[u8]| [&(data.len() as u32).to_be_bytes()[..], name, data, b"sum."].concat();
    // A header alone: the program must not try to decode it.
    let header = chunk(b"IHDR", &[0, 0, 0x27, 0x10, 0, 0, 0x27, 0x10, 8, 2, 0, 0, 0]);
    let large = [b"\x89PNG\r\n\x1A\n", &header[..], &chunk(b"IDAT", b"")].concat();
    site.write("a/large.png", &large);
    let settings = fs::read_to_string(site.root().join("a/settings.yaml")).expect("settings");
    site.write("a/settings.yaml", format!("{settings}    - large.png\n").as_bytes());
    let run = in_space(&site, 1_000_000, &["build", "-j2", "--memory", "8g", "--format", "short"]).exit(1);
    let line = run.stderr.trim_end();
    assert!(
        line.starts_with("a/large.png: error[machine/memory]: rendering this photo needs 1658 MiB, more than the "),
        "{line}"
    );
    assert!(
        line.contains(" MiB that `ulimit` leaves to this process; raise the limit (`ulimit -v`), or save"),
        "{line}"
    );
    assert!(!site.root().join("build/index.html").exists());
    site.write("a/settings.yaml", settings.as_bytes());
    let (made, reused) = site.build().made_and_reused();
    assert!(made == 0 && reused > 0, "{made} made, {reused} reused");
}

#[test]
fn a_photo_that_is_longer_than_memory_is_not_read() {
    let site = small_site();
    let path = site.root().join("a/2.jpg");
    fs::OpenOptions::new().write(true).open(path).expect("opened").set_len(900 << 20).expect("lengthened");
    let run = in_space(&site, 700_000, &["build", "-j2", "--format", "short"]).exit(1);
    assert!(
        run.stderr.starts_with("a/2.jpg: error[machine/memory]: reading this photo needs 932 MiB, more than "),
        "{}",
        run.stderr
    );
}

#[test]
fn a_build_with_nothing_to_do_does_not_open_what_is_published_as_it_is() {
    let site = small_site();
    site.write("static/manual.pdf", b"%PDF-1.7");
    site.write("static/sky.jpg", &seeded(30, 20, 4).located().encode("jpg"));
    let root = fs::canonicalize(site.root()).expect("a path");
    let options = Options {
        site: root.clone(),
        output: root.join("build"),
        cache: root.join(".cimaise-cache"),
        explain: false,
        skip_video: false,
        keep_going: false,
    };
    let opened = || {
        // At call 0 nothing fails: calls are counted.
        let fault = Fault { kind: FaultKind::TooManyFiles, at: 0, lasting: false };
        let watching = ["static/manual.pdf", "static/sky.jpg"].map(|file| watch(&root.join(file), fault));
        let mut report = Report::default();
        let machine = Machine::new(Limits { jobs: 2, memory: 1 << 30 }, &Silent);
        cimaise::build(&options, &machine, &mut report).unwrap_or_else(|_| panic!("{:?}", report.diagnostics()));
        let warnings: Vec<_> = report.diagnostics().iter().map(|warning| warning.message.clone()).collect();
        assert_eq!(warnings, ["this file contains a location and is published unchanged"]);
        watching.iter().map(|watching| watching.calls()).sum::<usize>()
    };
    assert!(opened() > 0);
    // Files that have just been written are read again.
    let mut tries = 0;
    while opened() > 0 {
        tries += 1;
        assert!(tries < 100, "they are read in every build");
        sleep(Duration::from_millis(30));
    }
}

#[test]
fn a_machine_without_a_free_file_is_not_told_to_install_ffmpeg() {
    let site = SiteBuilder::new()
        .settings("a/settings.yaml", "title: A\npublic: false\nsections: [{type: audio, image: s.wav}]\n")
        .settings("settings.yaml", "title: T\nsettings: {ffmpeg_audio: {binary: /bin/true}}\n");
    site.write("a/s.wav", b"RIFF\x04\0\0\0WAVE");
    let mut met = false;
    for most in 3..40 {
        let mut command = Command::new("prlimit");
        command
            .arg(format!("--nofile={most}"))
            .arg(env!("CARGO_BIN_EXE_cimaise"))
            .arg("build")
            .current_dir(site.root());
        let Ok(output) = command.stdin(Stdio::null()).output() else {
            eprintln!("skipped: there is no `prlimit`");
            return;
        };
        let run = Run::new(output);
        if run.stderr.contains("os error 24") {
            met |= run.stderr.contains("cannot run `/bin/true`");
            assert!(run.stderr.contains("ulimit -n"), "{most}: {}", run.stderr);
            assert!(!run.stderr.contains("install ffmpeg"), "{most}: {}", run.stderr);
            run.exit(3);
        }
    }
    assert!(met, "no limit was met while ffmpeg was asked");
}
