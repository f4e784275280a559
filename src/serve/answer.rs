//! Answering a request.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use tiny_http::{Header, Method, Request, Response, StatusCode};

use super::request::{Resource, find, range};
use crate::machine::fs::File;
use crate::media_type::media_type;

/// Answers a request with a file of the folder.
pub(super) fn answer(request: Request, folder: &Path) -> io::Result<()> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(plain(405, "only GET and HEAD").with_header(header("Allow", "GET, HEAD")));
    }
    let path = match find(folder, request.url()) {
        Resource::File(path) => path,
        Resource::Folder => {
            let (path, query) =
                request.url().split_once('?').map_or((request.url(), None), |(path, query)| (path, Some(query)));
            // A path with two leading slashes would redirect to another host.
            let path = format!("/{}/", path.trim_matches('/'));
            let target = query.map_or(path.clone(), |query| format!("{path}?{query}"));
            return request.respond(plain(301, "").with_header(header("Location", &target)));
        }
        Resource::Nothing => return request.respond(plain(404, "There is nothing here.")),
    };
    let mut file = File::open(&path)?;
    let len = file.metadata()?.len();
    let wanted = request.headers().iter().find(|header| header.field.equiv("Range"));
    let wanted = wanted.and_then(|header| range(header.value.as_str(), len));
    let mut headers = vec![
        header("Content-Type", &content_type(&path)),
        header("Accept-Ranges", "bytes"),
        // Browsers must show the result of the latest build.
        header("Cache-Control", "no-cache"),
    ];
    let (status, first, length) = match wanted {
        None => (200, 0, len),
        Some(None) => {
            return request.respond(plain(416, "").with_header(header("Content-Range", &format!("bytes */{len}"))));
        }
        Some(Some((first, length))) => {
            headers.push(header("Content-Range", &format!("bytes {first}-{}/{len}", first + length - 1)));
            (206, first, length)
        }
    };
    file.seek(SeekFrom::Start(first))?;
    let length = usize::try_from(length).map_err(io::Error::other)?;
    // Never use chunked encoding: browsers need the length to seek in films.
    let response = Response::new(StatusCode(status), headers, file.take(length as u64), Some(length), None);
    request.respond(response.with_chunked_threshold(usize::MAX))
}

fn plain(status: u16, text: &str) -> Response<io::Cursor<Vec<u8>>> {
    Response::from_string(text)
        .with_status_code(status)
        .with_header(header("Content-Type", "text/plain; charset=utf-8"))
}

fn header(name: &str, value: &str) -> Header {
    // Leave out a value that is not valid in a header.
    Header::from_bytes(name, value).unwrap_or_else(|()| Header::from_bytes("X-Left-Out", name).expect("plain words"))
}

/// Media type by the extension, as web hosts do. All text of cimaise is UTF-8.
fn content_type(path: &Path) -> String {
    let media_type = media_type(path.extension().and_then(|extension| extension.to_str()).unwrap_or_default());
    match media_type.starts_with("text/") {
        true => format!("{media_type}; charset=utf-8"),
        false => media_type.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_with_their_character_set_and_sounds_as_the_pages_name_them() {
        for (name, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("a/app.JS", "text/javascript; charset=utf-8"),
            ("manifest.json", "application/json"),
            ("logo.svg", "image/svg+xml"),
            ("waves.aac", "audio/mp4"),
            ("LICENCE", "application/octet-stream"),
        ] {
            assert_eq!(content_type(Path::new(name)), expected, "{name}");
        }
    }
}
