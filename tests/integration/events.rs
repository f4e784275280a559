//! `--format json` is a stream of events, as docs/schema/events.json describes it.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::support::picture::seeded;
use crate::support::{Events, Picture, Run, SiteBuilder, quadrants};

fn photo() -> Picture {
    quadrants(320, 240)
}

fn site() -> SiteBuilder {
    SiteBuilder::gallery_of(&[("1.jpg", photo()), ("2.jpg", photo())])
}

/// Runs a command with `--format json` and returns its events.
#[track_caller]
fn events(site: &SiteBuilder, args: &[&str], code: i32) -> Events {
    let run = site.run(&[args, &["--format", "json"]].concat());
    assert_eq!(run.code, Some(code), "{}{}", run.stdout, run.stderr);
    Events::of(&run)
}

#[test]
fn a_build_is_a_stream_from_its_start_to_its_summary() {
    let site = site();
    site.write("a/settings.yaml", b"title: A\ncover: 1.jpg\ntitel: B\nsections: [{type: panorama, image: 2.jpg}]\n");
    let built = events(&site, &["build"], 0);
    let names = built.names();
    assert_eq!(names.first(), Some(&"start"));
    let start = built.named("start").next().expect("a start");
    assert_eq!((&start["version"], &start["command"]), (&1.into(), &"build".into()));
    let stages: BTreeSet<_> = built.named("progress").map(|event| event["stage"].as_str().expect("a stage")).collect();
    assert!(stages.contains("photos") && stages.contains("files"), "{stages:?}");
    let warning = built.named("diagnostic").next().expect("a warning");
    assert_eq!((&warning["severity"], &warning["line"]), (&"warning".into(), &3.into()));
    assert_eq!(warning["file"], "a/settings.yaml");
    let result = &built.summary()["result"];
    assert_eq!((&result["galleries"], &result["photos"]), (&1.into(), &2.into()));
    // The last progress of a stage states that the stage is complete.
    let last = built.named("progress").filter(|event| event["stage"] == "photos").last().expect("progress");
    assert_eq!(last["done"], last["total"]);
}

#[test]
fn quiet_streams_have_no_progress_and_verbose_ones_have_notes() {
    let site = site();
    let quiet = events(&site, &["build", "--quiet"], 0);
    assert_eq!(quiet.names(), ["start", "summary"]);
    let verbose = events(&site, &["build", "--verbose"], 0);
    assert!(verbose.named("note").any(|note| note["message"].as_str().is_some_and(|line| line.contains("MiB"))));
}

#[test]
fn explanations_are_events() {
    let site = site();
    let first = events(&site, &["build", "--explain"], 0);
    assert!(first.named("rendition").count() >= 2);
    assert!(first.named("rendition").all(|event| event["reused"] == false && event["reason"] == "the photo is new"));
    let again = events(&site, &["build", "--explain"], 0);
    assert!(again.named("rendition").all(|event| event["reused"] == true && event["reason"].is_null()));
}

#[test]
fn every_command_prints_a_stream_and_nothing_else() {
    let site = site();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut note = |events: Events| seen.extend(events.names().into_iter().map(str::to_owned));
    note(events(&site, &["check"], 0));
    assert_eq!(events(&site, &["clean"], 0).summary()["result"]["output"], serde_json::Value::Null);
    note(events(&site, &["build", "--explain", "-v"], 0));
    note(events(&site, &["check", "--privacy"], 0));
    note(events(&site, &["verify", "--sources"], 0));
    note(events(&site, &["autogen", "--all"], 0));
    site.write("a/3.jpg", &seeded(640, 480, 3).encode("jpg"));
    let synced = events(&site, &["sync", "-d", "a"], 0);
    let gallery = synced.named("gallery").next().expect("a gallery");
    assert_eq!((&gallery["folder"], &gallery["outcome"]), (&"a".into(), &"extended".into()));
    assert_eq!((&gallery["photos"], &synced.summary()["result"]["photos"]), (&1.into(), &1.into()));
    note(synced);
    let dry = events(&site, &["clean", "--cache", "--dry-run"], 0);
    assert!(dry.named("removal").count() > 5);
    assert_eq!(dry.summary()["result"]["output"]["remains"], serde_json::Value::Null);
    let gone = events(&site, &["clean", "--cache"], 0);
    assert_eq!(gone.summary()["result"]["cache"]["remains"], "nothing");
    let expected = ["start", "progress", "note", "rendition", "gallery", "summary"];
    for name in expected {
        assert!(seen.contains(name), "no {name} in {seen:?}");
    }
}

