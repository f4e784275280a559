//! A running `cimaise serve`.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use super::SiteBuilder;
use super::http::{Answer, ask, connect};

/// A server of a site; `Drop` ends it.
pub struct ServedSite {
    pub site: SiteBuilder,
    pub child: Child,
    pub address: String,
}

impl ServedSite {
    /// Starts a command that prints its address.
    pub fn of(site: SiteBuilder, mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let address = line.strip_prefix("http://").and_then(|rest| rest.split('/').next()).expect(&line);
        let address = address.replace("localhost", "127.0.0.1");
        Self { site, child, address }
    }

    /// Returns the answer to a request for a path with further header lines.
    pub fn get(&self, path: &str, headers: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"))
    }

    pub fn ask(&self, request: &str) -> Answer {
        ask(&self.address, request.as_bytes())
    }

    pub fn connect(&self) -> TcpStream {
        connect(&self.address)
    }
}

impl Drop for ServedSite {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
