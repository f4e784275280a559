//! Inserts calls of a guard into the text of a template, after every operand.
//!
//! In: the text of a template. Out: a text with the same meaning and the same lines, in which each operand passes through a guard before an
//! operator, filter, function, name or loop receives it. MiniJinja's operators cannot be replaced, but its filters can, and a filter that
//! returns its input can follow any operand. `engine` defines the guards. Must not know what a template is for.

use minijinja::machinery::{Span, Token, tokenize};
use minijinja::syntax::SyntaxConfig;

/// Name of the filter after operands.
pub(super) const OPERAND: &str = "__operand";

/// Name of the filter after operands of `*`.
pub(super) const FACTOR: &str = "__factor";

/// Name of the filter around values that are stored in a namespace.
pub(super) const MEMBER: &str = "__member";

/// Limit for the operators, calls and brackets in one tag: MiniJinja compiles and drops syntax trees by recursion.
pub(super) const MOST_OPERATORS: usize = 1_000;

/// Limit for the `elif`s in one template, which the compiler nests inside each other.
pub(super) const MOST_BRANCHES: usize = 1_000;

/// A template's text with guards inserted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Guarded {
    /// Text for MiniJinja.
    pub(super) text: String,
    /// Insertions in order: offset in the original text, and the inserted text.
    added: Vec<(usize, String)>,
}

/// An excess that MiniJinja could not cope with.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMuch {
    /// The message for the author.
    pub(super) message: String,
    /// Byte offset in the text.
    pub(super) at: usize,
}

type Lexed<'t> = (Token<'t>, Span);

/// Returns the syntax of templates.
pub(super) fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder().trim_blocks(true).build().unwrap_or_default()
}

