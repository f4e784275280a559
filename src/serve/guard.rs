//! Requests that are refused before anything is looked up.
//!
//! In: the head of a request. Out: a refusal, or the request. Refused are hosts that are not admitted, methods other than GET and HEAD, and
//! bodies. Must not know what is served.

use axum::body::HttpBody;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderValue, Method, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::Response;

use super::Hosts;
use super::answer::{plain, with};

/// Lets only those requests through that a browser of this machine's user sends.
pub(super) async fn check(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let refused = foreign_host(&request, &hosts).or_else(|| other_method(&request)).or_else(|| body(&request));
    match refused {
        Some(response) if has_body(&request) => closing(response),
        Some(response) => response,
        None => next.run(request).await,
    }
}

/// Refuses a request that calls the server by a name that is not admitted.
fn foreign_host(request: &Request, hosts: &Hosts) -> Option<Response> {
    let mut named = request.headers().get_all(header::HOST).iter();
    let header = named.next();
    // Only HTTP/1.0 knows requests without a host. Browsers do not send them.
    if named.next().is_some() || header.is_none() && request.version() == Version::HTTP_11 {
        return Some(plain(StatusCode::BAD_REQUEST, "A request names exactly one host."));
    }
    let header = match header.map(|header| Authority::try_from(header.as_bytes())) {
        Some(Err(_)) => return Some(plain(StatusCode::BAD_REQUEST, "The name of the host is not valid.")),
        header => header.and_then(Result::ok),
    };
    // A target may contain a host as well (`GET http://host/path`).
    let foreign = header.iter().chain(request.uri().authority()).find(|host| !hosts.admit(host.host()))?.host();
    let text = format!(
        "This server does not answer to the name {foreign}, so that pages of other sites cannot read it.\n\
         If the name is one of this machine, restart cimaise with: --allow-host {foreign}\n"
    );
    Some(plain(StatusCode::MISDIRECTED_REQUEST, &text))
}

fn other_method(request: &Request) -> Option<Response> {
    let allowed = matches!(*request.method(), Method::GET | Method::HEAD);
    let refusal = || plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.");
    (!allowed).then(|| with(refusal(), header::ALLOW, HeaderValue::from_static("GET, HEAD")))
}

/// Refuses a request with a body, whatever its length: no request of a browser for a page has one.
fn body(request: &Request) -> Option<Response> {
    has_body(request).then(|| plain(StatusCode::PAYLOAD_TOO_LARGE, "A request must not have a body."))
}

fn has_body(request: &Request) -> bool {
    !request.body().is_end_stream()
}

/// The body is not read, so the connection cannot be used again.
fn closing(response: Response) -> Response {
    with(response, header::CONNECTION, HeaderValue::from_static("close"))
}
