//! The one element that the preview adds to a page.
//!
//! In: a page as it is published. Out: the page with a script that follows changes. Built sites never contain it.

/// Name of the script below the server's own paths.
pub(super) const SCRIPT_NAME: &str = "live.js";

/// The script.
pub(super) const SCRIPT: &str = include_str!("../../templates/live/live.js");

/// Adds the script to the end of the head, or of the page if it has none. `snapshot`: the number of the page's snapshot.
pub(super) fn inject(page: &[u8], snapshot: u64) -> Vec<u8> {
    const HEAD: &[u8] = b"</head>";
    let at = page.windows(HEAD.len()).position(|part| part.eq_ignore_ascii_case(HEAD)).unwrap_or(page.len());
    let element = format!("<script src=\"/.cimaise/{SCRIPT_NAME}\" data-snapshot=\"{snapshot}\" defer></script>");
    [&page[..at], element.as_bytes(), &page[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_goes_into_the_head() {
        let with = |page: &str| String::from_utf8(inject(page.as_bytes(), 3)).expect("text");
        let element = "<script src=\"/.cimaise/live.js\" data-snapshot=\"3\" defer></script>";
        assert_eq!(with("<head></head><body>"), format!("<head>{element}</head><body>"));
        assert_eq!(with("<HEAD></HEAD>"), format!("<HEAD>{element}</HEAD>"));
        assert_eq!(with("é"), format!("é{element}"));
    }
}
