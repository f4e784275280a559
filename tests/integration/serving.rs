//! The web server of `serve --built`, over connections of its own: what browsers need, and what hostile clients try.

use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener};
use std::process::Command;
use std::time::Duration;

use crate::support::http::Answer;
use crate::support::server::ServedSite;
use crate::support::{SiteBuilder, quadrants};

/// A text that is long enough to be compressed.
const LONG: &str = "user { content: and again } ";

fn start(args: &[&str]) -> ServedSite {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
    site.build();
    site.write("build/long.css", LONG.repeat(200).as_bytes());
    site.write("build/film.mp4", &(0..=255).cycle().take(600_000).collect::<Vec<u8>>());
    site.write("build/empty.txt", b"");
    let command = site.command(&[&["serve", "--built"], args].concat());
    ServedSite::of(site, command)
}

fn small() -> ServedSite {
    start(&["-p", "0"])
}

#[test]
fn pages_come_with_type_length_and_validators() {
    let preview = small();
    let page = preview.get("/a/", "");
    assert_eq!((page.status, page.text()), (200, preview.site.page("a/index.html")));
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert!(page.header("last-modified").is_some() && page.header("date").is_some(), "{:?}", page.head);
    assert!(page.header("etag").is_some_and(|tag| tag.starts_with("W/\"")), "{:?}", page.head);
    let film = preview.get("/film.mp4", "");
    assert_eq!((film.header("content-type"), film.header("accept-ranges")), (Some("video/mp4"), Some("bytes")));
    assert!(film.header("etag").is_some_and(|tag| tag.starts_with('"')) && film.body.len() == 600_000);
    let head = preview.ask("HEAD /film.mp4 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!((head.status, head.header("content-length")), (200, Some("600000")));
}

#[test]
fn a_browser_that_has_the_latest_build_is_told_so() {
    let preview = small();
    for path in ["/", "/film.mp4"] {
        let first = preview.get(path, "");
        let (tag, time) = (first.header("etag").expect("a tag"), first.header("last-modified").expect("a time"));
        let conditions = [format!("If-None-Match: \"x\", {tag}\r\n"), format!("If-Modified-Since: {time}\r\n")];
        for condition in conditions {
            let again = preview.get(path, &condition);
            assert_eq!((again.status, again.header("etag"), again.body.len()), (304, Some(tag), 0), "{condition}");
            assert_eq!(again.header("cache-control"), Some("no-cache"));
        }
        for condition in ["If-None-Match: \"x\"\r\n", "If-Modified-Since: Mon, 30 Nov 2020 12:00:00 GMT\r\n"] {
            assert_eq!(preview.get(path, condition).status, 200, "{condition}");
        }
        // The validator counts, not the date.
        assert_eq!(preview.get(path, &format!("If-None-Match: \"x\"\r\nIf-Modified-Since: {time}\r\n")).status, 200);
    }
    preview.site.write("build/film.mp4", b"another");
    let first = preview.get("/film.mp4", "If-None-Match: \"x\"\r\n");
    assert_eq!(first.text(), "another");
}

#[test]
fn films_are_served_in_parts() {
    let preview = small();
    let part = |range: &str| {
        let answer = preview.get("/film.mp4", &format!("Range: {range}\r\n"));
        (answer.status, answer.header("content-range").unwrap_or_default().to_owned(), answer.body.len())
    };
    assert_eq!(part("bytes=2-5"), (206, "bytes 2-5/600000".to_owned(), 4));
    assert_eq!(part("bytes=0-"), (206, "bytes 0-599999/600000".to_owned(), 600_000));
    assert_eq!(part("bytes=599990-700000"), (206, "bytes 599990-599999/600000".to_owned(), 10));
    assert_eq!(part("bytes=-10"), (206, "bytes 599990-599999/600000".to_owned(), 10));
    assert_eq!(part("bytes=-700000"), (206, "bytes 0-599999/600000".to_owned(), 600_000));
    assert_eq!(part("bytes=600000-"), (416, "bytes */600000".to_owned(), 0));
    for ignored in ["items=0-", "bytes=-", "bytes=0-1,3-4", "bytes=x-", "nonsense"] {
        assert_eq!(part(ignored), (200, String::new(), 600_000), "{ignored}");
    }
    assert_eq!(preview.get("/film.mp4", "Range: bytes=258-260\r\n").body, [2, 3, 4]);
    let empty = preview.get("/empty.txt", "Range: bytes=0-\r\n");
    assert_eq!((empty.status, empty.header("content-length")), (200, Some("0")));
}

#[test]
fn a_part_of_another_version_is_not_continued() {
    let preview = small();
    let first = preview.get("/film.mp4", "");
    let (tag, time) = (first.header("etag").expect("a tag"), first.header("last-modified").expect("a time"));
    let status = |path: &str, condition: &str| {
        preview.get(path, &format!("Range: bytes=2-5\r\nIf-Range: {condition}\r\n")).status
    };
    assert_eq!([status("/film.mp4", tag), status("/film.mp4", time)], [206, 206]);
    assert_eq!([status("/film.mp4", "\"other\""), status("/film.mp4", "Mon, 30 Nov 2020 12:00:00 GMT")], [200, 200]);
    // A weak validator proves nothing about single bytes.
    let page = preview.get("/", "");
    assert_eq!(status("/", page.header("etag").expect("a tag")), 200);
    assert_eq!(preview.get("/film.mp4", "Range: bytes=700000-\r\nIf-Range: \"other\"\r\n").status, 200);
}

#[test]
fn texts_are_compressed_for_those_who_ask() {
    let preview = small();
    let plain = preview.get("/long.css", "");
    assert_eq!((plain.header("content-encoding"), plain.text()), (None, LONG.repeat(200)));
    assert_eq!(plain.header("vary"), Some("accept-encoding"));
    let small = preview.get("/long.css", "Accept-Encoding: gzip, br\r\n");
    assert_eq!((small.header("content-encoding"), small.header("content-length")), (Some("gzip"), None));
    assert!(small.header("etag") == plain.header("etag") && small.body.len() < 1000, "{:?}", small.head);
    let film = preview.get("/film.mp4", "Accept-Encoding: gzip\r\n");
    assert_eq!((film.header("content-encoding"), film.body.len()), (None, 600_000));
    assert_eq!(preview.get("/empty.txt", "Accept-Encoding: gzip\r\n").header("content-encoding"), None);
}

#[test]
fn one_connection_serves_many_requests() {
    let preview = small();
    let mut stream = preview.connect();
    let mut reader = BufReader::new(stream.try_clone().expect("cloned"));
    let request = "GET /a/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
    // One after the other, and then all at once.
    for _ in 0..3 {
        stream.write_all(request.as_bytes()).expect("sent");
        assert_eq!(Answer::read(&mut reader, false).status, 200);
    }
    stream.write_all(request.repeat(5).as_bytes()).expect("sent");
    for _ in 0..5 {
        assert_eq!(Answer::read(&mut reader, false).text(), preview.site.page("a/index.html"));
    }
    // Connections that were used once and stay open hold nobody up.
    let idle: Vec<_> = (0..100).map(|_| preview.connect()).collect();
    let stalled: Vec<_> = (0..8).map(|_| preview.connect()).collect();
    for mut stream in &stalled {
        stream.write_all(b"GET /film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    }
    assert_eq!(preview.get("/a/", "").status, 200);
    drop((idle, stalled));
}

#[test]
fn nothing_but_the_finished_site_is_within_reach() {
    let preview = small();
    preview.site.write("secret", b"x");
    preview.site.write("build/cache/version", b"cimaise cache 0\n");
    preview.site.write("build/cache/key", b"x");
    for path in [
        "/../secret",
        "/%2e%2e/secret",
        "/a/..%2f..%2fsecret",
        "/..%5csecret",
        "/.cimaise-manifest",
        "/.cimaise/events",
        "/.cimaise/x",
        "/.cimaise-cache/version",
        "/cache/key",
        "/none.jpg",
        "/a/index.html/",
        "/%00",
        "/%ff",
        "/a%0d%0aX:%20y",
    ] {
        assert_eq!(preview.get(path, "").status, 404, "{path}");
    }
}

#[test]
fn a_folder_is_found_at_its_slash_on_the_same_host() {
    let preview = small();
    let target = |path: &str| {
        let answer = preview.get(path, "");
        (answer.status, answer.header("location").unwrap_or_default().to_owned())
    };
    assert_eq!(target("/a"), (301, "/a/".to_owned()));
    assert_eq!(target("//a?x=1"), (301, "/a/?x=1".to_owned()));
    assert_eq!(target("http://localhost/a"), (301, "/a/".to_owned()));
    assert_eq!(target("http://localhost/a/").0, 200);
    std::fs::create_dir(preview.site.root().join("build/x\r\nSet-Cookie: a=b")).expect("made");
    let answer = preview.get("/x%0d%0aSet-Cookie:%20a=b", "");
    assert!(answer.status == 404 && answer.header("set-cookie").is_none(), "{:?}", answer.head);
}

#[test]
fn hostile_requests_are_refused_and_the_server_goes_on() {
    let preview = small();
    let long = "x".repeat(100_000);
    let many = "X: y\r\n".repeat(200);
    let of = |line: &str, headers: &str| format!("{line} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
    for (request, allowed) in [
        (of("GET /", "Content-Length: 99999999999999999\r\n"), &[413][..]),
        (of("GET /", "Content-Length: 99999999999999999999999\r\n"), &[400]),
        (of("GET /", "Content-Length: -1\r\n"), &[400]),
        (of("GET /", "Transfer-Encoding: chunked\r\n"), &[413]),
        (of("POST /", "Content-Length: 0\r\n"), &[405]),
        (of("POST /", "Content-Length: 5\r\n"), &[405]),
        (of("OPTIONS *", ""), &[405]),
        (of("DELETE /a/", ""), &[405]),
        (of("GET /", &format!("X: {long}\r\n")), &[431]),
        (of("GET /", &many), &[431]),
        (of(&format!("GET /{long}"), ""), &[414, 431]),
        (of("GET /\0", ""), &[400]),
        (of("GET a b", ""), &[400]),
        ("\x16\x03\x01\x02\0\x01\0\x01\r\n\r\n".to_owned(), &[400]),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), &[400]),
        (of("GET /", "Host: localhost\r\n"), &[400]),
        ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n".to_owned(), &[400]),
        ("GET / HTTP/3.7\r\nHost: localhost\r\n\r\n".to_owned(), &[400]),
    ] {
        let status = preview.ask(&request).status;
        assert!(allowed.contains(&status), "{status}: {}", request.chars().take(80).collect::<String>());
    }
    // Half a request, and then nothing.
    let mut half = preview.connect();
    half.write_all(b"GET / HT").expect("sent");
    half.shutdown(Shutdown::Write).expect("shut");
    assert_eq!(preview.get("/", "").status, 200);
}

#[test]
fn a_page_of_another_site_cannot_read_the_preview() {
    let preview = start(&["-p", "0", "--allow-host", "Studio.local"]);
    let status =
        |host: &str| preview.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status;
    for host in
        ["localhost", "localhost:1234", &preview.address, "127.0.0.1", "[::1]:80", "studio.local:9000", "a.localhost"]
    {
        assert_eq!(status(host), 200, "{host}");
    }
    for host in ["evil.example", "evil.example:9000", "192.0.2.1", "localhost.evil.example", "x.studio.local"] {
        assert_eq!(status(host), 421, "{host}");
    }
    let refusal = preview.ask("GET / HTTP/1.1\r\nHost: photos.example:80\r\nConnection: close\r\n\r\n");
    assert!(refusal.text().contains("--allow-host photos.example\n"), "{}", refusal.text());
    let target = "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(preview.ask(target).status, 421);
    let everywhere = start(&["-p", "0", "--host", "0.0.0.0"]);
    let status =
        |host: &str| everywhere.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status;
    assert_eq!([status("192.168.1.5:9000"), status("evil.example")], [200, 421]);
}

#[test]
fn an_unusable_name_is_a_mistake_in_the_arguments() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
    let run = site.run(&["serve", "--built", "--allow-host", "http://studio.local"]).exit(2);
    assert!(run.stderr.contains("expected a name without port and slashes"), "{}", run.stderr);
}

#[test]
fn a_port_in_use_is_replaced_only_if_nobody_chose_it() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
    site.build();
    let run = site.run(&["serve", "--built", "-p", &port]).exit(3);
    assert!(run.stderr.contains("choose another port with `--port`"), "{}", run.stderr);
    // Another test, or another program, may have 9000: one of the two previews gets a later port in any case.
    let first = start(&[]);
    let second = start(&[]);
    assert_ne!(first.address, second.address);
    assert_eq!([first.get("/", "").status, second.get("/", "").status], [200, 200]);
}

