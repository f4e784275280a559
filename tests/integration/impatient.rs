//! Time limits of the web server, over TCP: browsers that stall are given up, slow ones are served.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cimaise::testing::{Bytes, Resource, Served, Server, TimeLimits, UrlPath};

use crate::support::http::connect;

/// Length of a file that no system keeps in the buffers of a connection.
const LONG: usize = 48 << 20;

/// Time that no limit of a test reaches.
const NEVER: Duration = Duration::from_secs(3600);

/// Shows one long file, and tells when it is no longer being sent.
struct LongFile(Mutex<Sender<()>>);

impl Served for LongFile {
    fn resource(&self, _: &UrlPath) -> Resource {
        let sender = self.0.lock().expect("no panic").clone();
        let content = Content { bytes: vec![b'x'; LONG], dropped: sender };
        Resource::Bytes { bytes: Bytes::from_owner(content), media_type: "image/jpeg" }
    }
}

struct Content {
    bytes: Vec<u8>,
    dropped: Sender<()>,
}

impl AsRef<[u8]> for Content {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        let _ = self.dropped.send(());
    }
}

/// Starts a server that ends with the test's process. Returns its address, and a receiver of a message for each file that is no longer
/// being sent.
fn serve(limits: TimeLimits) -> (String, Receiver<()>) {
    let server = Server::bind(SocketAddr::from(([127, 0, 0, 1], 0)), &[]).expect("it listens").with_limits(limits);
    let address = server.address().to_string();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || server.run(Arc::new(LongFile(Mutex::new(sender)))));
    (address, receiver)
}

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

#[test]
fn half_a_request_ends_the_connection() {
    let (address, _) = serve(TimeLimits { head: Duration::from_millis(50), stalled: NEVER });
    for half in [&b""[..], b"GET / HT", &REQUEST[..REQUEST.len() - 2]] {
        let mut stream = connect(&address);
        stream.write_all(half).expect("sent");
        let mut answer = String::new();
        // An answer that says so, or none.
        let _ = BufReader::new(stream).read_line(&mut answer).expect("the end of the connection");
        assert!(answer.is_empty() || answer.contains(" 408 "), "{answer}");
    }
}

#[test]
fn a_reader_that_stalls_ends_the_connection() {
    let (address, sent) = serve(TimeLimits { head: NEVER, stalled: Duration::from_millis(100) });
    let mut stream = connect(&address);
    stream.write_all(REQUEST).expect("sent");
    sent.recv_timeout(Duration::from_secs(60)).expect("the server gives up");
    let mut rest = Vec::new();
    // The system may also reset the connection.
    let _ = stream.read_to_end(&mut rest);
    assert!(rest.len() < LONG, "{} bytes arrived", rest.len());
}

#[test]
fn a_reader_that_is_slow_receives_everything() {
    let (address, _) = serve(TimeLimits { head: NEVER, stalled: Duration::from_millis(1500) });
    let mut stream = connect(&address);
    stream.write_all(REQUEST).expect("sent");
    let (mut buffer, mut received) = (vec![0; 256 << 10], 0);
    // Altogether far longer than the limit.
    loop {
        match stream.read(&mut buffer).expect("bytes") {
            0 => break,
            count => received += count,
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(received > LONG, "{received} bytes arrived");
}
