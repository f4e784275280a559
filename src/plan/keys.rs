//! Keys of renditions: hashes of everything that decides their bytes.
//!
//! The hashed text is JSON with fields in declaration order. A new field in a recipe, or a higher version number, changes only the keys it
//! affects.

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
    Key::of(&serde_json::to_vec(inputs).expect("a recipe is plain data"))
}
