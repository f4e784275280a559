//! `cimaise serve`: folders that are replaced, and files that the preview itself writes.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::live::{idle, serve, until};
use crate::support::http::Answer;
use crate::support::server::ServedSite;
use crate::support::{SiteBuilder, quadrants};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        match entry.file_type().expect("a type").is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).expect("copied")),
        }
    }
}

fn settings(title: &str) -> String {
    format!("title: {title}\ncover: 1.jpg\nsections:\n- {{type: bordered-picture, image: 1.jpg}}\n")
}

/// Saves titles of the gallery `a`, and waits until the page shows each.
fn saves_are_seen(server: &ServedSite, titles: &[&str]) {
    for title in titles {
        server.site.write("a/settings.yaml", settings(title).as_bytes());
        until(server, "/a/", |answer: &Answer| answer.text().contains(&format!("<h1>{title}")));
    }
}

fn one_photo() -> SiteBuilder {
    SiteBuilder::gallery_of(&[("1.jpg", quadrants(64, 48))])
}

#[test]
fn a_gallery_that_is_replaced_is_followed() {
    let server = serve(one_photo());
    saves_are_seen(&server, &["One"]);
    let (gallery, copied) = (server.site.root().join("a"), server.site.root().join("../copied"));
    copy(&gallery, &copied);
    fs::remove_dir_all(&gallery).expect("removed");
    copy(&copied, &gallery);
    saves_are_seen(&server, &["Two"]);
    // By rename: the names of the folders do not change.
    fs::rename(&gallery, server.site.root().join("../former")).expect("renamed");
    fs::rename(&copied, &gallery).expect("renamed");
    saves_are_seen(&server, &["Three", "Four"]);
}

#[test]
fn a_site_that_is_replaced_is_followed() {
    let site = one_photo();
    let mut command = site.command(&["serve", "site", "-p", "0"]);
    command.current_dir(site.root().join(".."));
    let server = ServedSite::of(site, command);
    saves_are_seen(&server, &["One"]);
    let root = server.site.root().to_owned();
    let [copied, former] = ["copied", "former"].map(|name| root.with_file_name(name));
    copy(&root, &copied);
    fs::rename(&root, &former).expect("renamed");
    fs::rename(&copied, &root).expect("renamed");
    saves_are_seen(&server, &["Two", "Three"]);
    fs::remove_dir_all(&root).expect("removed");
    copy(&former, &root);
    saves_are_seen(&server, &["Four", "Five"]);
}

#[test]
fn the_output_of_the_preview_is_no_change_of_the_site() {
    let site = one_photo();
    let log = site.root().join("serve.log");
    let file = File::create(&log).expect("a file");
    let output = (file.try_clone().expect("a copy"), file);
    let mut command = site.command(&["serve", "-p", "0"]);
    let child = command.stdout(output.0).stderr(output.1).stdin(Stdio::null()).spawn().expect("it runs");
    let address = address(&log);
    let server = ServedSite { site, child, address };
    saves_are_seen(&server, &["One", "Two", "Three"]);
    idle(&server);
    let said = fs::read_to_string(&log).expect("the output");
    assert!(said.contains("updated in") && !said.contains("serve.log: "), "{said}");
}

/// Waits for the address of the server.
fn address(log: &Path) -> String {
    loop {
        let first = BufReader::new(File::open(log).expect("the output")).lines().next();
        if let Some(Ok(line)) = first
            && let Some((address, _)) = line.strip_prefix("http://").and_then(|rest| rest.split_once('/'))
        {
            return address.replace("localhost", "127.0.0.1");
        }
        std::thread::yield_now();
    }
}

#[test]
fn a_cache_that_is_deleted_meanwhile_is_a_cache_again() {
    let server = serve(one_photo());
    until(&server, "/a/", |answer: &Answer| answer.status == 200);
    idle(&server);
    fs::remove_dir_all(server.site.root().join(".cimaise-cache")).expect("removed");
    server.site.write("a/1.jpg", &quadrants(80, 60).encode("jpg"));
    until(&server, "/a/", |answer: &Answer| answer.text().contains("80x60"));
    idle(&server);
    server.site.build();
}
