//! A web server for previews of the finished site.
//!
//! In: an output folder and an address. Out: answers to GET and HEAD. Serves files only; nothing outside the folder can be
//! addressed. tiny_http implements HTTP. Must not know the contents of the files.

mod answer;
mod request;

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::Builder;

use answer::answer;

use crate::machine::{fs, threads};

/// Number of requests that are answered in parallel.
const THREADS: usize = 8;

/// Threads of `tiny_http`, which panics without them: one that accepts connections, and four that read requests.
const HTTP_THREADS: usize = 5;

/// A listening server.
pub struct Server {
    http: Arc<tiny_http::Server>,
    folder: PathBuf,
}

impl Server {
    /// Listens on an address.
    ///
    /// # Errors
    /// If the address is in use or not ours, or if the system grants no threads.
    pub fn bind(address: SocketAddr, folder: &Path) -> io::Result<Self> {
        threads::are_granted(THREADS + HTTP_THREADS)?;
        let http = tiny_http::Server::http(address).map_err(io::Error::other)?;
        Ok(Self { http: Arc::new(http), folder: fs::canonicalize(folder)? })
    }

    /// Address of the server, with the actual port if the system chose it.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.http.server_addr().to_ip()
    }

    /// Answers requests until the process ends.
    pub fn run(&self) {
        std::thread::scope(|scope| {
            for _ in 1..THREADS {
                // If the system refuses, fewer threads do the work.
                let _ = Builder::new().spawn_scoped(scope, || self.answer());
            }
            self.answer();
        });
    }

    fn answer(&self) {
        while let Ok(request) = self.http.recv() {
            // A closed connection is not an error.
            let _ = answer(request, &self.folder);
        }
    }
}
