//! Killed at any moment, the next run finishes the job; and until then every page links only to files that exist.

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
