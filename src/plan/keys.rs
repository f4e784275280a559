//! Keys of renditions: hashes of everything that decides their bytes.
//!
//! The hashed text is JSON with fields in declaration order. A new field in a recipe, or a higher version number, changes only the keys it
//! affects.

use std::collections::HashMap;

use serde::Serialize;

use crate::cache::{Digest, Key};
use crate::ffmpeg::Preparation;
use pixels::{ENGINE, Recipe, Size};

/// Version of ffmpeg's arguments. Must be raised when the same recipe produces different bytes than before.
const ARGUMENTS: u32 = 1;

/// Version of the rule that chooses a frame of a video.
const CHOICE: u32 = 1;

/// Returns the key of the rendition that `recipe` makes from the photo with this digest.
pub(super) fn rendition(photo: Digest, recipe: &Recipe) -> Key {
    key(&(ENGINE, photo, recipe))
}

/// The keys of a site's renditions. Hashing them takes half the time of a plan.
#[derive(Debug, Default)]
pub struct RenditionKeys {
    /// Recipes as text: most photos share them.
    texts: RecipeTexts,
    /// The keys of this plan and of the one before, if they are remembered.
    remembered: Option<[HashMap<(Digest, Recipe), Key>; 2]>,
}

impl RenditionKeys {
    /// Remembers the keys for plans of the same site that follow.
    #[must_use]
    pub fn remembering() -> Self {
        Self { remembered: Some(Default::default()), ..Self::default() }
    }

    /// Begins a plan. Keys that the plan before did not use are forgotten.
    pub(super) fn begin(&mut self) {
        if let Some([current, former]) = &mut self.remembered {
            *former = std::mem::take(current);
        }
    }

    /// Returns the same key as [`rendition`].
    pub(super) fn key(&mut self, photo: Digest, recipe: &Recipe) -> Key {
        let Some([current, former]) = &mut self.remembered else { return self.texts.key(photo, recipe) };
        let input = (photo, recipe.clone());
        let key = former.remove(&input).unwrap_or_else(|| self.texts.key(photo, recipe));
        *current.entry(input).or_insert(key)
    }
}

/// Recipes as text.
#[derive(Debug, Default)]
struct RecipeTexts(HashMap<Recipe, String>);

impl RecipeTexts {
    fn key(&mut self, photo: Digest, recipe: &Recipe) -> Key {
        let text = match self.0.get(recipe) {
            Some(text) => text,
            None => self.0.entry(recipe.clone()).or_insert(json(recipe)),
        };
        Key::of(format!("[{ENGINE},\"{}\",{text}]", photo.hex()).as_bytes())
    }
}

/// Returns the key of the transcode that ffmpeg makes from the video or sound with this digest.
pub(super) fn transcode(source: Digest, recipe: &impl Serialize) -> Key {
    key(&(ARGUMENTS, source, recipe))
}

/// Returns the key of the still that `recipe` makes from a video's frame, extracted at size `frame` after this preparation.
pub(super) fn still(video: Digest, frame: Size, preparation: &Preparation, recipe: &Recipe) -> Key {
    match preparation.is_nothing() {
        true => key(&(ENGINE, CHOICE, video, frame, recipe)),
        false => key(&(ENGINE, CHOICE, video, frame, preparation, recipe)),
    }
}

fn key(inputs: &impl Serialize) -> Key {
    Key::of(json(inputs).as_bytes())
}

fn json(inputs: &impl Serialize) -> String {
    serde_json::to_string(inputs).expect("a recipe is plain data")
}

#[cfg(test)]
mod tests {
    use super::*;
    use pixels::{Background, Colors, Metadata, Orientation};

    #[test]
    fn keys_of_many_renditions_are_the_keys_of_each() {
        let survey = |colors| {
            let (turn, background) = (Orientation::UPRIGHT, Background::WHITE);
            Recipe::Survey { turn, colors, background }
        };
        let photos = [Digest::of(b"one"), Digest::of(b"two"), Digest::of(b"one")];
        let recipes = [survey(Colors::Keep), survey(Colors::Srgb), Recipe::Keep { metadata: Metadata::default() }];
        for mut keys in [RenditionKeys::default(), RenditionKeys::remembering()] {
            for _ in 0..3 {
                keys.begin();
                for (photo, recipe) in photos.iter().flat_map(|photo| recipes.iter().map(move |recipe| (photo, recipe)))
                {
                    assert_eq!(keys.key(*photo, recipe), rendition(*photo, recipe));
                }
            }
        }
    }
}
