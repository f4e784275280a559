//! Messages of the program inside a container, and the way in which it writes them.
//!
//! The variable `container` simulates one; `benches/containers.py` uses real ones.

use std::io::{BufRead, BufReader, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixDatagram;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::{Run, SiteBuilder, quadrants};

/// A user who owns no files.
const NOBODY: u32 = 54321;

fn site() -> SiteBuilder {
    SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))])
}

fn inside(site: &SiteBuilder, args: &[&str]) -> Command {
    let mut command = site.command(args);
    command.env("container", "podman");
    command
}

fn run_inside(site: &SiteBuilder, args: &[&str]) -> Run {
    Run::new(inside(site, args).output().expect("the program runs"))
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Returns the text that a preview prints to stderr and, in one line, to stdout. `is_inside`: whether it runs in a container.
fn preview(site: &SiteBuilder, is_inside: bool, args: &[&str]) -> (String, String) {
    let args = [&["serve", "--built", "-p", "0"], args].concat();
    let mut command = if is_inside { inside(site, &args) } else { site.command(&args) };
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let (stdout, stderr) = (child.stdout.take().expect("piped"), child.stderr.take().expect("piped"));
    let running = Running(child);
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    drop(running);
    let mut said = String::new();
    BufReader::new(stderr).read_to_string(&mut said).expect("text");
    (said, line)
}

#[test]
fn a_preview_in_a_container_says_that_nobody_outside_can_open_its_loopback_address() {
    let site = site();
    site.build();
    let (said, line) = preview(&site, true, &[]);
    assert!(said.contains("browsers outside the container cannot open"), "{said}");
    assert!(said.contains("--host 0.0.0.0") && said.contains("-p 127.0.0.1:"), "{said}");
    assert!(line.starts_with("http://127.0.0.1:"), "{line}");
    assert_eq!(preview(&site, false, &[]).0, "");
    let (said, line) = preview(&site, true, &["--host", "0.0.0.0"]);
    assert_eq!(said, "");
    assert!(line.starts_with("http://localhost:") && line.contains("-p 127.0.0.1:"), "{line}");
}

#[test]
fn the_address_that_is_printed_can_be_opened() {
    let site = site();
    site.build();
    for host in ["0.0.0.0", "127.0.0.1", "localhost"] {
        let (_, line) = preview(&site, false, &["--host", host]);
        assert!(!line.contains("0.0.0.0"), "{line}");
        assert!(line.starts_with("http://"), "{line}");
    }
}

#[test]
fn every_command_says_what_to_mount_where_nothing_is() {
    let site = site();
    let empty = site.root().join("empty");
    std::fs::create_dir(&empty).expect("made");
    for args in [
        &["build"][..],
        &["check"],
        &["check", "--privacy"],
        &["serve", "--built"],
        &["serve"],
        &["deploy"],
        &["verify"],
        &["autogen", "--all"],
        &["sync", "--all"],
    ] {
        let run = Run::new(inside(&site, args).current_dir(&empty).output().expect("it runs")).exit(1);
        assert!(
            run.stderr.starts_with("error[site/empty-folder]: no site found: the folder `"),
            "{args:?}: {}",
            run.stderr
        );
        assert!(run.stderr.contains("-v FOLDER:/"), "{args:?}: {}", run.stderr);
    }
    let clean = Run::new(inside(&site, &["clean"]).current_dir(&empty).output().expect("it runs")).success();
    assert!(
        clean.stderr.starts_with("warning[site/empty-folder]: no site found") && clean.stderr.contains("-v FOLDER:/"),
        "{}",
        clean.stderr
    );
    // A volume for the cache is mounted, but the site is not.
    std::fs::create_dir(empty.join(".cimaise-cache")).expect("made");
    let run = Run::new(inside(&site, &["build"]).current_dir(&empty).output().expect("it runs")).exit(1);
    assert!(run.stderr.starts_with("error[site/empty-folder]: no site found"), "{}", run.stderr);
    let outside = site.run(&["check", "empty/.cimaise-cache"]).exit(1).stderr;
    assert!(outside.contains("`cimaise init`") && !outside.contains("-v FOLDER"), "{outside}");
}

#[test]
fn programs_that_are_missing_in_a_container_are_in_another_image() {
    let video = SiteBuilder::new()
        .settings("a/settings.yaml", "title: A\ncover: {name: v.mp4, type: video}\n")
        .settings("settings.yaml", "title: T\nsettings: {deploy: {dest: ../web}}\n");
    video.write("a/v.mp4", b"\0\0\0\x0Cftypmp42");
    let run = Run::new(inside(&video, &["build"]).env("PATH", "/nowhere").output().expect("it runs")).exit(1);
    let image = format!("`{}`", cimaise::testing::IMAGE_WITH_PROGRAMS);
    assert!(run.stderr.contains(&image) && run.stderr.contains("--skip-video"), "{}", run.stderr);

    let site = site().settings("settings.yaml", "title: T\nsettings: {deploy: {dest: ../web}}\n");
    site.build();
    let run = Run::new(inside(&site, &["deploy"]).env("PATH", "/nowhere").output().expect("it runs")).exit(3);
    assert!(run.stderr.contains(&image) && !run.stderr.contains("brew"), "{}", run.stderr);
}

#[test]
fn a_link_out_of_the_mount_names_the_second_mount_and_follow_links() {
    let site = site();
    std::os::unix::fs::symlink("/photos/2024", site.root().join("a/archive")).expect("linked");
    std::os::unix::fs::symlink("gone.jpg", site.root().join("a/old.jpg")).expect("linked");
    let run = run_inside(&site, &["check", "--format", "short"]).success();
    let line = |name: &str| run.stderr.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
    let archive = line("a/archive: ");
    assert!(archive.contains("in this container: its target is outside the site, at `/photos/2024`"), "{}", run.stderr);
    assert!(archive.contains("-v 'FOLDER:/photos/2024:ro'") && archive.contains("`follow_links: true`"), "{archive}");
    assert!(line("a/old.jpg: ").contains("broken link; remove it, or restore"), "{}", run.stderr);
    let outside = site.run(&["check", "--format", "short"]).success().stderr;
    assert!(!outside.contains("FOLDER"), "{outside}");
}

/// Runs the program as a user who owns no files; `None` if that is impossible here.
fn as_nobody(site: &SiteBuilder, is_inside: bool, args: &[&str]) -> Option<Run> {
    // Every user may enter the folders on the way to the site.
    chmod(site.root().parent()?, "a+rx")?;
    let mut command = if is_inside { inside(site, args) } else { site.command(args) };
    Some(Run::new(command.uid(NOBODY).gid(NOBODY).output().ok()?))
}

fn chmod(path: &Path, mode: &str) -> Option<()> {
    Command::new("chmod").arg(mode).arg(path).status().ok()?.success().then_some(())
}

#[test]
fn a_folder_of_somebody_else_names_the_owner_and_oneself() {
    let site = site();
    let Some(run) = as_nobody(&site, true, &["build"]) else {
        eprintln!("skipped: no other user can be had here");
        return;
    };
    let run = run.exit(3);
    let help = run.stderr.lines().find(|line| line.starts_with("help: ")).unwrap_or_default();
    assert!(help.contains("belongs to user ") && help.contains("and cimaise runs as user 54321"), "{}", run.stderr);
    let outside = as_nobody(&site, false, &["build"]).expect("it worked before").exit(3).stderr;
    assert!(outside.contains("run cimaise as its owner") && !outside.contains("--user"), "{outside}");
    // No message suggests taking ownership of files that cimaise did not make.
    assert!(!outside.contains("chown"), "{outside}");
    // A photo that only its owner may read.
    chmod(&site.root().join("a/1.jpg"), "600").expect("set");
    let run = as_nobody(&site, true, &["check"]).expect("it worked before").exit(1);
    assert!(run.stderr.contains("/a/1.jpg` belongs to user ") && !run.stderr.contains("--output"), "{}", run.stderr);
}

#[test]
fn a_cache_on_another_file_system_is_copied_and_verbose_says_so() {
    let site = site();
    let Ok(elsewhere) = tempfile::tempdir_in("/dev/shm") else {
        eprintln!("skipped: there is one file system only");
        return;
    };
    let cache = elsewhere.path().join("cache");
    let cache = cache.to_str().expect("text");
    let args = ["build", "-v", "--cache-dir", cache];
    let run = site.run(&args).success();
    let note =
        " were copied from the cache, not linked, and take room twice: the cache and the output are on different";
    let is_apart = std::os::unix::fs::MetadataExt::dev(&elsewhere.path().metadata().expect("there"))
        != std::os::unix::fs::MetadataExt::dev(&site.root().metadata().expect("there"));
    assert_eq!(run.stderr.contains(note), is_apart, "{}", run.stderr);
    assert!(!site.run(&args).success().stderr.contains(note), "nothing is copied a second time");
    site.delete("build");
    assert!(!site.run(&["build", "-v"]).success().stderr.contains(note), "linked");
}

/// Returns the separate writes of the program to stdout and stderr.
fn writes(mut command: Command) -> (Vec<String>, Vec<String>) {
    let (ours, theirs) = UnixDatagram::pair().expect("a pair of sockets");
    let (ours_too, theirs_too) = UnixDatagram::pair().expect("a pair of sockets");
    command.stdout(Stdio::from(OwnedFd::from(theirs))).stderr(Stdio::from(OwnedFd::from(theirs_too)));
    let mut child = command.stdin(Stdio::null()).spawn().expect("it runs");
    drop(command);
    let listen = |socket: UnixDatagram| {
        move || {
            let (mut all, mut buffer) = (Vec::new(), vec![0; 1 << 20]);
            // The program has ended when no process can write any more.
            while let Ok(length) = socket.recv(&mut buffer) {
                if length == 0 {
                    break;
                }
                all.push(String::from_utf8_lossy(&buffer[..length]).into_owned());
            }
            all
        }
    };
    for socket in [&ours, &ours_too] {
        socket.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
    }
    let ends = [&ours, &ours_too].map(|socket| socket.try_clone().expect("cloned"));
    let (stdout, stderr) = (std::thread::spawn(listen(ours)), std::thread::spawn(listen(ours_too)));
    child.wait().expect("it ends");
    for end in ends {
        // Data that was sent can still be received.
        end.shutdown(std::net::Shutdown::Read).expect("ended");
    }
    (stdout.join().expect("no panic"), stderr.join().expect("no panic"))
}

#[test]
fn each_message_is_one_write() {
    let site = site();
    site.write("a/notes.svg", b"x");
    for number in 0..20 {
        std::os::unix::fs::symlink("gone", site.root().join(format!("a/{number}.jpg.lnk"))).expect("linked");
    }
    for format in ["human", "short", "json"] {
        let (stdout, stderr) = writes(site.command(&["build", "--format", format, "-v"]));
        let is_stream = format == "json";
        let messages = if is_stream { &stdout } else { &stderr };
        let messages = messages.iter().filter(|text| text.contains("broken link")).count();
        assert!(messages >= 20, "{stderr:#?}");
        for text in stdout.iter().chain(&stderr) {
            assert!(text.ends_with('\n'), "{format}: {text:?} of {stderr:#?}");
            let heads = text.lines().filter(|line| line.contains("warning")).count();
            assert!(heads <= 1, "{format}: {text:?}");
        }
        match is_stream {
            true => assert!(stderr.is_empty() && stdout.iter().all(|text| text.lines().count() == 1), "{stdout:?}"),
            false => assert_eq!(stdout.len(), 1, "{stdout:?}"),
        }
    }
    let (stdout, stderr) = writes(site.command(&["build", "--jobs", "none"]));
    assert_eq!((stdout.len(), stderr.len()), (0, 1), "{stderr:?}");
    let (stdout, stderr) = writes(site.command(&["--help"]));
    assert_eq!((stdout.len(), stderr.len()), (1, 0), "{stdout:?}");
}
