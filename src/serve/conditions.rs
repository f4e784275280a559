//! Conditions and ranges of requests (RFC 9110, sections 13 and 14), as far as tower-http leaves them to us.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Whether the browser has the content with this validator already (`If-None-Match`, weak comparison).
pub(super) fn has(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    text(headers, &header::IF_NONE_MATCH)
        .is_some_and(|list| list.trim() == "*" || list.split(',').any(|known| opaque(known) == opaque(tag)))
}

/// The range that must be answered, for content of `len` bytes. Several ranges, other units and what cannot be parsed may be ignored; the
/// answer is then the whole content. So is the answer for empty content, which has no parts.
pub(super) fn range(headers: &HeaderMap, len: u64) -> Option<HeaderValue> {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let range = text(headers, &header::RANGE)?.trim();
    match range.strip_prefix("bytes=")?.split_once('-')? {
        ("", "") => None,
        _ if len == 0 => None,
        // More bytes from the end than there are: all of them. tower-http refuses such a range.
        ("", last) if is_number(last) && last.parse().map_or(true, |last: u64| last > len) => {
            Some(HeaderValue::from_static("bytes=0-"))
        }
        // A last byte beyond all numbers: the rest.
        (first, last) if is_number(first) && is_number(last) && !last.is_empty() && last.parse::<u64>().is_err() => {
            HeaderValue::from_str(&format!("bytes={first}-")).ok()
        }
        (first, last) if is_number(first) && is_number(last) => HeaderValue::from_str(range).ok(),
        _ => None,
    }
}

/// Whether the content is still the one of which the browser has a part (`If-Range`, strong comparison). `current`: the headers of the
/// whole content.
pub(super) fn is_unchanged(if_range: &str, current: &HeaderMap) -> bool {
    let is = |name| text(current, name) == Some(if_range);
    !if_range.starts_with("W/") && (is(&header::ETAG) || is(&header::LAST_MODIFIED))
}

/// The text of a header; `None` if there is no such header, or no text in it.
pub(super) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn a_validator_is_found_in_a_list() {
        for list in ["\"a\"", "W/\"a\"", "\"b\", W/\"a\"", "*", " \"a\" "] {
            assert!(has(&headers(header::IF_NONE_MATCH, list), "\"a\""), "{list}");
            assert!(has(&headers(header::IF_NONE_MATCH, list), "W/\"a\""), "{list}");
        }
        for list in ["\"b\"", "a", "", "\"ab\""] {
            assert!(!has(&headers(header::IF_NONE_MATCH, list), "\"a\""), "{list}");
        }
        assert!(!has(&HeaderMap::new(), "\"a\""));
    }

    #[test]
    fn one_range_of_bytes_is_answered() {
        for of in ["bytes=0-", "bytes=2-3", "bytes=-4", "bytes=-10", "bytes=5-2", "bytes=10-"] {
            assert_eq!(range(&headers(header::RANGE, of), 10).expect("a range"), of);
        }
        for of in ["bytes=-11", "bytes=-99999999999999999999999"] {
            assert_eq!(range(&headers(header::RANGE, of), 10).expect("a range"), "bytes=0-");
        }
        assert_eq!(range(&headers(header::RANGE, "bytes=3-99999999999999999999999"), 10).expect("a range"), "bytes=3-");
        for of in ["items=0-", "bytes=-", "bytes=0-1,3-4", "bytes=x-", "bytes=1", "bytes=+1-", "bytes=--1", ""] {
            assert_eq!(range(&headers(header::RANGE, of), 10), None, "{of}");
        }
        assert_eq!(range(&headers(header::RANGE, "bytes=0-"), 0), None);
    }

    #[test]
    fn a_part_fits_only_to_the_same_content() {
        let mut current = headers(header::ETAG, "\"a\"");
        current.insert(header::LAST_MODIFIED, HeaderValue::from_static("Mon, 30 Nov 2026 12:00:00 GMT"));
        assert!(is_unchanged("\"a\"", &current) && is_unchanged("Mon, 30 Nov 2026 12:00:00 GMT", &current));
        assert!(!is_unchanged("\"b\"", &current) && !is_unchanged("Mon, 30 Nov 2026 12:00:01 GMT", &current));
        assert!(!is_unchanged("W/\"a\"", &headers(header::ETAG, "W/\"a\"")));
    }
}
