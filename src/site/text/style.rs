//! CSS by authors, checked so that it cannot escape from the rule that contains it.
//!
//! In: a value or a list of declarations. Out: the same, or why it cannot be used. It is not validated: browsers
//! ignore CSS that they do not understand. The check rejects everything that could end the declaration, the rule or
//! the style sheet, or make a browser request a file that does not exist or belongs to another server.

use std::cell::RefCell;

/// Maps the content of a `url(…)` that names a file of the site to its percent-encoded form; `None` for anything
/// else.
pub(in crate::site) type FileUrl<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Returns the content of every `url(…)`, up to the first error in the text.
pub(in crate::site) fn urls(css: &str) -> Vec<String> {
    let urls = RefCell::new(Vec::new());
    let collect = |url: &str| {
        urls.borrow_mut().push(url.to_owned());
        Some(String::new())
    };
    // Errors are reported where the text is used.
    let _ = check(css, &collect);
    urls.into_inner()
}

/// Checks the value of one declaration (`#fff`, `linear-gradient(red, blue)`).
///
/// # Errors
/// The reason why the value cannot be used.
pub(in crate::site) fn value(css: &str, file: FileUrl<'_>) -> Result<String, String> {
    let list = check(css, file)?;
    match list.as_slice() {
        [] => Ok(String::new()),
        [one] => Ok(one.clone()),
        _ => Err("`;` would begin another declaration".to_owned()),
    }
}

/// Checks a list of declarations (`margin: 0; padding: 1em`).
///
/// # Errors
/// The reason why the list cannot be used.
pub(in crate::site) fn declarations(css: &str, file: FileUrl<'_>) -> Result<String, String> {
    let list = check(css, file)?;
    match list.iter().find(|declaration| !declaration.contains(':')) {
        Some(other) => Err(format!("`{other}` is not of the form `property: value`")),
        None => Ok(list.join("; ")),
    }
}

/// Functions that load a file, apart from `url`.
const LOADING: [&str; 5] = ["src", "image", "image-set", "-webkit-image-set", "expression"];

/// Scans the text token by token and splits it at each outermost `;`. Comments and line breaks become spaces.
fn check(css: &str, file: FileUrl<'_>) -> Result<Vec<String>, String> {
    let mut list = vec![String::new()];
    let mut open = Vec::new();
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '\\' => return Err("`\\` is not allowed here".to_owned()),
            '{' | '}' | '<' | '@' => return Err(format!("`{c}` is not allowed here")),
            '/' if rest.starts_with("/*") => comment(rest)?,
            '"' | '\'' => string(rest)?,
            c if c.is_whitespace() => c.len_utf8(),
            c if c.is_control() => return Err("it holds a control character".to_owned()),
            ';' if open.is_empty() => 1,
            ';' => return Err("`;` is not allowed between brackets".to_owned()),
            '(' => {
                let name = last_word(list.last().expect("begins with one"));
                if name.eq_ignore_ascii_case("url") {
                    let (url, length) = url(rest)?;
                    let file = file(url).ok_or_else(|| format!("`url({url})` names no file of the site"))?;
                    list.last_mut().expect("begins with one").push_str(&format!("(\"{file}\")"));
                    rest = &rest[length..];
                    continue;
                }
                if LOADING.iter().any(|loading| name.eq_ignore_ascii_case(loading)) {
                    return Err(format!("`{name}(…)` is not allowed here"));
                }
                open.push(')');
                1
            }
            '[' => {
                open.push(']');
                1
            }
            ')' | ']' => {
                if open.pop() != Some(c) {
                    return Err(format!("`{c}` closes nothing"));
                }
                1
            }
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        let current = list.last_mut().expect("begins with one");
        match c {
            ';' => list.push(String::new()),
            '/' if length > 1 => current.push(' '),
            c if c.is_whitespace() => current.push(' '),
            _ => current.push_str(token),
        }
        rest = after;
    }
    if let Some(missing) = open.pop() {
        return Err(format!("a `{missing}` is missing"));
    }
    Ok(list.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect())
}

/// Returns the content of the brackets at the start of `text`, without quotes, and the length including both
/// brackets.
fn url(text: &str) -> Result<(&str, usize), String> {
    let inner = text[1..].trim_start();
    let start = text.len() - inner.len();
    let length = match inner.chars().next() {
        Some('"' | '\'') => string(inner)?,
        _ => inner.find(')').unwrap_or(inner.len()),
    };
    let (url, after) = inner.split_at(length);
    let unquoted = url.trim_matches(['"', '\'']).trim();
    if unquoted.contains(|c: char| c.is_control() || matches!(c, '\\' | '"' | '\'' | '(' | '<')) {
        return Err("this `url(…)` cannot be read".to_owned());
    }
    match after.trim_start().strip_prefix(')') {
        Some(rest) => Ok((unquoted, start + length + after.len() - rest.len())),
        None => Err("a `)` is missing".to_owned()),
    }
}

