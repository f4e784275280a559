//! Answers to requests.
//!
//! In: a [`Resource`] and a request. Out: a response, and the texts of all answers that are not content. Must not know how content is sent:
//! that is [`Entity`].

use std::io::ErrorKind;

use axum::body::Body;
use axum::extract::Request;
use axum::http::uri::Uri;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Resource;
use super::entity::Entity;

/// A resource whose file is open.
pub(super) enum Prepared {
    Entity(Entity),
    Folder,
    Nothing,
    Failed(String),
}

impl Prepared {
    /// Opens the file of a resource. Blocks.
    pub(super) fn of(resource: Resource) -> Self {
        match resource {
            Resource::File { path, media_type } => match Entity::open(&path, media_type) {
                Ok(entity) => Self::Entity(entity),
                // It was removed a moment ago.
                Err(error) if error.kind() == ErrorKind::NotFound => Self::Nothing,
                Err(error) => Self::Failed(format!("This file cannot be read: {error}")),
            },
            Resource::Bytes { bytes, media_type } => Self::Entity(Entity::of(bytes, media_type)),
            Resource::Folder => Self::Folder,
            Resource::Nothing => Self::Nothing,
            Resource::Failed(text) => Self::Failed(text),
        }
    }
}

/// Answers a request for a resource.
pub(super) async fn answer(prepared: Prepared, request: Request) -> Response {
    match prepared {
        Prepared::Entity(entity) => entity.answer(request.method(), request.headers()).await,
        Prepared::Folder => folder(request.uri()),
        Prepared::Nothing => nothing(),
        Prepared::Failed(text) => failed(&text),
    }
}

/// Sends the browser to the URL with a slash at the end. The path stays encoded as it came, so no line break gets into the header.
fn folder(uri: &Uri) -> Response {
    // A path with two leading slashes would lead to another host.
    let path = format!("/{}/", uri.path().trim_matches('/'));
    let target = uri.query().map_or(path.clone(), |query| format!("{path}?{query}"));
    match HeaderValue::try_from(target) {
        Ok(target) => with(plain(StatusCode::MOVED_PERMANENTLY, ""), header::LOCATION, target),
        Err(_) => nothing(),
    }
}

pub(super) fn nothing() -> Response {
    plain(StatusCode::NOT_FOUND, "There is nothing here.")
}

pub(super) fn failed(text: &str) -> Response {
    plain(StatusCode::INTERNAL_SERVER_ERROR, text)
}

/// An answer of one sentence. Browsers must ask again next time.
pub(super) fn plain(status: StatusCode, text: &str) -> Response {
    let response = (status, Body::from(text.to_owned())).into_response();
    let response = with(response, header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    with(response, header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))
}

pub(super) fn with(mut response: Response, name: HeaderName, value: HeaderValue) -> Response {
    response.headers_mut().insert(name, value);
    response
}
