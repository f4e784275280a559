//! A web server for sites that are being written.
//!
//! In: an address, names that it may be called by, and a [`Served`]. Out: answers to GET and HEAD. axum, hyper and tower-http implement
//! HTTP; ranges, validators, compression and time-outs are here and nowhere else. Must not know what a site is.

mod answer;
mod built_site;
mod compression;
mod conditions;
mod connections;
mod entity;
mod events;
mod guard;
mod hosts;
mod one_file;
mod patience;
mod router;
mod served;
mod time_limits;
mod url_path;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

pub use built_site::BuiltSite;
pub use events::{Event, Events, Subscription};
pub use hosts::Hosts;
pub use served::{Bytes, Resource, Served};
pub use time_limits::TimeLimits;
pub use url_path::UrlPath;

use crate::machine::threads;

/// Number of threads that must be granted: with them, files of one folder are served as fast as with more.
const THREADS: usize = 4;

/// Largest number of threads that wait for files and for [`Served`]: browsers open six connections each.
const MOST_THREADS: usize = router::LONG_CALLS + 8;

/// Threads stay until the process ends: tokio panics if it needs one later and the system refuses.
const THREADS_STAY: Duration = Duration::from_secs(u32::MAX as u64);

/// A listening server.
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    hosts: Hosts,
    limits: TimeLimits,
}

impl Server {
    /// Listens on an address. Requests must name the server by the address, by a name of this machine alone (`localhost`), or by one of
    /// `names`.
    ///
    /// # Errors
    /// If the address is in use or not ours, or if the system grants no threads.
    pub fn bind(address: SocketAddr, names: &[String]) -> io::Result<Self> {
        threads::are_granted(THREADS)?;
        let runtime = Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(MOST_THREADS)
            .thread_keep_alive(THREADS_STAY)
            .build()?;
        let listener = std::net::TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let listener = {
            let _inside = runtime.enter();
            TcpListener::from_std(listener)?
        };
        drop(runtime.spawn_blocking(|| ()));
        Ok(Self { runtime, listener, hosts: Hosts::new(address.ip(), names), limits: TimeLimits::default() })
    }

    /// Sets how long a browser may take.
    #[must_use]
    pub fn with_limits(self, limits: TimeLimits) -> Self {
        Self { limits, ..self }
    }

    /// Address of the server, with the actual port if the system chose it.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.listener.local_addr().unwrap_or(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0))
    }

    /// Answers requests until the process ends.
    pub fn run(self, served: Arc<dyn Served>) {
        let Self { runtime, listener, hosts, limits } = self;
        runtime.block_on(connections::accept(listener, router::router(served, hosts), limits));
    }
}
