//! Lines of a limited width.

use unicode_width::UnicodeWidthStr;

/// Breaks `text` between words into lines of `width` columns; `None` keeps it in one line. The first line follows
/// `before`, which is already printed; each further line begins with `indent`. A word that is too long stays whole.
pub(super) fn wrap(text: &str, before: &str, indent: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return text.to_owned() };
    let mut wrapped = String::with_capacity(text.len());
    let mut column = before.width();
    let mut is_first = true;
    for word in text.split(' ') {
        let space = usize::from(!is_first);
        if column + space + word.width() > width && !is_first {
            wrapped.push('\n');
            wrapped.push_str(indent);
            column = indent.width();
        } else if !is_first {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += word.width();
        is_first = false;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_between_words() {
        assert_eq!(wrap("one two three", "help: ", "      ", Some(14)), "one two\n      three");
        assert_eq!(wrap("one two three", "help: ", "      ", None), "one two three");
        assert_eq!(wrap("one", "a/very/long/path.jpg: ", "    ", Some(10)), "one");
    }

    #[test]
    fn a_long_word_stays_whole() {
        assert_eq!(wrap("a/path/without/an/end is long", "", "  ", Some(8)), "a/path/without/an/end\n  is\n  long");
    }
}