#[test]
fn a_browser_is_opened_on_request_and_its_absence_is_a_warning() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
    site.build();
    let mut command = site.command(&["serve", "--built", "-p", "0", "--open"]);
    command.env("PATH", "/nowhere");
    let mut preview = ServedSite::of(site, command);
    let mut line = String::new();
    let mut stderr = BufReader::new(preview.child.stderr.take().expect("piped"));
    stderr.read_line(&mut line).expect("a line");
    assert!(line.starts_with("warning[machine/no-browser]: cannot open a browser: `"), "{line}");
    assert_eq!(preview.get("/", "").status, 200);

    let (site, folder) =
        (SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]), tempfile::tempdir().expect("a folder"));
    site.build();
    let (program, note) = (folder.path().join("xdg-open"), folder.path().join("note"));
    std::fs::write(&program, format!("#!/bin/sh\necho \"$1\" > {}\n", note.display())).expect("written");
    assert!(Command::new("chmod").arg("+x").arg(&program).status().expect("it runs").success());
    let mut command = site.command(&["serve", "--built", "-p", "0", "--open"]);
    command.env("PATH", folder.path());
    let preview = ServedSite::of(site, command);
    let opened = (0..200).find_map(|_| {
        std::thread::sleep(Duration::from_millis(50));
        std::fs::read_to_string(&note).ok().filter(|text| text.ends_with('\n'))
    });
    assert_eq!(opened, Some(format!("http://{}/\n", preview.address)));
}

#[test]
fn without_descriptors_connections_wait() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(60, 40))]);
    site.build();
    let program = format!("ulimit -n 40; exec {} preview -p 0", env!("CARGO_BIN_EXE_cimaise"));
    let mut command = Command::new("sh");
    command.args(["-c", &program]).current_dir(site.root());
    let preview = ServedSite::of(site, command);
    let many: Vec<_> = (0..60).map(|_| preview.connect()).collect();
    std::thread::sleep(Duration::from_millis(300));
    drop(many);
    assert_eq!(preview.get("/", "").status, 200);
}

#[test]
fn a_signal_ends_the_preview_at_once() {
    let mut preview = small();
    let _open = preview.connect();
    let id = preview.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("it runs").success());
    // Returns when the process has ended.
    assert!(!preview.child.wait().expect("it ends").success());
}
