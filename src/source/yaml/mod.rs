//! YAML as a tree that remembers where every key and value was written.
//!
//! In: the text of a settings file. Out: a [`Node`], or the reason why there is none. Scalars keep their spelling (`1.10`
//! stays `1.10`) and whether they were quoted; what they mean is decided by whoever reads them. This module knows YAML
//! and nothing of galleries.

mod parse;
mod syntax;

use std::rc::Rc;

pub(super) use parse::parse;

use crate::diagnostic::{FileId, Span};

/// A value and where it was written. Aliases share what they stand for.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Where it was written; for an alias, the alias.
    pub(super) span: Span,
    /// What was written.
    pub(super) value: Rc<Value>,
    /// About how many bytes it takes with every alias written out.
    weight: u64,
    /// How many levels of lists and maps it holds.
    depth: u32,
}

/// What a node holds.
#[derive(Debug)]
pub(super) enum Value {
    /// A single value.
    Scalar(Scalar),
    /// `[a, b]`, or lines that begin with `-`.
    List(Vec<Node>),
    /// `key: value`, in the order of the file; no key stands in it twice.
    Map(Vec<YamlEntry>),
}

/// A single value as it was spelled.
#[derive(Debug)]
pub(super) struct Scalar {
    /// The text, escapes resolved.
    pub(super) text: String,
    /// Whether it stands there without quotes, so that it may mean a number, a date, true, false or nothing.
    pub(super) plain: bool,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct YamlEntry {
    /// The key.
    pub(super) key: Rc<str>,
    /// Where the key was written.
    pub(super) key_span: Span,
    /// The value.
    pub(super) node: Node,
}

impl Scalar {
    /// Whether it means nothing at all: an empty value, `~` or `null`.
    pub(super) fn is_null(&self) -> bool {
        self.plain && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}

impl Node {
    /// What a file without content holds.
    pub(super) fn nothing(file: FileId) -> Self {
        let value = Rc::new(Value::Scalar(Scalar { text: String::new(), plain: true }));
        Self { span: Span { file, start: 0, end: 0 }, value, weight: 0, depth: 0 }
    }

    /// The single value, if it is one.
    pub(super) fn scalar(&self) -> Option<&Scalar> {
        match &*self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub(super) fn list(&self) -> Option<&[Node]> {
        match &*self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, if it is a map.
    pub(super) fn map(&self) -> Option<&[YamlEntry]> {
        match &*self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// Whether nothing was written.
    pub(super) fn is_null(&self) -> bool {
        self.scalar().is_some_and(Scalar::is_null)
    }

    /// What it is, for "expected .., found ..".
    pub(super) fn describe(&self) -> String {
        match &*self.value {
            Value::List(_) => "a list".to_owned(),
            Value::Map(_) => "a map".to_owned(),
            Value::Scalar(scalar) if scalar.is_null() => "nothing".to_owned(),
            Value::Scalar(scalar) => {
                let text = scalar.text.trim();
                let short: String = text.chars().take(40).collect();
                let dots = if short.len() < text.len() { "..." } else { "" };
                let kind = if scalar.plain && text.parse::<f64>().is_ok() { "the number" } else { "the text" };
                format!("{kind} `{short}{dots}`")
            }
        }
    }
}
