//! Mistakes in the HTML of texts: tags that are not closed, which would change the rest of the page.
//!
//! In: a text as the author wrote it. Out: the first mistake, with the letters at which it is. Elements that may stay
//! open (`<p>`, `<li>`) and unknown names (`<3`, `<me@example.org>`) are no mistakes. Must not know where the text is
//! shown.

/// Elements that need an end tag.
const CLOSED: [&str; 60] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "big",
    "blockquote",
    "button",
    "center",
    "cite",
    "code",
    "del",
    "details",
    "dfn",
    "div",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "i",
    "iframe",
    "ins",
    "kbd",
    "label",
    "main",
    "mark",
    "nav",
    "object",
    "ol",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "u",
    "ul",
    "var",
    "video",
];

/// Maximum number of open elements; deeper texts are not checked.
const DEEPEST: usize = 200;

/// A mistake in HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MarkupFlaw<'a> {
    /// The tag, from its `<`.
    pub(super) tag: &'a str,
    /// Number of equal tags in the text before this one.
    pub(super) before: usize,
    pub(super) message: String,
    pub(super) help: String,
}

/// Returns the first mistake in a text.
pub(super) fn flaw(text: &str) -> Option<MarkupFlaw<'_>> {
    let mut open: Vec<ElementTag<'_>> = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        at += found;
        let rest = &text[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let Some(end) = comment.find("-->") else {
                return Some(mistake(text, at, "<!--", "is not closed: the rest of the page is hidden", "add `-->`"));
            };
            at += "<!--".len() + end;
            continue;
        }
        let Some(tag) = ElementTag::at(text, at) else {
            at += 1;
            continue;
        };
        let Some(end) = tag.end else {
            let help = "close the tag with `>`, and its quotes; write `&lt;` for a `<` that is text";
            return Some(mistake(text, at, tag.word, "has no end", help));
        };
        at = end;
        if !tag.closes {
            at = end_of_raw(text, end, &tag).unwrap_or(at);
            if open.len() == DEEPEST {
                return None;
            }
            open.push(tag);
        } else if let Some(start) = open.iter().rposition(|open| open.is(tag.name)) {
            open.remove(start);
        } else {
            let shown = tag.name.to_lowercase();
            let help = format!("remove `</{shown}>`, or write `<{shown}>` where the element begins");
            return Some(mistake(text, tag.at, &text[tag.at..end], "closes an element that is not open", &help));
        }
    }
    let first = open.first()?;
    let help = format!("write `</{}>` where the element ends", first.name.to_lowercase());
    let words = "is not closed: the element goes on to the end of the page";
    Some(mistake(text, first.at, &text[first.at..first.end.unwrap_or(first.at)], words, &help))
}

fn mistake<'a>(text: &'a str, at: usize, shown: &str, words: &str, help: &str) -> MarkupFlaw<'a> {
    let tag = &text[at..at + shown.len()];
    let message = format!("`{}` {words}", super::fields::shortened(tag));
    MarkupFlaw { tag, before: text[..at].matches(tag).count(), message, help: help.to_owned() }
}

/// A start or end tag of an element that needs both.
struct ElementTag<'a> {
    at: usize,
    name: &'a str,
    /// `<b` or `</b`.
    word: &'a str,
    closes: bool,
    /// One past its `>`; `None` if there is none.
    end: Option<usize>,
}

impl<'a> ElementTag<'a> {
    /// Returns the tag that begins at `at`; `None` if the `<` is text or the element needs no end tag.
    fn at(text: &'a str, at: usize) -> Option<Self> {
        let rest = &text[at + 1..];
        let closes = rest.starts_with('/');
        let name = &rest[usize::from(closes)..];
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        CLOSED.binary_search(&name.to_ascii_lowercase().as_str()).ok()?;
        let word = &text[at..at + 1 + usize::from(closes) + name.len()];
        // `<b@c>` and `<b-c>` are other names.
        let goes_on = |c: char| c == '>' || c == '/' || c.is_whitespace();
        text[at + word.len()..].chars().next().is_none_or(goes_on).then_some(())?;
        let end = end_of_tag(text, at + word.len());
        Some(Self { at, name, word, closes, end })
    }

    fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// Returns the offset after the `>` of a tag, which may contain `>` in quotes.
fn end_of_tag(text: &str, from: usize) -> Option<usize> {
    let mut quote = None;
    for (offset, byte) in text[from..].bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(from + offset + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Returns the place of the end tag of an element whose content is not HTML.
fn end_of_raw(text: &str, from: usize, tag: &ElementTag<'_>) -> Option<usize> {
    let is_raw = ["script", "style"].iter().any(|raw| tag.is(raw));
    let closing = format!("</{}", tag.name);
    is_raw.then(|| text[from..].find(&closing).map_or(text.len(), |at| from + at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_can_be_found_by_bisection() {
        assert!(CLOSED.is_sorted());
    }

    #[test]
    fn open_tags_are_mistakes() {
        for (text, tag, before, message) in [
            ("a <b>bold", "<b>", 0, "`<b>` is not closed: the element goes on to the end of the page"),
            ("<b>x</b> <b>y", "<b>", 1, "`<b>` is not closed: the element goes on to the end of the page"),
            ("<a href=\"x>y</a>", "<a", 0, "`<a` has no end"),
            ("x <b", "<b", 0, "`<b` has no end"),
            ("x</div> y", "</div>", 0, "`</div>` closes an element that is not open"),
            ("x <!-- y", "<!--", 0, "`<!--` is not closed: the rest of the page is hidden"),
            ("<B>x</b><i>", "<i>", 0, "`<i>` is not closed: the element goes on to the end of the page"),
            ("<script>a < b </script><b>", "<b>", 0, "`<b>` is not closed: the element goes on to the end of the page"),
        ] {
            let flaw = flaw(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((flaw.tag, flaw.before, flaw.message.as_str()), (tag, before, message), "{text}");
            assert!(!flaw.help.is_empty());
        }
    }

    #[test]
    fn ordinary_texts_have_no_mistake() {
        for text in [
            "I <3 it, a < b and <me@example.org>",
            "<b><i>x</b></i>",
            "one<br>two<br/><img src=x><p>three<li>four",
            "<a href='x>y' title=\"a>b\">z</a>",
            "<!-- <b> --> x",
            "<script>document.write('<b>')</script>",
            "<custom-element>",
            "",
            "<",
            "</",
        ] {
            assert_eq!(flaw(text), None, "{text}");
        }
        assert_eq!(flaw(&"<i>".repeat(100_000)), None);
    }
}
