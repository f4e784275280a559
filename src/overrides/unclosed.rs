//! Template marks that are not closed: `{{` without `}}`, `{% if %}` without `{% endif %}`.
//!
//! In: the text of a template that MiniJinja could not parse. Out: the mark that caused the error. MiniJinja reports the
//! place where it gave up, which may be far below.

/// Blocks that need an end.
const BLOCKS: [&str; 9] = ["if", "for", "block", "macro", "call", "filter", "with", "autoescape", "raw"];

/// A mark that is not closed, or closes another one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// Offset of the mark.
    pub(super) at: usize,
    /// Length of the mark.
    pub(super) len: usize,
    pub(super) message: String,
    pub(super) help: String,
}

/// Returns the first mark that is not closed.
pub(super) fn first(text: &str) -> Option<Unclosed> {
    let mut open: Vec<Statement<'_>> = Vec::new();
    let mut at = 0;
    while let Some((start, kind)) = next_mark(text, at) {
        let end = match kind {
            '#' => text[start..].find("#}").map(|found| start + found).ok_or(NoEnd::Mark),
            _ => end_of_mark(text, start + 2, kind),
        };
        let end = match end {
            Ok(end) => end,
            Err(stop) => return Some(unclosed(start, kind, stop)),
        };
        at = end + 2;
        if kind != '%' {
            continue;
        }
        let block =
            Statement { at: start, len: at - start, word: word(&text[start + 2..end]), text: &text[start + 2..end] };
        if block.begins() {
            at = end_of_raw(text, at, block.word);
            open.push(block);
        } else if let Some(closed) = block.word.strip_prefix("end") {
            match open.pop() {
                Some(begun) if begun.word == closed => {}
                begun => return Some(mismatch(&block, begun.as_ref())),
            }
        }
    }
    let block = open.last()?;
    let message = format!("`{{% {} %}}` has no end", block.word);
    let help = format!("write `{{% end{} %}}` where the block ends", block.word);
    Some(Unclosed { at: block.at, len: block.len, message, help })
}

/// A statement: `{% word .. %}`.
struct Statement<'a> {
    at: usize,
    len: usize,
    word: &'a str,
    /// Everything between the marks.
    text: &'a str,
}

impl Statement<'_> {
    /// Returns whether the statement needs an end. `{% set x = 1 %}` needs none.
    fn begins(&self) -> bool {
        BLOCKS.contains(&self.word) || (self.word == "set" && !self.text.contains('='))
    }
}

/// Why a mark has no end.
enum NoEnd {
    Mark,
    /// A text in quotes that begins at this offset.
    Quote(usize),
}

fn word(statement: &str) -> &str {
    let statement = statement.trim_start_matches(['-', '+']).trim_start();
    &statement[..statement.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(statement.len())]
}

/// Returns the next `{{`, `{%` or `{#`, with its second letter.
fn next_mark(text: &str, from: usize) -> Option<(usize, char)> {
    let marks = text[from..].match_indices('{').map(|(offset, _)| from + offset);
    marks.filter_map(|at| Some((at, text[at + 1..].chars().next()?))).find(|(_, kind)| matches!(kind, '{' | '%' | '#'))
}

/// Returns the offset of the `}}` or `%}` that ends a mark.
fn end_of_mark(text: &str, from: usize, kind: char) -> Result<usize, NoEnd> {
    let close = if kind == '{' { "}}" } else { "%}" };
    let mut at = from;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        if rest.starts_with(close) {
            return Ok(at);
        }
        if ["{{", "{%", "{#"].iter().any(|mark| rest.starts_with(mark)) {
            break;
        }
        if matches!(letter, '"' | '\'') {
            let end = rest[1..].find(letter).filter(|&end| !rest[1..=end].contains(close)).ok_or(NoEnd::Quote(at))?;
            at += 1 + end;
        }
        at += letter.len_utf8();
    }
    Err(NoEnd::Mark)
}

/// Returns the offset of the end of a raw block; in other blocks, marks count.
fn end_of_raw(text: &str, from: usize, word: &str) -> usize {
    if word != "raw" {
        return from;
    }
    let ends = text[from..].match_indices("{%").map(|(offset, _)| from + offset);
    ends.into_iter().find(|&at| self::word(&text[at + 2..]) == "endraw").unwrap_or(text.len())
}

fn unclosed(start: usize, kind: char, stop: NoEnd) -> Unclosed {
    let (mark, close) = match kind {
        '{' => ("{{", "}}"),
        '%' => ("{%", "%}"),
        _ => ("{#", "#}"),
    };
    match stop {
        NoEnd::Quote(at) => {
            let message = format!("unclosed quote in `{mark} .. {close}`");
            Unclosed { at, len: 1, message, help: "close the quote".to_owned() }
        }
        NoEnd::Mark => {
            let (message, help) = (format!("`{mark}` is not closed"), format!("add `{close}` where it ends"));
            Unclosed { at: start, len: 2, message, help }
        }
    }
}

fn mismatch(block: &Statement<'_>, begun: Option<&Statement<'_>>) -> Unclosed {
    let (message, help) = match begun {
        Some(begun) => (
            format!("`{{% {} %}}` inside `{{% {} %}}`", block.word, begun.word),
            format!("write `{{% end{} %}}` first", begun.word),
        ),
        None => (
            format!("`{{% {} %}}` closes nothing", block.word),
            format!("remove it, or write `{{% {} .. %}}` where the block begins", &block.word["end".len()..]),
        ),
    };
    Unclosed { at: block.at, len: block.len, message, help }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_without_an_end_are_found_at_their_beginning() {
        for (text, at, message) in [
            ("<h1>{{ title </h1>", 4, "`{{` is not closed"),
            ("<h1>{{ title }</h1>{{ x }}", 4, "`{{` is not closed"),
            ("a{% if x }}b{% endif %}", 1, "`{%` is not closed"),
            ("{{ a }}{# b", 7, "`{#` is not closed"),
            ("{{ \"a }}b", 3, "unclosed quote in `{{ .. }}`"),
            ("{{ \"a }}<p class=\"b\">", 3, "unclosed quote in `{{ .. }}`"),
            ("{% if a %}{% if b %}{% endif %}", 0, "`{% if %}` has no end"),
            ("{% set a %}b", 0, "`{% set %}` has no end"),
            ("{% for a in b %}{%- endif %}", 16, "`{% endif %}` inside `{% for %}`"),
            ("a{% endif %}", 1, "`{% endif %}` closes nothing"),
        ] {
            let found = first(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.at, found.message.as_str()), (at, message), "{text}");
        }
    }

    #[test]
    fn complete_templates_have_no_open_marks() {
        for text in [
            "<p>{ {{ a }} }}",
            "{{ \"it's {\" }}{{ 'x' }}",
            "{% set a = 1 %}{% if a %}b{% else %}c{% endif %}",
            "{% raw %}{{ {% if %}{% endraw %}",
            "{# {{ #}",
            "{{ a b }}",
            "{%- for a in b -%}é{%- endfor -%}",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
