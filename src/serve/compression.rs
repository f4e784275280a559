//! Which answers are compressed, and how.
//!
//! In: media type and size. Out: a layer that compresses. Must not know where an answer comes from.

use axum::http::{Extensions, HeaderMap, StatusCode, Version, header};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate, SizeAbove};

/// Smaller answers fit into one packet anyway.
const LEAST: u64 = 1024;

type IsText = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// Compresses texts for browsers that ask for it. The connection is short, so speed counts more than size.
pub(super) fn layer() -> CompressionLayer<And<SizeAbove, IsText>> {
    let is_text: IsText = |_, _, headers, _| {
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(is_compressible)
    };
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(SizeAbove::new(LEAST).and(is_text))
}

/// Whether a media type is that of a text. A stream of events must not wait in a compressor.
pub(super) fn is_compressible(media_type: &str) -> bool {
    let bare = media_type.split(';').next().unwrap_or_default();
    match bare {
        "text/event-stream" => false,
        "application/json" | "application/xml" | "image/svg+xml" => true,
        _ => bare.starts_with("text/"),
    }
}

#[cfg(test)]
mod tests {
    use super::is_compressible;

    #[test]
    fn texts_are_compressed_and_pictures_are_not() {
        for text in ["text/html; charset=utf-8", "text/css", "application/json", "image/svg+xml"] {
            assert!(is_compressible(text), "{text}");
        }
        for other in ["image/jpeg", "video/mp4", "text/event-stream", "application/pdf", "font/woff2", ""] {
            assert!(!is_compressible(other), "{other}");
        }
    }
}
