//! From a request to an answer.
//!
//! In: a [`Served`] and the admitted hosts. Out: the service of every connection. Calls that may block get a thread of their own. Must not
//! know connections.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{any, get};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::answer::{self, Prepared};
use super::url_path::Requested;
use super::{Hosts, Resource, Served, compression, guard};

/// Largest number of calls at once that may take long: fewer than there are threads.
pub(super) const LONG_CALLS: usize = 24;

/// What the server shows.
#[derive(Clone)]
struct Shown {
    served: Arc<dyn Served>,
    /// Permits for calls that may take long. A call keeps its permit if the browser leaves: its thread is still taken.
    long_calls: Arc<Semaphore>,
}

/// Path of the events.
const EVENTS: &str = "/.cimaise/events";

/// The service that answers the requests of all connections.
pub(super) fn router(served: Arc<dyn Served>, hosts: Hosts) -> Router {
    Router::new()
        .route(EVENTS, get(events))
        .fallback(any(resource))
        .layer(compression::layer())
        .layer(from_fn_with_state(hosts, guard::check))
        .with_state(Shown { served, long_calls: Arc::new(Semaphore::new(LONG_CALLS)) })
}

async fn events(State(Shown { served, .. }): State<Shown>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default().to_owned();
    match spawn_blocking(move || served.events(&query)).await {
        Ok(Some(subscription)) => subscription.into_response(),
        Ok(None) => answer::nothing(),
        Err(_) => answer::failed("The preview failed."),
    }
}

async fn resource(State(Shown { served, long_calls }): State<Shown>, request: Request) -> Response {
    let Some(requested) = Requested::parse(request.uri().path()) else { return answer::nothing() };
    let query = request.uri().query().unwrap_or_default().to_owned();
    let permit = match &requested {
        // The semaphore is never closed.
        Requested::OfSite(path) if served.may_take_long(path) => long_calls.acquire_owned().await.ok(),
        Requested::OfSite(_) | Requested::Own(_) => None,
    };
    let prepared = spawn_blocking(move || {
        let prepared = Prepared::of(find(&*served, &requested, &query));
        drop(permit);
        prepared
    });
    // A panic of the other side: its message has been printed.
    let prepared = prepared.await.unwrap_or_else(|_| Prepared::Failed("The preview failed.".to_owned()));
    answer::answer(prepared, request).await
}

fn find(served: &dyn Served, requested: &Requested, query: &str) -> Resource {
    match requested {
        Requested::OfSite(path) => served.resource(path),
        Requested::Own(name) => served.own_resource(name, query),
    }
}
