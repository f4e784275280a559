//! HTTP as raw bytes: clients of the web server that do what browsers never would.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

pub fn connect(address: &str) -> TcpStream {
    let stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
    stream
}

/// Sends a request over a connection of its own.
pub fn ask(address: &str, request: &[u8]) -> Answer {
    let mut stream = connect(address);
    stream.write_all(request).expect("sent");
    Answer::read(&mut BufReader::new(stream), request.starts_with(b"HEAD"))
}

/// An answer to a request.
pub struct Answer {
    pub status: u16,
    /// The lines of the head, with names in lower case.
    pub head: Vec<String>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads one answer: as many bytes as it announces, or until the end of the connection.
    pub fn read(stream: &mut impl BufRead, is_head: bool) -> Self {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            let count = stream.read_line(&mut line).expect("a line");
            if count == 0 || line == "\r\n" {
                break;
            }
            head.push(line.trim_end().to_owned());
        }
        let status = head.first().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let mut answer =
            Self { status: status.unwrap_or_else(|| panic!("no status: {head:?}")), head, body: Vec::new() };
        match answer.header("content-length").map(|length| length.parse::<usize>().expect("a number")) {
            _ if is_head || answer.status == 304 => (),
            Some(length) => {
                answer.body = vec![0; length];
                stream.read_exact(&mut answer.body).expect("a body");
            }
            None => _ = stream.read_to_end(&mut answer.body).expect("a body"),
        }
        answer
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
