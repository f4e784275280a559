//! Describes the differences between two recipes.

use std::fmt::Debug;

use pixels::{Background, Encode, Encoding, Recipe, Requantize, Size};

/// Returns the size of the result in pixels, if the recipe decides it.
pub(super) fn size(recipe: &Recipe) -> Option<Size> {
    match recipe {
        Recipe::Encode(encode) => Some(encode.size),
        Recipe::Requantize(requantize) => Some(requantize.size),
        Recipe::Keep { .. } | Recipe::Survey { .. } => None,
    }
}

/// Returns all fields in which two recipes for pictures of the same size differ, in the form `quality 75 -> 80`.
///
/// The patterns name every field, so that the compiler reports this function when a field is added.
pub(super) fn differences(old: &Recipe, new: &Recipe) -> Vec<String> {
    match (old, new) {
        (Recipe::Encode(old), Recipe::Encode(new)) => {
            let Encode { background, colors, encoding, halvings, metadata, size: _, turn } = old;
            let mut all = vec![
                changed("background", channels(background), channels(&new.background)),
                changed("colors", colors, &new.colors),
            ];
            all.extend(encodings(*encoding, new.encoding));
            all.push(changed("halvings", halvings, &new.halvings));
            all.push(changed("metadata", metadata, &new.metadata));
            all.push(changed("turn", turn.exif(), new.turn.exif()));
            all.into_iter().flatten().collect()
        }
        (Recipe::Requantize(old), Recipe::Requantize(new)) => {
            let Requantize { encoding, metadata, size: _, turn } = old;
            let mut all = encodings(*encoding, new.encoding);
            all.push(changed("metadata", metadata, &new.metadata));
            all.push(changed("turn", turn.exif(), new.turn.exif()));
            all.into_iter().flatten().collect()
        }
        (old, new) if old == new => Vec::new(),
        (old, new) => vec![line("recipe", kind(old), kind(new))],
    }
}

fn kind(recipe: &Recipe) -> &'static str {
    match recipe {
        Recipe::Encode(_) => "encode",
        Recipe::Requantize(_) => "requantize",
        Recipe::Keep { .. } => "keep",
        Recipe::Survey { .. } => "survey",
    }
}

fn encodings(old: Encoding, new: Encoding) -> Vec<Option<String>> {
    match (old, new) {
        (
            Encoding::Jpeg { chroma, effort, progressive, quality },
            Encoding::Jpeg { chroma: c, effort: e, progressive: p, quality: q },
        ) => vec![
            changed("chroma", chroma, c),
            changed("effort", effort, e),
            changed("progressive", progressive, p),
            changed("quality", quality, q),
        ],
        (old, new) => vec![(old != new).then(|| line("encoding", &format(old), &format(new)))],
    }
}

/// Returns the name of a format, without parameters.
fn format(encoding: Encoding) -> String {
    let text = format!("{encoding:?}");
    text.split(' ').next().unwrap_or_default().to_ascii_lowercase()
}

fn channels(Background(channels): &Background) -> [u8; 3] {
    *channels
}

/// Returns a line about a field if its value has changed.
fn changed<T: Debug + PartialEq>(name: &str, old: T, new: T) -> Option<String> {
    (old != new).then(|| line(name, &word(&old), &word(&new)))
}

fn line(name: &str, old: &str, new: &str) -> String {
    format!("{name} {old} -> {new}")
}

/// Returns a value in kebab case: `AllButLocation` becomes `all-but-location`.
fn word(value: &impl Debug) -> String {
    let mut word = String::new();
    for letter in format!("{value:?}").chars() {
        if letter.is_ascii_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(letter.to_ascii_lowercase());
    }
    word.replace(", ", ",")
}
