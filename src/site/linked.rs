//! Files that are named in an author's own markup.
//!
//! récitale publishes only what settings name as a picture, video or sound; so does cimaise. A link from markup to a
//! file of the site is dead, which its author should know.

use percent_encoding::percent_decode_str;

/// The values of all attributes that link to a file, character references and percent-encoding as they are.
fn values(html: &str) -> impl Iterator<Item = &str> {
    const LINKING: [&str; 4] = ["src", "href", "poster", "data"];
    let tags = html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or(tag));
    tags.flat_map(|tag| tag.match_indices('=').map(move |(at, _)| (&tag[..at], &tag[at + 1..]))).filter_map(
        |(before, after)| {
            let name = before.trim_end().rsplit(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/')).next()?;
            LINKING.iter().find(|linking| name.eq_ignore_ascii_case(linking))?;
            let after = after.trim_start();
            match after.chars().next()? {
                quote @ ('"' | '\'') => after[1..].split(quote).next(),
                _ => after.split_whitespace().next(),
            }
        },
    )
}

/// The first link in `html` that leads to a file of the site, as `is_file` knows them.
pub(super) fn first_file(html: &str, is_file: impl Fn(&str) -> bool) -> Option<String> {
    values(html).find_map(|value| {
        let way = value.split(['?', '#']).next().unwrap_or(value);
        let way = percent_decode_str(way).decode_utf8_lossy();
        is_file(&way).then(|| way.into_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::first_file;

    fn found(html: &str) -> Option<String> {
        first_file(html, |name| name == "été 1.jpg" || name == "x.pdf")
    }

    #[test]
    fn links_to_files_are_found_however_they_are_written() {
        for html in [
            "<img alt='a' src='été 1.jpg'>",
            "text <A class=\"b\"\nHREF = \"%C3%A9t%C3%A9%201.jpg#top\">",
            "<img/src=x.pdf >",
            "<a href=\"https://a.example/?x=1\">a</a><a href=x.pdf>",
        ] {
            assert!(found(html).is_some(), "{html}");
        }
    }

    #[test]
    fn words_and_other_links_are_not_files() {
        for html in
            ["", "src=x.pdf", "<b title='x.pdf'>", "<a href=>", "<a href", "<a href='y.pdf'>", "<a data-src=x.pdf>"]
        {
            assert_eq!(found(html), None, "{html}");
        }
    }
}
