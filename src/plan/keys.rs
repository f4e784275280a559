//! Identities of what is made: hashes of everything that the bytes depend on.
//!
//! The hashed text is JSON with fields in the order of their declaration. A new field in a recipe, or a raised version number,
//! changes the keys it concerns and no others.

use serde::Serialize;

use crate::cache::{Digest, Key};
use pixels::{ENGINE, Recipe, Size};

/// Version of the arguments that ffmpeg is given. Raised when the same recipe gives other bytes than before.
const ARGUMENTS: u32 = 1;

/// Version of the rule that chooses a frame of a video.
const CHOICE: u32 = 1;

/// Key of what `recipe` makes of the photo with this digest.
pub(super) fn rendition(photo: Digest, recipe: &Recipe) -> Key {
    key(&(ENGINE, photo, recipe))
}

/// Key of what ffmpeg makes of the video or sound with this digest.
pub(super) fn transcode(source: Digest, recipe: &impl Serialize) -> Key {
    key(&(ARGUMENTS, source, recipe))
}

/// Key of what `recipe` makes of a video's frame, taken out at size `frame`.
pub(super) fn still(video: Digest, frame: Size, recipe: &Recipe) -> Key {
    key(&(ENGINE, CHOICE, video, frame, recipe))
}

fn key(inputs: &impl Serialize) -> Key {
    Key::of(&serde_json::to_vec(inputs).expect("a recipe is plain data"))
}
