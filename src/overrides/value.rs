//! Values from settings, as templates see them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object};

use super::day::Day;
use super::html::{Piece, without_marks};
use crate::source::Data;

/// A map that preserves the order of its keys, like Python's `dict`.
#[derive(Debug, Default, Clone)]
pub(super) struct FieldMap {
    entries: Vec<(Arc<str>, Value)>,
    places: BTreeMap<Arc<str>, usize>,
    /// Index of the section that this map describes, if it is a section of the current gallery.
    pub(super) section: Option<usize>,
}

impl FieldMap {
    /// Returns the entries of a map; an empty map for any other data.
    pub(super) fn of(data: &Data) -> Self {
        let mut fields = Self::default();
        if let Data::Map(entries) = data {
            entries.iter().for_each(|(key, data)| fields.put(key, value(data)));
        }
        fields
    }

    /// Sets the value of a key, and replaces an existing value. A text cannot contain the mark of a gap.
    pub(super) fn set(&mut self, key: &str, value: impl Into<Value>) {
        let value = value.into();
        match value.as_str().map(without_marks) {
            Some(Cow::Owned(text)) => self.put(key, text.into()),
            _ => self.put(key, value),
        }
    }

    /// Sets a key to a gap, which cimaise fills.
    pub(super) fn set_gap(&mut self, key: &str, gap: &Piece) {
        self.put(key, gap.to_string().into());
    }

    fn put(&mut self, key: &str, value: Value) {
        let key: Arc<str> = without_marks(key).into();
        match self.places.get(&key) {
            Some(&place) => self.entries[place].1 = value,
            None => {
                self.places.insert(key.clone(), self.entries.len());
                self.entries.push((key, value));
            }
        }
    }

    /// Sets the value of a key that has no value or is null.
    pub(super) fn fill(&mut self, key: &str, value: impl Into<Value>) {
        if self.get(key).is_none_or(|found| found.is_none()) {
            self.set(key, value);
        }
    }

    /// Removes a key.
    pub(super) fn remove(&mut self, key: &str) {
        if self.places.contains_key(key) {
            self.entries.retain(|(known, _)| &**known != key);
            self.places = self.entries.iter().enumerate().map(|(place, (key, _))| (key.clone(), place)).collect();
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.places.get(key).map(|&place| &self.entries[place].1)
    }
}

impl Object for FieldMap {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get(key.as_str()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let entries: Vec<_> =
            self.entries.iter().map(|(key, value)| (Value::from(key.clone()), value.clone())).collect();
        Enumerator::KeyValueIter(Box::new(entries.into_iter()))
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(self.entries.len())
    }
}

impl From<FieldMap> for Value {
    fn from(fields: FieldMap) -> Self {
        Self::from_object(fields)
    }
}

/// Converts a value of the settings to a template value.
pub(super) fn value(data: &Data) -> Value {
    match data {
        Data::Nothing => Value::from(()),
        Data::Bool(flag) => Value::from(*flag),
        Data::Whole(number) => Value::from(*number),
        Data::Number(number) => Value::from(*number),
        Data::Date(date) => Day(*date).into(),
        Data::Text(text) => Value::from(&*without_marks(text)),
        Data::List(items) => items.iter().map(value).collect(),
        Data::Map(_) => FieldMap::of(data).into(),
    }
}
