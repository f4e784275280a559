//! Text as authors write it: a piece of HTML.

use std::borrow::Cow;

use html_escape::decode_html_entities;

/// A piece of HTML from a settings file, printed unchanged wherever elements are allowed.
///
/// prosopopée and récitale never escape, so titles and captions of existing sites contain markup. In attributes, in
/// `<title>` and in feeds, where markup is not allowed, [`plain`](Self::plain) is used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fragment(String);

impl Fragment {
    /// Takes HTML as the author wrote it.
    #[must_use]
    pub fn new(html: impl Into<String>) -> Self {
        Self(html.into())
    }

    /// Escapes text that is not markup, such as the name of a file.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
    }

    /// Returns the markup.
    #[must_use]
    pub fn html(&self) -> &str {
        &self.0
    }

    /// Returns whether the fragment is empty or white space.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// Returns the visible text in one line: without tags, comments, scripts and styles, with character references
    /// decoded and white space collapsed. The result is text and must be escaped when it is printed.
    ///
    /// Malformed markup is parsed as in a browser, except that a tag without an end is text and swallows nothing.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        let mut tags = TagScan { end: true, quotes_pair: true };
        while let Some(at) = rest.find(['<', '&']) {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            let (shown, length) = if rest.starts_with('&') {
                reference(rest)
            } else {
                match tags.markup_length(rest) {
                    Some(length) => (if separates(rest) { " ".into() } else { Cow::Borrowed("") }, length),
                    None => ("<".into(), 1),
                }
            };
            text.push_str(&shown);
            rest = &rest[length..];
        }
        text.push_str(rest);
        collapse(&text)
    }
}

fn collapse(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Facts about the rest of the text, so that the text is not scanned again for every tag.
struct TagScan {
    /// Whether another `>` may follow.
    end: bool,
    /// Whether quotes in tags seem to be paired.
    quotes_pair: bool,
}

impl TagScan {
    /// Returns the length in bytes of the tag, comment or raw element at the start of `text`; `None` if this `<` is
    /// text.
    fn markup_length(&mut self, text: &str) -> Option<usize> {
        if let Some(comment) = text.strip_prefix("<!--") {
            return Some(comment.find("-->").map_or(text.len(), |end| 4 + end + 3));
        }
        let begins_tag = |c: &char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
        text[1..].chars().next().filter(begins_tag)?;
        let tag = self.tag_length(text)?;
        let raw = ["script", "style"].into_iter().find(|raw| tag_name(text).eq_ignore_ascii_case(raw));
        let Some(raw) = raw.filter(|_| !text.starts_with("</")) else { return Some(tag) };
        let closing = find_ignoring_case(&text[tag..], &format!("</{raw}")).map_or(text.len(), |at| tag + at);
        Some(text[closing..].find('>').map_or(text.len(), |at| closing + at + 1))
    }

    /// Returns the length up to the first `>` outside quotes, or up to the first `>` if quotes are unpaired.
    fn tag_length(&mut self, text: &str) -> Option<usize> {
        if !self.end {
            return None;
        }
        if self.quotes_pair {
            let mut open = None;
            for (at, byte) in text.bytes().enumerate() {
                match (open, byte) {
                    (None, b'>') => return Some(at + 1),
                    (None, b'"' | b'\'') => open = Some(byte),
                    (Some(quote), byte) if quote == byte => open = None,
                    _ => {}
                }
            }
            self.quotes_pair = false;
        }
        let end = text.find('>').map(|at| at + 1);
        self.end = end.is_some();
        end
    }
}

fn tag_name(text: &str) -> &str {
    let name = text.trim_start_matches(['<', '/']);
    &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())]
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

/// Returns whether a page separates the words before and after this tag.
fn separates(text: &str) -> bool {
    const BLOCKS: [&str; 22] = [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dt",
        "figcaption",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "p",
        "section",
        "td",
        "tr",
    ];
    BLOCKS.iter().any(|block| tag_name(text).eq_ignore_ascii_case(block))
}

/// Length in bytes of the longest character reference: `&CounterClockwiseContourIntegral;`.
const LONGEST_REFERENCE: usize = 33;

/// Decodes the character reference at the start of `text`. Returns its text and its length; an `&` that starts no
/// reference stays.
fn reference(text: &str) -> (Cow<'static, str>, usize) {
    const PLAIN: (Cow<'_, str>, usize) = (Cow::Borrowed("&"), 1);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let end = 1 + text.bytes().skip(1).take(LONGEST_REFERENCE).take_while(is_name).count();
    if text.as_bytes().get(end) != Some(&b';') {
        return PLAIN;
    }
    let whole = &text[..=end];
    match decode_html_entities(whole) {
        Cow::Owned(shown) => (shown.into(), whole.len()),
        Cow::Borrowed(_) => PLAIN,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Fragment;

    fn plain(html: &str) -> String {
        Fragment::new(html).plain()
    }

    #[test]
    fn tags_go_and_words_stay_apart() {
        assert_eq!(plain("<b>Bold</b>er<br>than\n  <p class='a>b'>this</p>"), "Bolder than this");
        assert_eq!(plain("a<!-- > <b> -->b<script>x < 1</SCRIPT >c<style>p{}</style>"), "abc");
    }

    #[test]
    fn character_references_are_decoded_once() {
        assert_eq!(plain("Caf&eacute; &amp;amp; &#233;t&#xE9; &laquo;&nbsp;x&nbsp;&raquo;"), "Café &amp; été « x »");
        assert_eq!(
            plain("AT&T; &nosuch; &#0; &#xD800; &#99999999999; &"),
            "AT&T; &nosuch; &#0; &#xD800; &#99999999999; &"
        );
    }

    #[test]
    fn all_names_of_characters_are_known() {
        assert_eq!(plain("&Oslash;sterdalen &scaron;kola"), "Østerdalen škola");
        assert_eq!(plain("&CounterClockwiseContourIntegral; &NotEqualTilde; &Tab;x&NewLine;"), "∳ ≂\u{338} x");
        assert_eq!(plain("&oslash &Oslash&#8211;"), "&oslash &Oslash–", "without `;` it is text");
        assert_eq!(plain("&T <b>&amp;</b>"), "&T &");
    }

    #[test]
    fn malformed_markup_swallows_no_words() {
        assert_eq!(plain("I <3 you, 1 < 2, <b"), "I <3 you, 1 < 2, <b");
        assert_eq!(plain("<a title=\"x>y</a> z"), "y z");
        assert_eq!(plain("été <"), "été <");
    }

    #[test]
    fn a_hostile_text_takes_linear_time() {
        for piece in ["<a \">\"", "<", "<a", "&", "<!-", "<!--", "<a '>", "</script"] {
            let _ = plain(&piece.repeat(50_000));
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_one_line(html in "(?s).{0,60}") {
            let plain = plain(&html);
            prop_assert!(!plain.chars().any(char::is_control));
            prop_assert_eq!(plain.trim(), &plain);
        }

        #[test]
        fn text_without_markup_stays(words in "[a-zà-ü0-9]{1,8}( [a-z>;\"']{1,8}){0,4}") {
            prop_assert_eq!(plain(&words), words);
        }
    }
}
