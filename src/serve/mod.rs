//! A web server for one's own eyes: the finished site, as a host would serve it.
//!
//! In: an output folder and an address. Out: answers to GET and HEAD. It serves files and nothing else; nothing outside of the folder can
//! be named. HTTP itself is tiny_http's.

mod answer;
mod request;

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::Builder;

use answer::answer;

use crate::machine::{fs, threads};

/// How many requests are answered at once.
const THREADS: usize = 8;

/// Threads of `tiny_http`, which panics if it does not get them: one that accepts connections, and four that read requests.
const HTTP_THREADS: usize = 5;

/// A server that listens.
pub struct Server {
    http: Arc<tiny_http::Server>,
    folder: PathBuf,
}

impl Server {
    /// Listens on an address.
    ///
    /// # Errors
    /// If that is taken, or not ours; or if there are no threads to be had.
    pub fn bind(address: SocketAddr, folder: &Path) -> io::Result<Self> {
        threads::are_granted(THREADS + HTTP_THREADS)?;
        let http = tiny_http::Server::http(address).map_err(io::Error::other)?;
        Ok(Self { http: Arc::new(http), folder: fs::canonicalize(folder)? })
    }

    /// Where it listens, if the port was chosen by the system.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.http.server_addr().to_ip()
    }

    /// Answers until the process ends.
    pub fn run(&self) {
        std::thread::scope(|scope| {
            for _ in 1..THREADS {
                // Fewer threads answer as well.
                let _ = Builder::new().spawn_scoped(scope, || self.answer());
            }
            self.answer();
        });
    }

    fn answer(&self) {
        while let Ok(request) = self.http.recv() {
            // A reader who goes away is no trouble.
            let _ = answer(request, &self.folder);
        }
    }
}
