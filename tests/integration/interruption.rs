//! Killed at any moment, the next run completes the job; until then every page links only to files that exist.

#[cfg(target_os = "linux")]
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::support::picture::seeded;
use crate::support::{SiteBuilder, every_link_leads_somewhere};

fn photos(seed: u32) -> Vec<(&'static str, crate::support::Picture)> {
    ["1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg", "6.jpg"]
        .into_iter()
        .zip(seed..)
        .map(|(name, seed)| (name, seeded(900, 700, seed)))
        .collect()
}

#[test]
fn killed_at_any_moment_the_next_build_gives_the_same_output() {
    let undisturbed = SiteBuilder::gallery_of(&photos(0));
    undisturbed.build();
    let expected = undisturbed.output();

    let site = SiteBuilder::gallery_of(&photos(0));
    let mut killed = 0;
    for milliseconds in [1, 3, 6, 10, 15, 22, 30, 40, 55, 75, 100, 140, 200, 300] {
        if killed % 3 == 0 {
            let _ = std::fs::remove_dir_all(site.root().join(".cimaise-cache"));
        }
        let mut child =
            site.command(&["build"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
        thread::sleep(Duration::from_millis(milliseconds));
        if child.try_wait().expect("a child").is_none() {
            child.kill().expect("killed");
            killed += 1;
        }
        child.wait().expect("a child");
        every_link_leads_somewhere(&site.root().join("build"));
    }
    assert!(killed > 0, "the builds were too quick to be killed");
    site.build();
    site.output().assert_equal(&expected, "after being killed");
}

#[test]
fn killed_while_replacing_an_older_site_leaves_no_rest_of_it() {
    let site = SiteBuilder::gallery_of(&photos(100));
    site.build();
    for (name, picture) in photos(0) {
        site.write(&format!("a/{name}"), &picture.encode("jpg"));
    }
    for milliseconds in [20, 60, 120] {
        let mut child =
            site.command(&["build"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program runs");
        thread::sleep(Duration::from_millis(milliseconds));
        let _ = child.kill();
        child.wait().expect("a child");
        every_link_leads_somewhere(&site.root().join("build"));
    }
    site.build();
    let undisturbed = SiteBuilder::gallery_of(&photos(0));
    undisturbed.build();
    site.output().assert_equal(&undisturbed.output(), "over an older site");
}

/// As in a container: the kernel ignores unhandled signals to the first process of a namespace.
#[cfg(target_os = "linux")]
#[test]
fn the_first_process_of_a_container_ends_when_it_is_asked_to() {
    const FIRST: [&str; 5] = ["--user", "--map-root-user", "--pid", "--fork", "--"];
    let possible = Command::new("unshare").args(FIRST).arg("true").stderr(Stdio::null()).status();
    if !possible.is_ok_and(|status| status.success()) {
        // This machine does not support namespaces; `.ci/container` tests the same in a real container.
        return;
    }
    let site = SiteBuilder::gallery_of(&photos(0));
    for (signal, code) in [("TERM", 143), ("INT", 130)] {
        let _ = std::fs::remove_dir_all(site.root().join(".cimaise-cache"));
        let mut command = Command::new("unshare");
        command.args(FIRST).args([env!("CARGO_BIN_EXE_cimaise"), "build", "--jobs", "1"]);
        command.current_dir(site.root()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut parent = command.spawn().expect("it runs");
        while !site.root().join(".cimaise-cache/store").exists() {
            assert!(parent.try_wait().expect("a child").is_none(), "it ended before it began");
            thread::sleep(Duration::from_millis(1));
        }
        let children = format!("/proc/{0}/task/{0}/children", parent.id());
        let first = std::fs::read_to_string(children).expect("the kernel tells of children");
        Command::new("kill").args(["-s", signal, first.trim()]).status().expect("kill runs");
        assert_eq!(parent.wait().expect("a child").code(), Some(code), "after {signal}");
    }
    site.build();
}
