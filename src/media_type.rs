//! Media types of published files by file extension: the only such table, for the web server, pages and feeds.

use std::borrow::Cow;

/// Media type of unknown data.
const UNKNOWN: &str = "application/octet-stream";

/// Returns the media type for a file extension in any case, without a character set; `application/octet-stream` for unknown extensions.
///
/// The names are from IANA's registry as far as browsers support them. `aac` has the type of the MPEG-4 container, which is closely
/// related.
#[must_use]
pub fn media_type(extension: &str) -> &'static str {
    match extension.to_ascii_lowercase().as_str() {
        "html" => "text/html",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "xml" => "application/xml",
        "txt" => "text/plain",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "ico" => "image/vnd.microsoft.icon",
        "webm" => "video/webm",
        "mp4" | "m4v" => "video/mp4",
        "mov" => "video/quicktime",
        "mkv" => "video/x-matroska",
        "ogv" => "video/ogg",
        "mp3" => "audio/mpeg",
        "m4a" | "aac" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        _ => UNKNOWN,
    }
}

/// Returns the media type of a video in the container `extension`; like récitale, `video/EXTENSION` for containers that are not in the
/// table.
#[must_use]
pub fn video_type(extension: &str) -> Cow<'static, str> {
    match media_type(extension) {
        UNKNOWN => Cow::Owned(format!("video/{extension}")),
        known => Cow::Borrowed(known),
    }
}

#[cfg(test)]
mod tests {
    use super::{media_type, video_type};

    #[test]
    fn every_place_has_the_same_type_for_a_video() {
        let known =
            [("mov", "video/quicktime"), ("mkv", "video/x-matroska"), ("ogv", "video/ogg"), ("m4v", "video/mp4")];
        for (extension, expected) in known {
            assert_eq!((media_type(extension), &*video_type(extension)), (expected, expected));
        }
        assert_eq!((media_type("avi"), &*video_type("avi")), ("application/octet-stream", "video/avi"));
    }
}
