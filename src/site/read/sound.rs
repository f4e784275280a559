//! Kinds of sounds, recognised by content.

use serde::{Deserialize, Serialize};

/// A format of sound that every current browser plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SoundKind {
    /// MPEG layer III.
    Mp3,
    /// AAC, bare or in MP4.
    Aac,
    /// Vorbis in Ogg.
    Vorbis,
    /// Opus in Ogg.
    Opus,
    /// FLAC, bare or in Ogg.
    Flac,
    /// Uncompressed samples of 8 to 32 bits.
    Wav,
}

impl SoundKind {
    /// Returns the kind of a file with this beginning and end; `None` if browsers may not be able to play it.
    pub(in crate::site) fn of(head: &[u8], tail: &[u8]) -> Option<Self> {
        match head {
            // MPEG layer III, and ADTS, which has no layer. ID3 tags come before either.
            [b'I', b'D', b'3', ..] => Some(Self::Mp3),
            [0xFF, second, ..] if second & 0xE6 == 0xE2 => Some(Self::Mp3),
            [0xFF, second, ..] if second & 0xF6 == 0xF0 => Some(Self::Aac),
            [b'f', b'L', b'a', b'C', ..] => Some(Self::Flac),
            [b'O', b'g', b'g', b'S', ..] => of_ogg(head),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => of_wave(head),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => {
                let holds = |kind: &[u8]| [head, tail].iter().any(|part| part.windows(4).any(|four| four == kind));
                (holds(b"mp4a") && !holds(b"alac") && !holds(b"vide")).then_some(Self::Aac)
            }
            _ => None,
        }
    }

    /// Returns whether this encoder produces the format.
    pub(in crate::site) fn is_made_by(self, encoder: &str) -> bool {
        match self {
            Self::Mp3 => ["libmp3lame", "libshine", "mp3"].contains(&encoder),
            Self::Aac => ["aac", "libfdk_aac"].contains(&encoder),
            Self::Vorbis => ["libvorbis", "vorbis"].contains(&encoder),
            Self::Opus => ["libopus", "opus"].contains(&encoder),
            Self::Flac => encoder == "flac",
            Self::Wav => encoder.starts_with("pcm_"),
        }
    }
}

/// Returns the codec, which the first packet of the first page names.
fn of_ogg(head: &[u8]) -> Option<SoundKind> {
    let segments = usize::from(*head.get(26)?);
    let packet = head.get(27 + segments..)?;
    let kinds: [(&[u8], SoundKind); 3] =
        [(b"\x01vorbis", SoundKind::Vorbis), (b"OpusHead", SoundKind::Opus), (b"\x7FFLAC", SoundKind::Flac)];
    kinds.into_iter().find(|(mark, _)| packet.starts_with(mark)).map(|(_, kind)| kind)
}

/// Returns the kind if the samples are integers or floating-point numbers; a WAVE file may contain many other
/// formats.
fn of_wave(head: &[u8]) -> Option<SoundKind> {
    let at = head.windows(4).position(|four| four == b"fmt ")?;
    let tag = u16::from_le_bytes(*head.get(at + 8..)?.first_chunk()?);
    matches!(tag, 1 | 3 | 0xFFFE).then_some(SoundKind::Wav)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_play_is_told_by_content() {
        let ogg = |packet: &[u8]| [&b"OggS"[..], &[0; 22], &[1, 30], packet].concat();
        let wave = |tag: u8| [&b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0"[..], &[tag, 0]].concat();
        let mp4 = |codec: &[u8]| [&b"\0\0\0\x18ftypM4A \0\0\0\0"[..], codec].concat();
        for (head, kind) in [
            (b"ID3\x04".to_vec(), Some(SoundKind::Mp3)),
            (vec![0xFF, 0xFB, 0x90], Some(SoundKind::Mp3)),
            (vec![0xFF, 0xF1, 0x50], Some(SoundKind::Aac)),
            (b"fLaC".to_vec(), Some(SoundKind::Flac)),
            (ogg(b"\x01vorbis"), Some(SoundKind::Vorbis)),
            (ogg(b"OpusHead"), Some(SoundKind::Opus)),
            (ogg(b"\x7FFLAC"), Some(SoundKind::Flac)),
            (ogg(b"Speex   "), None),
            (wave(1), Some(SoundKind::Wav)),
            (wave(2), None),
            (mp4(b"mp4a"), Some(SoundKind::Aac)),
            (mp4(b"alac"), None),
            (b"FORM".to_vec(), None),
            (b"OggS".to_vec(), None),
            (b"RIFF".to_vec(), None),
            (Vec::new(), None),
        ] {
            assert_eq!(SoundKind::of(&head, b""), kind, "{head:?}");
        }
        assert_eq!(SoundKind::of(&mp4(b""), b"....mp4a"), Some(SoundKind::Aac), "its list stands at the end");
    }
}
