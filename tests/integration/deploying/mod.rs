//! Deployment of a site: it overwrites and deletes only files of an earlier deployment.

mod deleting;
mod refusing;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::{Events, SiteBuilder, Tree, quadrants};

fn story(name: &str) -> String {
    format!("title: A\ncover: {name}\nsections:\n- {{type: bordered-picture, image: {name}}}\n")
}

fn has_rsync() -> bool {
    let there = Command::new("rsync").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !there {
        println!("skipped: there is no rsync");
    }
    there
}

fn site(deploy: &str) -> SiteBuilder {
    let settings = format!("title: T\nurl: https://t.example\nsettings:\n  deploy: {{{deploy}}}\n");
    SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]).settings("settings.yaml", &settings)
}

/// Returns all files of a folder except cimaise's own lists.
fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = Tree::read(folder).0;
    files.remove(".cimaise-manifest");
    files.remove(".cimaise-deployed");
    files
}

#[test]
fn a_second_time_nothing_is_sent() {
    if !has_rsync() {
        return;
    }
    let site = site("dest: '../my web'");
    site.build();
    assert!(site.run(&["deploy"]).success().stdout.contains(" sent, 0 deleted"));
    let there = site.root().join("../my web");
    assert_eq!(files(&there), files(&site.root().join("build")));
    assert!(!there.join(".cimaise-manifest").exists());
    assert_eq!(site.run(&["deploy"]).success().stdout, "0 files sent, 0 deleted\n");
    // A page that changed, with the same length as before.
    site.write("a/settings.yaml", story("1.jpg").replace("title: A", "title: B").as_bytes());
    site.build();
    let dry = site.run(&["deploy", "--dry-run"]).success().stdout;
    assert!(dry.contains("send   a/index.html\n") && dry.contains("nothing was changed"), "{dry}");
    assert!(fs::read_to_string(there.join("a/index.html")).expect("there").contains("<title>A "));
    site.run(&["deploy"]).success();
    assert!(fs::read_to_string(there.join("a/index.html")).expect("there").contains("<title>B "));
}

#[cfg(unix)]
#[test]
fn another_host_is_reached_over_ssh_with_the_author_s_own_options() {
    if !has_rsync() {
        return;
    }
    let site =
        site("dest: ../far, ssh: true, username: alice, hostname: host.example, others: '-e \"../ssh -p 2222\"'");
    // A replacement for ssh: it logs its arguments, and runs the remote command on this machine.
    let script =
        "#!/bin/sh\necho \"$@\" >> ../asked\nwhile [ \"$1\" != host.example ]; do shift; done\nshift\nexec \"$@\"\n";
    let site = site.file("ssh", script.as_bytes());
    std::os::unix::fs::PermissionsExt::set_mode(
        &mut fs::metadata(site.root().join("../ssh")).expect("there").permissions(),
        0o755,
    );
    fs::set_permissions(site.root().join("../ssh"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("set");
    site.build();
    site.run(&["deploy"]).success();
    assert_eq!(files(&site.root().join("../far")), files(&site.root().join("build")));
    let asked = fs::read_to_string(site.root().join("../asked")).expect("asked");
    assert!(asked.starts_with("-p 2222 -l alice host.example rsync --server"), "{asked}");
    assert_eq!(site.run(&["deploy"]).success().stdout, "0 files sent, 0 deleted\n");
}

#[test]
fn what_cimaise_did_not_put_there_stays_and_is_counted() {
    if !has_rsync() {
        return;
    }
    let site = site("dest: ../web, delete: true").file("web/theirs.txt", b"x").file("web/a/old.jpg", b"x");
    let site = site.file("web/photos/2019/1.jpg", b"x").file("web/-n", b"x").file("web/static/css/a\nb*?[c].css", b"x");
    site.build();
    let before = files(&site.root().join("../web"));
    for _ in 0..2 {
        let said = site.run(&["deploy"]).success().stdout;
        assert!(
            said.contains(", 0 deleted\nkeeping 5 files at the destination that cimaise did not upload\n"),
            "{said}"
        );
        let there = files(&site.root().join("../web"));
        assert!(before.iter().all(|(path, bytes)| there.get(path) == Some(bytes)));
        assert_eq!(there.len(), before.len() + files(&site.root().join("build")).len());
    }
    let events = Events::of(&site.run(&["deploy", "--format", "json"]).success());
    assert_eq!(events.summary()["result"]["foreign"], 5);
    site.write("a/settings.yaml", story("1.jpg").replace("title: A", "title: New").as_bytes());
    site.build();
    let events = Events::of(&site.run(&["deploy", "--dry-run", "--format", "json"]).success());
    let sent: Vec<_> = events.named("transfer").map(|event| event["path"].as_str().expect("a path")).collect();
    assert!(sent.contains(&"a/index.html"), "{sent:?}");
}

/// Returns a site of two galleries, `a` and `b`, that is deployed to `web`.
fn with_two_galleries(web: &Path, deploy: &str) -> SiteBuilder {
    let site = site(&format!("dest: '{}'{deploy}", web.display()));
    let gallery = story("2.jpg").replace("title: A", "title: B");
    site.settings("b/settings.yaml", &gallery).photo("b/2.jpg", quadrants(64, 48))
}