/// Inserts guards into a template. A text with a syntax error is returned unchanged, so that MiniJinja reports the error.
pub(super) fn guard(text: &str) -> Result<Guarded, TooMuch> {
    let mut guards = Guards::default();
    let mut tag: Option<(bool, Vec<Lexed<'_>>)> = None;
    let mut branches = 0;
    for lexed in tokenize(text, false, syntax()) {
        let Ok((token, span)) = lexed else { return Ok(Guarded { text: text.to_owned(), added: Vec::new() }) };
        match token {
            Token::VariableStart => tag = Some((true, Vec::new())),
            Token::BlockStart => tag = Some((false, Vec::new())),
            Token::VariableEnd | Token::BlockEnd => {
                let Some((is_variable, tokens)) = tag.take() else { continue };
                check_length(&tokens)?;
                branches += usize::from(!is_variable && matches!(tokens.first(), Some((Token::Ident("elif"), _))));
                if branches > MOST_BRANCHES {
                    let message = format!("this template has more than {MOST_BRANCHES} `elif`");
                    return Err(TooMuch { message, at: span.start_offset as usize });
                }
                // Values that are printed directly pass through the formatter, which is a guard itself.
                if is_variable { guards.expression(&tokens, false) } else { guards.statement(&tokens) }
            }
            _ => {
                if let Some((_, tokens)) = &mut tag {
                    tokens.push((token, span));
                }
            }
        }
    }
    Ok(guards.into_text(text))
}

fn check_length(tokens: &[Lexed<'_>]) -> Result<(), TooMuch> {
    let is_operator = |token: &Token<'_>| match token {
        Token::Ident(name) => matches!(*name, "and" | "or" | "not" | "in" | "is" | "if"),
        Token::Str(_) | Token::String(_) | Token::Int(_) | Token::Int128(_) | Token::Float(_) => false,
        Token::Comma | Token::Colon | Token::Assign => false,
        _ => true,
    };
    match tokens.iter().filter(|(token, _)| is_operator(token)).nth(MOST_OPERATORS) {
        None => Ok(()),
        Some((_, span)) => {
            let message = format!("this tag has more than {MOST_OPERATORS} operators");
            Err(TooMuch { message, at: span.start_offset as usize })
        }
    }
}

impl Guarded {
    /// Converts an offset in the guarded text to an offset in the author's text.
    pub(super) fn original(&self, offset: usize) -> usize {
        let mut shift = 0;
        for (at, added) in &self.added {
            if at + shift >= offset {
                break;
            }
            shift += added.len().min(offset - at - shift);
        }
        offset - shift
    }
}

/// The insertions, collected in order.
#[derive(Debug, Default)]
struct Guards {
    added: Vec<(usize, String)>,
}

impl Guards {
    fn into_text(self, text: &str) -> Guarded {
        let mut guarded =
            String::with_capacity(text.len() + self.added.iter().map(|(_, added)| added.len()).sum::<usize>());
        let mut from = 0;
        for (at, added) in &self.added {
            guarded.push_str(&text[from..*at]);
            guarded.push_str(added);
            from = *at;
        }
        guarded.push_str(&text[from..]);
        Guarded { text: guarded, added: self.added }
    }

    fn add(&mut self, at: u32, text: String) {
        self.added.push((at as usize, text));
    }

    /// Guards a statement: `{% .. %}`.
    fn statement(&mut self, tokens: &[Lexed<'_>]) {
        let Some(((Token::Ident(keyword), _), rest)) = tokens.split_first() else { return };
        match *keyword {
            "if" | "elif" | "autoescape" | "extends" => self.expression(rest, true),
            "include" => self.expression(without_markers(rest), true),
            "import" => self.expression(&rest[..find(rest, "as")], true),
            "from" => self.expression(&rest[..find(rest, "import")], true),
            // These statements must end with a call, so their last operand stays without a guard.
            "do" | "filter" => self.expression(rest, false),
            "call" if matches!(rest.first(), Some((Token::ParenOpen, _))) => {
                let end = closing(rest);
                self.parameters(&rest[..end]);
                self.expression(&rest[end..], false);
            }
            "call" => self.expression(rest, false),
            "macro" => self.parameters(rest),
            "with" => self.assignments(rest),
            "for" => self.expression(without_recursive(&rest[(find(rest, "in") + 1).min(rest.len())..]), true),
            "set" => self.set(rest),
            _ => {}
        }
    }

    /// Guards `target = value`, or the filters of a captured block.
    fn set(&mut self, tokens: &[Lexed<'_>]) {
        let Some(place) = tokens.iter().position(|(token, _)| matches!(token, Token::Assign)) else {
            if let Some(pipe) = tokens.iter().position(|(token, _)| matches!(token, Token::Pipe)) {
                self.expression(&tokens[pipe..], false);
            }
            return;
        };
        let (target, value) = (&tokens[..place], &tokens[place + 1..]);
        let (Some((_, first)), Some((_, last))) = (value.first(), value.last()) else { return };
        let is_member = target.iter().any(|(token, _)| matches!(token, Token::Dot));
        self.add(first.start_offset, "(".to_owned());
        self.expression(value, false);
        self.add(last.end_offset, format!(")|{}", if is_member { MEMBER } else { OPERAND }));
    }

    /// Guards the defaults in the parameters of a macro: `(name, name = default)`.
    fn parameters(&mut self, tokens: &[Lexed<'_>]) {
        let Some(open) = tokens.iter().position(|(token, _)| matches!(token, Token::ParenOpen)) else { return };
        let end = closing(&tokens[open..]) + open;
        self.assignments(&tokens[open + 1..end.saturating_sub(1).max(open + 1)]);
    }

    /// Guards the values in `name = value, name = value`.
    fn assignments(&mut self, tokens: &[Lexed<'_>]) {
        let mut rest = tokens;
        loop {
            let Some(assign) = rest.iter().position(|(token, _)| matches!(token, Token::Assign)) else { return };
            rest = &rest[assign + 1..];
            let mut depth = 0_usize;
            let end = rest.iter().position(|(token, _)| {
                depth = level(depth, token);
                depth == 0 && matches!(token, Token::Comma)
            });
            let end = end.unwrap_or(rest.len());
            self.expression(&rest[..end], true);
            rest = &rest[end..];
        }
    }

    /// Inserts guards after all operands of an expression; after the last one only if `last`.
    fn expression(&mut self, tokens: &[Lexed<'_>], last: bool) {
        let mut reader = ExpressionReader::default();
        for (place, (token, span)) in tokens.iter().enumerate() {
            let next = tokens.get(place + 1).map(|(token, _)| token);
            let Some(is_factor) = reader.ends_operand(token, next) else { continue };
            let goes_on = matches!(next, Some(Token::Dot | Token::BracketOpen | Token::ParenOpen | Token::Assign));
            if goes_on || (next.is_none() && !last && !is_factor) {
                continue;
            }
            let name = if is_factor || matches!(next, Some(Token::Mul)) { FACTOR } else { OPERAND };
            self.add(span.end_offset, format!("|{name}"));
        }
    }
}

/// The kind of token that may come next in an expression. Like MiniJinja, it treats any word as a name where a name is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Expected {
    #[default]
    Operand,
    Operator,
    /// The name of a filter, or a name after a dot.
    Name,
    /// The name of a test, or `not` before it.
    Test,
    /// The argument of a test, which needs no brackets, or an operator.
    Argument,
}

/// Reads an expression token by token.
#[derive(Debug, Default)]
struct ExpressionReader {
    expected: Expected,
    /// Whether the current operand is on the right side of `*`; `outside` keeps that for each open bracket.
    is_factor: bool,
    outside: Vec<bool>,
}

impl ExpressionReader {
    /// Reads the next token. If a value may end with it, returns whether the value is the right operand of `*`.
    fn ends_operand(&mut self, token: &Token<'_>, next: Option<&Token<'_>>) -> Option<bool> {
        match token {
            Token::ParenOpen | Token::BracketOpen | Token::BraceOpen => {
                self.outside.push(std::mem::take(&mut self.is_factor));
                self.expected = Expected::Operand;
                None
            }
            Token::ParenClose | Token::BracketClose | Token::BraceClose => {
                self.is_factor = self.outside.pop().unwrap_or_default();
                self.operand()
            }
            Token::Ident(word) => self.word(word),
            Token::Str(_) | Token::String(_) => {
                // A string literal that is not processed further cannot be longer than the template.
                self.operand().filter(|_| !matches!(next, None | Some(Token::Comma | Token::Colon | Token::ParenClose)))
            }
            Token::Int(_) | Token::Int128(_) | Token::Float(_) => {
                let is_member = self.expected == Expected::Name;
                self.operand().filter(|_| is_member)
            }
            Token::Dot | Token::Pipe => {
                self.expected = Expected::Name;
                None
            }
            // The sign of a number, not an operator.
            Token::Minus if self.expected == Expected::Operand => None,
            token => {
                self.is_factor = matches!(token, Token::Mul);
                self.expected = Expected::Operand;
                None
            }
        }
    }

    fn operand(&mut self) -> Option<bool> {
        self.expected = Expected::Operator;
        Some(self.is_factor)
    }

    fn word(&mut self, word: &str) -> Option<bool> {
        match (self.expected, word) {
            (Expected::Operand, "not") | (Expected::Test, "not") => None,
            (Expected::Operand, "true" | "True" | "false" | "False" | "none" | "None") => {
                self.expected = Expected::Operator;
                None
            }
            (Expected::Operand | Expected::Name, _) => self.operand(),
            (Expected::Test, _) => {
                self.expected = Expected::Argument;
                None
            }
            (Expected::Operator | Expected::Argument, "is") => {
                self.expected = Expected::Test;
                None
            }
            (Expected::Argument, word) if !matches!(word, "and" | "or" | "else") => self.operand(),
            (Expected::Operator | Expected::Argument, _) => {
                self.is_factor = false;
                self.expected = Expected::Operand;
                None
            }
        }
    }
}

/// Returns the index of a word, or the number of tokens.
fn find(tokens: &[Lexed<'_>], word: &str) -> usize {
    let is_it = |(token, _): &Lexed<'_>| matches!(token, Token::Ident(name) if *name == word);
    tokens.iter().position(is_it).unwrap_or(tokens.len())
}

/// Returns the index after the bracket that closes the first one.
fn closing(tokens: &[Lexed<'_>]) -> usize {
    let mut depth = 0;
    let end = tokens.iter().position(|(token, _)| {
        depth = level(depth, token);
        depth == 0
    });
    end.map_or(tokens.len(), |end| end + 1)
}

fn level(depth: usize, token: &Token<'_>) -> usize {
    match token {
        Token::ParenOpen | Token::BracketOpen | Token::BraceOpen => depth + 1,
        Token::ParenClose | Token::BracketClose | Token::BraceClose => depth.saturating_sub(1),
        _ => depth,
    }
}

/// Removes `ignore missing` and `with context` from the end of an `include`.
fn without_markers<'a, 't>(mut tokens: &'a [Lexed<'t>]) -> &'a [Lexed<'t>] {
    while let [rest @ .., (Token::Ident(first), _), (Token::Ident(second), _)] = tokens
        && matches!((*first, *second), ("ignore", "missing") | ("with" | "without", "context"))
    {
        tokens = rest;
    }
    tokens
}

/// Removes `recursive` from the end of a `for`.
fn without_recursive<'a, 't>(tokens: &'a [Lexed<'t>]) -> &'a [Lexed<'t>] {
    let mut reader = ExpressionReader::default();
    for (token, _) in tokens.iter().take(tokens.len().saturating_sub(1)) {
        reader.ends_operand(token, None);
    }
    match tokens {
        [rest @ .., (Token::Ident("recursive"), _)] if reader.expected != Expected::Operand => rest,
        _ => tokens,
    }
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
