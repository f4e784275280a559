//! YAML as a tree that remembers where every key and value was written.
//!
//! In: the text of a settings file. Out: a [`Node`], or the reason why there is none. Scalars keep their spelling
//! (`1.10` stays `1.10`), and whether they were quoted; their meaning is up to the caller. Must
//! not know about galleries.

mod blank;
mod cause;
mod comment;
mod parse;
mod scan;
mod syntax;
mod unclosed;

use std::rc::Rc;

pub(super) use parse::parse;

use crate::diagnostic::{FileId, Span};

/// A value with its position. Aliases share the value that they refer to.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Position of the value; for an alias, that of the alias.
    pub(super) span: Span,
    /// The value.
    pub(super) value: Rc<Value>,
    /// Approximate size in bytes with all aliases expanded.
    weight: u64,
    /// Number of nested levels of lists and maps inside.
    depth: u32,
}

/// The content of a node.
#[derive(Debug)]
pub(super) enum Value {
    /// A scalar.
    Scalar(Scalar),
    /// `[a, b]`, or lines that begin with `-`.
    List(Vec<Node>),
    /// `key: value`, in the order of the file, without duplicate keys.
    Map(Vec<YamlEntry>),
}

/// A single value as written.
#[derive(Debug)]
pub(super) struct Scalar {
    /// Text, with escapes resolved.
    pub(super) text: String,
    /// Whether the text is unquoted, so that it may be a number, a date, a boolean or null.
    pub(super) plain: bool,
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct YamlEntry {
    /// The key.
    pub(super) key: Rc<str>,
    /// Position of the key.
    pub(super) key_span: Span,
    /// The value.
    pub(super) node: Node,
}

impl Scalar {
    /// Returns whether the value is null: empty, `~` or `null`.
    pub(super) fn is_null(&self) -> bool {
        self.plain && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}

impl Node {
    /// Returns the node for a file without content.
    pub(super) fn nothing(file: FileId) -> Self {
        let value = Rc::new(Value::Scalar(Scalar { text: String::new(), plain: true }));
        Self { span: Span { file, start: 0, end: 0 }, value, weight: 0, depth: 0 }
    }

    /// Returns the scalar, if this is one.
    pub(super) fn scalar(&self) -> Option<&Scalar> {
        match &*self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// Returns the items, if this is a list.
    pub(super) fn list(&self) -> Option<&[Node]> {
        match &*self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the entries, if this is a map.
    pub(super) fn map(&self) -> Option<&[YamlEntry]> {
        match &*self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// Returns whether the value is null.
    pub(super) fn is_null(&self) -> bool {
        self.scalar().is_some_and(Scalar::is_null)
    }

    /// Describes the value, for messages like "expected .., found ..".
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
