//! The web server with a site in memory that changes, as a live preview has one.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use cimaise::testing::{Bytes, Events, Resource, Served, Server, Subscription, UrlPath};

use crate::support::http::{Answer, ask, connect};

/// A site in memory that changes.
#[derive(Default)]
struct Changing(Events);

impl Served for Changing {
    fn may_take_long(&self, path: &UrlPath) -> bool {
        path.file().ends_with(".mp4")
    }

    fn resource(&self, path: &UrlPath) -> Resource {
        match path.file().as_str() {
            "index.html" => Resource::Bytes { bytes: Bytes::from_static(b"<p>made"), media_type: "text/html" },
            "photo.jpg" => Resource::Bytes { bytes: Bytes::from_static(b"0123456789"), media_type: "image/jpeg" },
            "broken" => Resource::Failed("It is broken.".to_owned()),
            "panic" => panic!("on purpose"),
            "endless.mp4" => loop {
                std::thread::park();
            },
            _ => Resource::Nothing,
        }
    }

    fn own_resource(&self, name: &str, query: &str) -> Resource {
        let bytes = Bytes::from(format!("{name}?{query}"));
        Resource::Bytes { bytes, media_type: "text/javascript" }
    }

    fn events(&self, query: &str) -> Option<Subscription> {
        Some(self.0.subscribe().beginning_with("hello", query))
    }
}

/// Starts a server that ends with the test's process.
fn changing() -> (String, Events) {
    let server = Server::bind(SocketAddr::from(([127, 0, 0, 1], 0)), &[]).expect("it listens");
    let (address, site) = (server.address().to_string(), Changing::default());
    let events = site.0.clone();
    std::thread::spawn(move || server.run(Arc::new(site)));
    (address, events)
}

fn get(address: &str, path: &str, headers: &str) -> Answer {
    ask(address, format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").as_bytes())
}

#[test]
fn pages_are_answered_beside_any_number_of_files_that_take_long() {
    let (address, _) = changing();
    let head = b"GET /endless.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let streams: Vec<TcpStream> = (0..100).map(|_| connect(&address)).collect();
    streams.iter().for_each(|mut stream| stream.write_all(head).expect("sent"));
    assert_eq!(get(&address, "/", "").status, 200);
    // The browser has left, but the threads are still taken.
    drop(streams);
    assert_eq!(get(&address, "/", "").status, 200);
}

#[test]
fn content_in_memory_is_served_like_files() {
    let (address, _) = changing();
    let page = get(&address, "/", "");
    let tag = page.header("etag").expect("a tag").to_owned();
    assert!(page.text() == "<p>made" && tag.starts_with("W/\"") && page.header("last-modified").is_none());
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    let again = get(&address, "/", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!((again.status, again.header("etag")), (304, Some(&*tag)));
    let photo = get(&address, "/photo.jpg", "");
    let part = |condition: &str| get(&address, "/photo.jpg", &format!("Range: bytes=2-3\r\nIf-Range: {condition}\r\n"));
    assert_eq!(
        (part(photo.header("etag").expect("a tag")).text(), part("\"x\"").text()),
        ("23".to_owned(), "0123456789".to_owned())
    );
    let script = get(&address, "/.cimaise/live.js?page=/a/", "");
    assert_eq!((script.status, script.text()), (200, "live.js?page=/a/".to_owned()));
    let broken = get(&address, "/broken", "");
    assert_eq!((broken.status, broken.text()), (500, "It is broken.".to_owned()));
    assert_eq!([get(&address, "/panic", "").status, get(&address, "/", "").status], [500, 200]);
}

#[test]
fn events_reach_every_browser_in_order() {
    let (address, events) = changing();
    let mut browsers: Vec<_> = (0..3).map(|number| listen(&address, number)).collect();
    events.send("change", "/a/\n/b/");
    events.send("error", "two\r\nlines");
    for (number, browser) in browsers.iter_mut().enumerate() {
        let expected = format!(
            "event: hello\ndata: page={number}\n\nevent: change\ndata: /a/\ndata: /b/\n\nevent: error\ndata: two\ndata: lines\n\n"
        );
        assert_eq!(read_events(browser, 3), expected);
    }
    assert_eq!(events.listeners(), 3);
}

#[test]
fn a_browser_that_missed_events_is_told() {
    let (address, events) = changing();
    let mut browser = listen(&address, 0);
    for number in 0..100_000 {
        events.send("change", format!("{number} {}", "x".repeat(100)));
    }
    let text = read_events(&mut browser, 100_000);
    assert!(text.contains("event: missed\n"), "{}", &text[..500]);
}

/// Asks for events and reads the head of the answer.
fn listen(address: &str, number: usize) -> BufReader<TcpStream> {
    let mut stream = connect(address);
    write!(stream, "GET /.cimaise/events?page={number} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n")
        .expect("sent");
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert_ne!(reader.read_line(&mut head).expect("a line"), 0);
    }
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("content-type: text/event-stream\r\n"), "{head}");
    assert!(!head.contains("content-encoding"), "{head}");
    reader
}

/// Reads events, without the chunks in which they came: this many, or those up to `missed`.
fn read_events(reader: &mut BufReader<TcpStream>, count: usize) -> String {
    let mut text = String::new();
    while text.matches("\n\n").count() < count && !text.contains("event: missed\n") {
        let mut size = String::new();
        reader.read_line(&mut size).expect("a size");
        let mut chunk = vec![0; usize::from_str_radix(size.trim(), 16).expect("a size") + 2];
        reader.read_exact(&mut chunk).expect("a chunk");
        text += std::str::from_utf8(&chunk[..chunk.len() - 2]).expect("text");
    }
    text
}
