//! Quotes and brackets before a place in a YAML file, for messages about broken files.
//!
//! In: the text of a file, and a place in it. Out: the brackets that are open there, and the last quote. The scan is
//! approximate: it finds where a value may begin, and knows nothing else about YAML. Must not know which error the
//! parser has found.

/// A bracket that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bracket {
    /// Offset in bytes.
    pub(super) at: usize,
    /// `[` or `{`.
    pub(super) sign: char,
}

/// A text in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quoted {
    /// Offset of the opening quote.
    pub(super) start: usize,
    /// Offset of the closing quote; `None` if there is none.
    pub(super) end: Option<usize>,
}

/// The marks before a place.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// Open brackets, outermost first.
    pub(super) brackets: Vec<Bracket>,
    /// The last text in quotes that begins before the place.
    pub(super) quoted: Option<Quoted>,
}

impl Marks {
    /// Scans `text` up to the offset `end`.
    pub(super) fn before(text: &str, end: usize) -> Self {
        let mut scan = MarkScanner { bytes: text.as_bytes(), at: 0, fresh: true, marks: Self::default() };
        while scan.at < end.min(text.len()) {
            scan.step();
        }
        scan.marks
    }
}

/// Returns the offset of the end of the line that contains `at`.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

/// Returns the offset of the comment in the line that contains `at`, at or after this offset. Quotes are ignored.
pub(super) fn comment_after(text: &str, at: usize) -> Option<usize> {
    let line = &text[at..line_end(text, at)];
    line.match_indices('#').map(|(offset, _)| at + offset).find(|&hash| begins_comment(text.as_bytes(), hash))
}

fn begins_comment(bytes: &[u8], at: usize) -> bool {
    at == 0 || is_blank(bytes[at - 1])
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

struct MarkScanner<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether a value may begin here.
    fresh: bool,
    marks: Marks,
}

impl MarkScanner<'_> {
    fn step(&mut self) {
        let byte = self.bytes[self.at];
        let in_flow = !self.marks.brackets.is_empty();
        match byte {
            b'\n' => self.fresh = true,
            byte if is_blank(byte) => {}
            b'#' if begins_comment(self.bytes, self.at) => self.at = self.end_of_line() - 1,
            b'"' | b'\'' if self.fresh => self.quoted(byte),
            b'[' | b'{' if self.fresh => self.marks.brackets.push(Bracket { at: self.at, sign: char::from(byte) }),
            b']' | b'}' if in_flow => {
                self.marks.brackets.pop();
                self.fresh = false;
            }
            b',' if in_flow => self.fresh = true,
            b':' if self.blank_follows() => self.fresh = true,
            b'-' | b'?' if self.fresh && self.blank_follows() => {}
            b'|' | b'>' if self.fresh && !in_flow => self.block(),
            _ => self.fresh = false,
        }
        self.at += 1;
    }

    fn blank_follows(&self) -> bool {
        self.bytes.get(self.at + 1).is_none_or(|&next| is_blank(next))
    }

    fn end_of_line(&self) -> usize {
        let rest = &self.bytes[self.at..];
        self.at + rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len())
    }

    /// Skips a text in quotes, to its closing quote or the end of the file.
    fn quoted(&mut self, quote: u8) {
        let start = self.at;
        let mut end = start + 1;
        let next = |at: usize| self.bytes.get(at + 1).copied();
        while end < self.bytes.len() {
            match self.bytes[end] {
                b'\\' if quote == b'"' => end += 1,
                byte if byte == quote && quote == b'\'' && next(end) == Some(quote) => end += 1,
                byte if byte == quote => break,
                _ => {}
            }
            end += 1;
        }
        let closed = (end < self.bytes.len()).then_some(end);
        self.marks.quoted = Some(Quoted { start, end: closed });
        (self.at, self.fresh) = (end, false);
    }

    /// Skips a text after `|` or `>`: all lines that are indented more than its key.
    fn block(&mut self) {
        let line_start = self.bytes[..self.at].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let margin = self.bytes[line_start..].iter().position(|byte| !matches!(byte, b' ' | b'-')).unwrap_or(0);
        self.at = self.end_of_line();
        while self.at < self.bytes.len() {
            let line = &self.bytes[self.at + 1..];
            let indent = line.iter().position(|&byte| byte != b' ').unwrap_or(line.len());
            if indent <= margin && line.get(indent).is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                break;
            }
            self.at += 1;
            self.at = self.end_of_line();
        }
        self.fresh = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str) -> Vec<usize> {
        Marks::before(text, text.len()).brackets.iter().map(|bracket| bracket.at).collect()
    }

    fn quoted(text: &str) -> Option<(usize, Option<usize>)> {
        Marks::before(text, text.len()).quoted.map(|quoted| (quoted.start, quoted.end))
    }

    #[test]
    fn only_brackets_where_a_value_begins_are_open() {
        assert_eq!(open("a: [b, [c"), [3, 7]);
        assert_eq!(open("a: [b, [c]"), [3]);
        assert_eq!(open("a: b [c"), [0; 0]);
        assert_eq!(open("a: {b: {c: d}"), [3]);
        assert_eq!(open("a: x # [\nb: y"), [0; 0]);
        assert_eq!(open("a: '['\nb: \"{\""), [0; 0]);
    }

    #[test]
    fn quotes_inside_a_word_are_letters() {
        assert_eq!(quoted("a: it's"), None);
        assert_eq!(quoted("a: 'it''s' x"), Some((3, Some(9))));
        assert_eq!(quoted("a: \"b\\\"c"), Some((3, None)));
        assert_eq!(quoted("- - 'x"), Some((4, None)));
    }

    #[test]
    fn texts_of_several_lines_contain_no_marks() {
        assert_eq!(open("- text: |\n    [a\n\n    'b\n  c: [d"), [30]);
        assert_eq!(open("a: >\n  [a\nb: c"), [0; 0]);
        assert_eq!(quoted("a: |"), None);
    }

    #[test]
    fn comments_begin_after_a_blank() {
        assert_eq!(comment_after("a: b#c #d", 0), Some(7));
        assert_eq!(comment_after("a: b#c\n#d", 0), None);
    }
}
