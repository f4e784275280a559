//! Splitting a text into arguments, as a shell would, without a shell.

/// The words of a text: divided by white space; what stands in single or double quotes is kept together, and a backslash takes its
/// meaning from the next character, but not in single quotes. Nothing is expanded.
///
/// # Errors
/// What is wrong with the text.
pub fn split(text: &str) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            c if c.is_whitespace() => words.extend(word.take()),
            '\'' | '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next().ok_or("a quote is not closed")? {
                        end if end == c => break,
                        '\\' if c == '"' => word.push(chars.next().ok_or("a quote is not closed")?),
                        inside => word.push(inside),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(chars.next().ok_or("nothing follows the last backslash")?),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_are_divided_as_a_shell_divides_them() {
        assert_eq!(split(" -qmin 10\t-qmax  42 "), Ok(["-qmin", "10", "-qmax", "42"].map(String::from).into()));
        let quoted = split(r#"-vf "hue=s=0, crop=1" -metadata title='it is' a\ b c"d"'e' ''"#);
        let words = ["-vf", "hue=s=0, crop=1", "-metadata", "title=it is", "a b", "cde", ""];
        assert_eq!(quoted, Ok(words.map(String::from).into()));
        assert_eq!(split(r#""a\"b" 'a\b' $HOME `x`"#), Ok([r#"a"b"#, r"a\b", "$HOME", "`x`"].map(String::from).into()));
        assert_eq!(split(""), Ok(Vec::new()));
    }

    #[test]
    fn what_is_left_open_is_an_error() {
        assert_eq!(split("-vf \"x"), Err("a quote is not closed"));
        assert_eq!(split("'x"), Err("a quote is not closed"));
        assert_eq!(split("x \\"), Err("nothing follows the last backslash"));
    }
}
