//! The published file of each sound.

use super::copies::Copies;
use super::ids::{CopyId, TranscodeId};
use super::transcode::{Transcode, Transcodes};
use crate::site::{Site, SoundId};

/// The published file of a sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlannedSound {
    /// The unchanged file.
    Copy(CopyId),
    /// A file that ffmpeg makes from the sound.
    Transcode(TranscodeId),
}

/// Plans one entry for each sound of the site.
pub(super) fn plan(site: &Site, copies: &mut Copies, transcodes: &mut Transcodes) -> Vec<PlannedSound> {
    let planned = site.sounds.iter().enumerate().map(|(index, sound)| match &sound.conversion {
        None => PlannedSound::Copy(copies.add(&sound.path, &sound.absolute, sound.digest, sound.len)),
        Some(conversion) => {
            let transcode = Transcode::of_sound(sound, SoundId::at(index), conversion);
            PlannedSound::Transcode(transcodes.add(transcode))
        }
    });
    planned.collect()
}
