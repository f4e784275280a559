//! Connections: accepting them, how many at once, and for how long.
//!
//! In: a listener and a service. Limits the time for the head of a request, its size, the wait for a browser that does not read, and the
//! number of connections. Must not know requests.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::sleep;

use super::TimeLimits;
use super::patience::Patience;
use crate::machine::descriptors;

/// Largest size of the head of a request in bytes.
const HEAD_SIZE: usize = 32 << 10;

/// Size in bytes to which the unsent part of an answer grows.
const BUFFER: usize = 128 << 10;

/// Largest number of connections.
const MOST: usize = 4096;

/// Pause when the system has no descriptors left.
const PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections for ever, and answers their requests.
pub(super) async fn accept(listener: TcpListener, router: Router, limits: TimeLimits) {
    let places = Arc::new(Semaphore::new(most(descriptors::raise_limit())));
    let http = http(limits.head);
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let connection = serve(stream, http.clone(), router.clone(), limits.stalled);
                tokio::spawn(async move {
                    connection.await;
                    drop(place);
                });
            }
            // A browser that has gone is no reason to pause, but the error does not name the reason everywhere.
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Number of connections for a limit on descriptors: a quarter of them is left for files.
fn most(limit: u64) -> usize {
    usize::try_from(limit / 4 * 3).unwrap_or(usize::MAX).clamp(1, MOST)
}

fn http(head: Duration) -> Builder {
    let mut http = Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head).max_header_size(HEAD_SIZE).max_buf_size(BUFFER);
    http
}

async fn serve(stream: TcpStream, http: Builder, router: Router, stalled: Duration) {
    // Without this, the second small answer of a connection waits for the browser's acknowledgement of the first.
    let _ = stream.set_nodelay(true);
    let stream = TokioIo::new(Patience::new(stream, stalled));
    // A connection that breaks is not an error.
    let _ = http.serve_connection(stream, TowerToHyperService::new(router)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_descriptors_are_left_for_files() {
        assert_eq!([most(1024), most(4), most(0), most(u64::MAX)], [768, 3, 1, MOST]);
    }
}
