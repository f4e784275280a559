//! The vocabulary of the tables: a key, the kind of its value, its default, and a table of keys.

use std::ops::RangeInclusive;

/// Whole numbers that a key accepts: the least and the greatest.
#[derive(Debug, Clone, Copy)]
pub(in crate::source) struct Range(pub(in crate::source) u32, pub(in crate::source) u32);

impl Range {
    /// Returns the numbers as a range.
    pub(in crate::source) const fn numbers(self) -> RangeInclusive<u32> {
        self.0..=self.1
    }
}

/// Kind of a value.
#[derive(Debug, Clone, Copy)]
pub(in crate::source) enum Kind {
    /// A scalar, as text.
    Text,
    /// A word without spaces, such as a language; the table does not list the words.
    Word,
    /// A list of texts, or a single one.
    Texts,
    /// `true` or `false`, or another word with that meaning.
    Boolean,
    /// A day.
    Date,
    /// A whole number.
    Number(Range),
    /// One of these words.
    Words(&'static [&'static str]),
    /// One of these words, or a whole number.
    WordsOrNumber(&'static [&'static str], Range),
    /// One of these words, or a boolean.
    WordsOrBoolean(&'static [&'static str]),
    /// A list of at most so many numbers, or a single one.
    Numbers(usize, Range),
    /// A percentage or a box, as `resize` has it.
    Geometry,
    /// A hexadecimal colour, or one of these words.
    Color(&'static [&'static str]),
    /// A text, or `false`.
    Password,
    /// Codes of diagnostics; of warnings only, if set.
    Codes { warnings: bool },
    /// A map.
    Map(&'static Table),
    /// A name, `false`, or a map.
    Licence(&'static Table),
    /// A file name, or a map.
    File(&'static Table),
    /// Targets with their texts.
    Menu,
    /// Rows of media.
    Rows,
    /// Sections of a story.
    Sections,
    /// Read only to report that it has no effect here.
    Misplaced,
}

impl Kind {
    /// Returns the table of a value that may be a map.
    const fn table(self) -> Option<&'static Table> {
        match self {
            Self::Map(table) | Self::Licence(table) | Self::File(table) => Some(table),
            _ => None,
        }
    }
}

/// Value of a key that the author left out.
#[derive(Debug, Clone, Copy)]
pub(in crate::source) enum Preset {
    /// There is none: without the key, nothing happens.
    None,
    /// The key is required.
    Required,
    /// This value, in JSON.
    Value(&'static str),
    /// A value that depends on others, in words.
    Words(&'static str),
}

/// A key of a settings file.
#[derive(Debug, Clone, Copy)]
pub(in crate::source) struct SettingKey {
    pub(in crate::source) name: &'static str,
    pub(in crate::source) kind: Kind,
    pub(in crate::source) preset: Preset,
    /// What the key does, in a few sentences.
    pub(in crate::source) about: &'static str,
}

impl SettingKey {
    /// Returns an optional key without a default.
    pub(super) const fn new(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, preset: Preset::None, about }
    }

    /// Returns whether the value is a word, and never a text with spaces.
    pub(super) const fn is_word(&self) -> bool {
        matches!(
            self.kind,
            Kind::Word | Kind::Words(_) | Kind::WordsOrNumber(..) | Kind::WordsOrBoolean(_) | Kind::Geometry
        )
    }

    /// Makes the key required.
    pub(super) const fn required(self) -> Self {
        Self { preset: Preset::Required, ..self }
    }

    /// Sets the default, in JSON.
    pub(super) const fn or(self, json: &'static str) -> Self {
        Self { preset: Preset::Value(json), ..self }
    }

    /// Describes the default in words.
    pub(super) const fn or_else(self, words: &'static str) -> Self {
        Self { preset: Preset::Words(words), ..self }
    }
}

/// The keys of one map.
#[derive(Debug)]
pub(in crate::source) struct Table {
    /// Tables whose keys are valid here as well.
    pub(super) also: &'static [&'static Table],
    pub(super) own: &'static [SettingKey],
}

impl Table {
    /// Returns all keys, the shared ones first.
    pub(in crate::source) fn keys(&self) -> impl Iterator<Item = &'static SettingKey> + use<> {
        let shared = self.also.iter().flat_map(|table| table.own);
        shared.chain(self.own)
    }

    /// Returns the names of all keys, the shared ones first.
    pub(in crate::source) fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys().map(|key| key.name)
    }

    /// Returns whether some key in this table or in a table below it meets a condition.
    pub(super) fn any(&self, meets: &impl Fn(&SettingKey) -> bool) -> bool {
        self.keys().any(|key| meets(key) || key.kind.table().is_some_and(|table| table.any(meets)))
    }

    /// Returns whether a key with this name has a meaning here.
    pub(in crate::source) fn means(&self, name: &str) -> bool {
        self.keys().any(|key| key.name == name && !matches!(key.kind, Kind::Misplaced))
    }
}

/// Returns the words of pairs of a word and its meaning.
pub(super) const fn words<T, const N: usize>(pairs: &[(&'static str, T); N]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = pairs[at].0;
        at += 1;
    }
    words
}
