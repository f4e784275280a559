//! What a published file is to a browser, by the extension of its name: what hosts do, and what the pages say where no host is asked.

/// The media type of files of this extension in any case, without a character set; that of unknown bytes for all others.
///
/// Names are those of the registry of IANA where it has one that browsers play: `mov` and `aac` go by the names of the MPEG-4
/// they are near to.
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
        "svg" => "image/svg+xml",
        "ico" => "image/vnd.microsoft.icon",
        "webm" => "video/webm",
        "mp4" | "m4v" | "mov" => "video/mp4",
        "ogv" => "video/ogg",
        "mp3" => "audio/mpeg",
        "m4a" | "aac" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
