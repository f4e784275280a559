//! What was written under a key, whatever the key means: what templates of a site see.
//!
//! Settings that cimaise knows are read into typed fields, with places and checks; this is the rest of the truth, for those who
//! make pages of it themselves: every key, known or not, in the order of the file.

use jiff::civil::Date;

/// A value as YAML 1.2 understands it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Data {
    /// Nothing was written.
    #[default]
    Nothing,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Number(f64),
    /// A day.
    Date(Date),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Data>),
    /// Keys and values, in the order of the file.
    Map(Vec<(String, Data)>),
}

impl Data {
    /// The value under a key, if it is a map that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Every text in it, at any depth; keys are none.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        let mut open = vec![self];
        while let Some(data) = open.pop() {
            match data {
                Self::Text(text) => texts.push(text.as_str()),
                Self::List(items) => open.extend(items),
                Self::Map(entries) => open.extend(entries.iter().map(|(_, value)| value)),
                Self::Nothing | Self::Bool(_) | Self::Whole(_) | Self::Number(_) | Self::Date(_) => {}
            }
        }
        texts
    }
}
