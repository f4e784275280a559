//! A file or text with its headers, ready to be sent whole or in parts.
//!
//! tower-http answers ranges and conditions. Not among them: `If-Range`, and validators of content in memory.

use std::io;
use std::path::Path;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeDir;

use super::Bytes;
use super::compression::is_compressible;
use super::conditions::{has, is_unchanged, range, text};
use super::one_file::OneFile;
use crate::machine::fs;

/// Content that a browser asked for.
pub(super) struct Entity {
    source: OneFile,
    media_type: &'static str,
    /// Validator of content in memory, in quotes. tower-http makes that of a file.
    tag: Option<String>,
}

impl Entity {
    /// Opens a file. Blocks.
    pub(super) fn open(path: &Path, media_type: &'static str) -> io::Result<Self> {
        let source = OneFile::of_file(fs::File::open(path)?)?;
        Ok(Self { source, media_type, tag: None })
    }

    /// Content in memory. Takes the time of its digest.
    pub(super) fn of(bytes: Bytes, media_type: &'static str) -> Self {
        let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..32]);
        Self { source: OneFile::of_bytes(bytes), media_type, tag: Some(tag) }
    }

    /// Answers a GET or HEAD request.
    pub(super) async fn answer(self, method: &Method, headers: &HeaderMap) -> Response {
        if self.tag.as_ref().is_some_and(|tag| has(headers, tag)) {
            return self.described(StatusCode::NOT_MODIFIED.into_response());
        }
        let mut headers = headers.clone();
        let range = range(&headers, self.source.len()).filter(|_| method == Method::GET);
        headers.remove(header::RANGE);
        if let Some(range) = range
            && self.is_unchanged(&headers).await
        {
            headers.insert(header::RANGE, range);
        }
        let response = self.sent(method.clone(), headers).await;
        self.described(response)
    }

    /// Whether the condition of a range holds.
    async fn is_unchanged(&self, headers: &HeaderMap) -> bool {
        match text(headers, &header::IF_RANGE) {
            None => !headers.contains_key(header::IF_RANGE),
            Some(if_range) => {
                let current = self.described(self.sent(Method::HEAD, HeaderMap::new()).await);
                is_unchanged(if_range, current.headers())
            }
        }
    }

    /// What tower-http makes of the request. There is one file, so the path does not matter.
    async fn sent(&self, method: Method, headers: HeaderMap) -> Response {
        let mut request = Request::new(Body::empty());
        *request.method_mut() = method;
        *request.headers_mut() = headers;
        let mut files = ServeDir::with_backend(".", self.source.clone()).append_index_html_on_directories(false);
        match files.try_call(request).await {
            Ok(response) => response.map(Body::new),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    /// Adds what tower-http does not know.
    fn described(&self, mut response: Response) -> Response {
        if response.headers().contains_key(header::CONTENT_TYPE) {
            response.headers_mut().insert(header::CONTENT_TYPE, self.content_type());
        }
        if let Some(tag) = self.tag(response.headers()) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        // Browsers must show the latest build, and may ask whether they have it.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        response
    }

    /// The validator. A text may be sent compressed or not: a weak validator stands for both.
    fn tag(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let tag = self.tag.as_deref().or_else(|| text(headers, &header::ETAG))?;
        let weak = if is_compressible(self.media_type) { "W/" } else { "" };
        HeaderValue::try_from(format!("{weak}{tag}")).ok()
    }

    /// All text of cimaise is UTF-8.
    fn content_type(&self) -> HeaderValue {
        let text = format!("{}; charset=utf-8", self.media_type);
        match self.media_type.starts_with("text/") {
            true => HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("text/plain")),
            false => HeaderValue::from_static(self.media_type),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_with_their_character_set() {
        for (media_type, expected) in [
            ("text/html", "text/html; charset=utf-8"),
            ("application/json", "application/json"),
            ("audio/mp4", "audio/mp4"),
        ] {
            assert_eq!(Entity::of(Bytes::new(), media_type).content_type(), expected);
        }
    }
}