/// Returns the length of the comment at the start of `text`.
fn comment(text: &str) -> Result<usize, String> {
    text[2..].find("*/").map(|end| 2 + end + 2).ok_or_else(|| "a comment is not closed".to_owned())
}

/// Returns the length of the string at the start of `text`. `<` is rejected here, too: HTML does not know CSS
/// strings, so `</style` ends a style sheet anywhere.
fn string(text: &str) -> Result<usize, String> {
    let quote = text.chars().next().expect("begins with a quote");
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\\' | '<' => return Err(format!("`{c}` is not allowed here")),
            c if c.is_control() => return Err("a string is not closed".to_owned()),
            c if c == quote => return Ok(at + 1),
            _ => {}
        }
    }
    Err("a string is not closed".to_owned())
}

/// Returns the identifier at the end of `text`; empty if another character follows it.
fn last_word(text: &str) -> &str {
    let start = text.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '-' | '_')).last();
    start.map_or("", |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    /// Resolves the files of the test site: `x.jpg` and `é 1.jpg`.
    fn file(url: &str) -> Option<String> {
        matches!(url, "x.jpg" | "é 1.jpg" | "%C3%A9%201.jpg").then(|| url.replace("é ", "%C3%A9%20"))
    }

    fn value(css: &str) -> Result<String, String> {
        super::value(css, &file)
    }

    fn declarations(css: &str) -> Result<String, String> {
        super::declarations(css, &file)
    }

    #[test]
    fn ordinary_values_stay() {
        for css in [
            "#fff",
            "rgb(1 2 3 / 50%)",
            "linear-gradient(to right, red, calc(1px + (2px * 3)))",
            "\"a ; } b\"",
            "50% 50%",
            "var(--x, [a])",
        ] {
            assert_eq!(value(css).as_deref(), Ok(css));
        }
        assert_eq!(value(" red ;\n").as_deref(), Ok("red"));
        assert_eq!(value("red/* } */\nblue").as_deref(), Ok("red  blue"));
        assert_eq!(value("").as_deref(), Ok(""));
    }

    #[test]
    fn what_would_leave_the_rule_is_refused() {
        for css in [
            "red; color: blue",
            "red } body { color: red",
            "</style><script>",
            "\"</style>\"",
            "red\\",
            "\\75rl(x)",
            "@import 'x'",
            "(",
            ")",
            "([)]",
            "'",
            "\"a\nb\"",
            "/* never closed",
            "f(;)",
            "a\0b",
        ] {
            assert!(value(css).is_err(), "{css:?}");
            assert!(declarations(&format!("a: {css}")).is_err() || css.starts_with("red;"), "{css:?}");
        }
    }

    #[test]
    fn what_would_load_something_else_than_a_file_of_the_site_is_refused() {
        for css in ["url(y.jpg)", "URL( 'https://a.example/x' )", "no-repeat url(\"//a\")", "url()", "url(data:x)"] {
            assert!(value(css).unwrap_err().contains("names no file of the site"), "{css}");
        }
        for css in
            ["image-set('x.jpg' 1x)", "src('x.jpg')", "url(x.jpg", "url('x.jpg'", "url(x'.jpg)", "url('x.jpg' a)"]
        {
            assert!(value(css).is_err(), "{css}");
        }
    }

    #[test]
    fn files_of_the_site_are_named_in_quotes_and_encoded() {
        assert_eq!(value("url( x.jpg ) no-repeat").as_deref(), Ok("url(\"x.jpg\") no-repeat"));
        assert_eq!(value("URL('é 1.jpg'), red").as_deref(), Ok("URL(\"%C3%A9%201.jpg\"), red"));
        assert_eq!(super::urls("red url(a.jpg) url('b c.jpg') }"), ["a.jpg", "b c.jpg"]);
    }

    #[test]
    fn declarations_are_a_list() {
        assert_eq!(declarations("margin: 0;;padding:1em;").as_deref(), Ok("margin: 0; padding:1em"));
        assert!(declarations("margin").is_err());
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_accepted_again(css in "[a-z0-9 :;/*'\"()#%-]{0,40}") {
            if let Ok(clean) = value(&css) {
                prop_assert_eq!(value(&clean), Ok(clean.clone()));
            }
            if let Ok(clean) = declarations(&css) {
                prop_assert_eq!(declarations(&clean), Ok(clean.clone()));
            }
        }

        #[test]
        fn nothing_accepted_can_end_a_style_sheet(css in "(?s).{0,40}") {
            if let Ok(clean) = declarations(&css) {
                prop_assert!(!clean.contains('<') && !clean.contains('\\'));
            }
        }
    }
}
