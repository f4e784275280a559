//! Settings as written, whatever their keys mean: the data for the templates of a site.
//!
//! cimaise reads the settings that it knows into typed fields, with positions and checks. [`Data`] contains all keys,
//! known or not, in the order of the file, for authors whose templates use keys of their own.

use jiff::civil::Date;

/// A value as defined by YAML 1.2, plus dates.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Data {
    /// No value, or `null`.
    #[default]
    Nothing,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Number(f64),
    /// A date.
    Date(Date),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Data>),
    /// Keys and values, in the order of the file.
    Map(Vec<(String, Data)>),
}

impl Data {
    /// Returns the value under a key, if this is a map that contains the key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Returns every text in the value, at any depth; keys are not included.
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