#[test]
fn a_new_site_is_a_stream() {
    let site = SiteBuilder::new().photo("b/1.jpg", photo());
    site.delete("settings.yaml");
    let begun = events(&site, &["init"], 0);
    assert_eq!(begun.named("gallery").map(|event| event["outcome"].clone()).collect::<Vec<_>>(), ["created"]);
    assert_eq!(begun.summary()["result"]["created"], 1);
    // A second time, the site exists.
    site.run(&["init", "--format", "json"]);
}

#[test]
fn personal_data_and_shown_texts_are_events() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", photo().located())]);
    let listed = events(&site, &["check", "--privacy"], 0);
    let found = listed.named("personal_data").next().expect("a location");
    assert_eq!((&found["in"], &found["file"]), (&"source".into(), &"a/1.jpg".into()));
    assert_eq!(found["found"][0]["what"], "location");
    assert_eq!(listed.summary()["result"]["sources"]["files_with_personal_data"], 1);
}

#[test]
fn a_mistake_ends_with_a_summary() {
    let site = site().settings("a/settings.yaml", "title: A\ncover: none.jpg\n");
    for command in ["build", "check"] {
        let failed = events(&site, &[command], 1);
        assert_eq!(failed.named("diagnostic").next().expect("an error")["code"], "file/missing");
        assert!(failed.summary()["result"].is_null());
    }
    let strict = self::site().settings("a/settings.yaml", "title: A\ncover: 1.jpg\ntitel: B\n");
    assert_eq!(
        events(&strict, &["build", "--strict"], 1).summary()["warnings"].as_u64().map(|count| count > 0),
        Some(true)
    );
    for args in [
        &["verify"][..],
        &["deploy"],
        &["sync", "-d", "none"],
        &["serve", "--built"],
        &["clean", "--cache", "--cache-dir", "a"],
    ] {
        assert_eq!(events(&site, args, 1).named("diagnostic").count(), 1, "{args:?}");
    }
}

#[test]
fn a_failure_of_the_machine_is_an_event_before_the_summary() {
    let site = site();
    let failed = events(&site, &["build", "--output", "settings.yaml/out"], 3);
    let names = failed.names();
    assert_eq!(names[names.len() - 2..], ["failure", "summary"]);
    let failure = failed.named("failure").next().expect("a failure");
    assert!(failure["path"].as_str().is_some_and(|path| path.contains("settings.yaml")), "{failure}");
    site.build();
    let failed = events(&site, &["preview", "--host", "192.0.2.1"], 3);
    assert_eq!(failed.names(), ["start", "failure", "summary"]);
}

#[test]
fn a_preview_prints_its_address_and_continues() {
    let site = site();
    site.build();
    for arguments in
        [&["serve", "-p", "0", "--format", "json"][..], &["preview", "--built", "-p", "0", "--format", "json"]]
    {
        let (text, stderr) = until_it_listens(&site, arguments);
        assert_eq!(stderr, "");
        let events = Events::read(&text);
        assert_eq!(events.named("start").next().expect("a start")["command"], "serve");
        let listening = events.named("listening").next().expect("an address");
        assert!(listening["url"].as_str().is_some_and(|url| url.starts_with("http://127.0.0.1:")), "{listening}");
    }
}

/// Starts a server and kills it when it listens; returns what it printed to stdout and to stderr.
fn until_it_listens(site: &SiteBuilder, arguments: &[&str]) -> (String, String) {
    let mut command = site.command(arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut text = String::new();
    while !text.contains("\"listening\"") {
        assert!(lines.read_line(&mut text).expect("a line") > 0, "{text}");
    }
    child.kill().expect("killed");
    let stderr = std::io::read_to_string(child.stderr.take().expect("a pipe")).expect("text");
    child.wait().expect("it ends");
    (text, stderr)
}

#[test]
fn a_wrong_command_line_is_no_stream() {
    let Run { code, stdout, stderr } = site().run(&["build", "--format", "json", "--jobs", "none"]);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.starts_with("error: "), "{stderr}");
}

#[test]
fn the_program_prints_its_schemas() {
    let site = site();
    for (name, file) in [
        ("site", include_str!("../../docs/schema/site.json")),
        ("gallery", include_str!("../../docs/schema/gallery.json")),
        ("events", include_str!("../../docs/schema/events.json")),
    ] {
        let run = site.run(&["schema", name]).success();
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (file, ""));
    }
    let open = site.run(&["schema", "gallery", "--templates"]).success().stdout;
    assert!(open.contains("\"additionalProperties\": true"), "{open}");
}
