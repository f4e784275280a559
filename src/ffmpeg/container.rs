//! Recognises a container by its first bytes.
//!
//! In: bytes. Out: a [`Container`] and the name of ffmpeg's demuxer for it, or the kind of file it is instead. Every container here
//! includes its own pictures and sounds: formats that list, describe or include other files are not accepted. Must not know paths.

use super::refusal::NotMedia;

/// Number of bytes needed to recognise a file.
pub(super) const HEAD: usize = 4096;

/// A container of pictures and sounds that ffmpeg may open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// MP4, QuickTime, 3GP, M4A.
    Mov,
    /// Matroska and `WebM`.
    Matroska,
    /// AVI.
    Avi,
    /// MPEG transport stream, with packets of 188, 192 (camcorders) or 204 bytes.
    MpegTs,
    /// MPEG program stream: `.mpg`, `.vob`.
    MpegPs,
    /// MPEG-1 and MPEG-2 pictures without a container.
    MpegVideo,
    /// H.264 without a container.
    H264,
    /// H.265 without a container.
    Hevc,
    /// Digital Video from tape.
    Dv,
    /// MXF.
    Mxf,
    /// Flash video.
    Flv,
    /// ASF: Windows Media.
    Asf,
    /// GIF.
    Gif,
    /// Animated PNG.
    Apng,
    /// Ogg.
    Ogg,
    /// MPEG sound, layers II and III.
    Mp3,
    /// AAC without a container.
    Adts,
    /// FLAC.
    Flac,
    /// WAVE, also with 64-bit lengths (RF64, BW64).
    Wav,
    /// Sony's Wave64.
    Wave64,
    /// AIFF.
    Aiff,
    /// Sun's AU.
    Au,
    /// AMR, from phones.
    Amr,
    /// Apple's Core Audio Format.
    Caf,
}

impl Container {
    /// Recognises a file that begins with `head`, which is [`HEAD`] bytes long or the whole file. `behind` is as much of the data after
    /// an ID3 tag, if there is one.
    ///
    /// # Errors
    /// The kind of file it is instead.
    pub(super) fn of(head: &[u8], behind: &[u8]) -> Result<Self, NotMedia> {
        if id3(head).is_some() {
            let sound = bare(behind).filter(|kind| matches!(kind, Self::Mp3 | Self::Adts | Self::Flac));
            return Ok(sound.unwrap_or(Self::Mp3));
        }
        bare(head).ok_or_else(|| NotMedia::of(head))
    }

    /// Name of ffmpeg's demuxer.
    #[must_use]
    pub fn demuxer(self) -> &'static str {
        match self {
            Self::Mov => "mov",
            Self::Matroska => "matroska",
            Self::Avi => "avi",
            Self::MpegTs => "mpegts",
            Self::MpegPs => "mpeg",
            Self::MpegVideo => "mpegvideo",
            Self::H264 => "h264",
            Self::Hevc => "hevc",
            Self::Dv => "dv",
            Self::Mxf => "mxf",
            Self::Flv => "flv",
            Self::Asf => "asf",
            Self::Gif => "gif",
            Self::Apng => "apng",
            Self::Ogg => "ogg",
            Self::Mp3 => "mp3",
            Self::Adts => "aac",
            Self::Flac => "flac",
            Self::Wav => "wav",
            Self::Wave64 => "w64",
            Self::Aiff => "aiff",
            Self::Au => "au",
            Self::Amr => "amr",
            Self::Caf => "caf",
        }
    }
}

/// Offset of the content in a file with an ID3 tag; `None` without a tag.
pub(super) fn id3(head: &[u8]) -> Option<u64> {
    let [b'I', b'D', b'3', _, _, flags, length @ ..] = head else { return None };
    // The length has seven bits per byte; a footer repeats the header.
    let length = length.iter().take(4).fold(0, |sum, byte| (sum << 7) | u64::from(byte & 0x7F));
    Some(10 + length + if flags & 0x10 == 0 { 0 } else { 10 })
}

fn bare(head: &[u8]) -> Option<Container> {
    Some(match head {
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Container::Matroska,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ' | b'X', ..] => Container::Avi,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..]
        | [b'R', b'F', b'6', b'4', _, _, _, _, b'W', b'A', b'V', b'E', ..]
        | [b'B', b'W', b'6', b'4', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Container::Wav,
        [b'r', b'i', b'f', b'f', 0x2E, 0x91, 0xCF, 0x11, ..] => Container::Wave64,
        [b'F', b'O', b'R', b'M', _, _, _, _, b'A', b'I', b'F', b'F' | b'C', ..] => Container::Aiff,
        [b'O', b'g', b'g', b'S', ..] => Container::Ogg,
        [b'F', b'L', b'V', 1, ..] => Container::Flv,
        [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..] => Container::Asf,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Container::Gif,
        [b'f', b'L', b'a', b'C', ..] => Container::Flac,
        [b'.', b's', b'n', b'd', ..] => Container::Au,
        [b'#', b'!', b'A', b'M', b'R', b'\n' | b'-', ..] => Container::Amr,
        [b'c', b'a', b'f', b'f', 0, ..] => Container::Caf,
        [0x06, 0x0E, 0x2B, 0x34, 0x02, 0x05, 0x01, 0x01, 0x0D, 0x01, 0x02, ..] => Container::Mxf,
        [0x1F, 0x07, 0x00, ..] => Container::Dv,
        [0x89, b'P', b'N', b'G', ..] if moves(head) => Container::Apng,
        [0, 0, 1, 0xBA, ..] => Container::MpegPs,
        [0, 0, 1, 0xB3, ..] => Container::MpegVideo,
        [0, 0, 1, rest @ ..] | [0, 0, 0, 1, rest @ ..] if elementary(rest).is_some() => elementary(rest)?,
        [size, _, _, _, kind @ ..] if is_box(*size, kind) => Container::Mov,
        _ if is_transport_stream(head) => Container::MpegTs,
        _ => return mpeg_sound(head),
    })
}

/// Whether a file of the MP4 family may begin with this box. The size must be small enough not to be text, except for `mdat`: only the
/// media data can be as long as four letters read as a number.
fn is_box(size: u8, kind: &[u8]) -> bool {
    let kinds: [&[u8]; 9] = [b"ftyp", b"styp", b"moov", b"moof", b"sidx", b"wide", b"free", b"skip", b"pnot"];
    kind.starts_with(b"mdat") || size < b' ' && kinds.iter().any(|known| kind.starts_with(known))
}

/// Recognises raw H.264 or H.265, which begin with parameter sets or a delimiter.
fn elementary(unit: &[u8]) -> Option<Container> {
    match unit {
        [0x67 | 0x47 | 0x27 | 0x09, ..] => Some(Container::H264),
        [0x40 | 0x46, 0x01, ..] => Some(Container::Hevc),
        _ => None,
    }
}

/// Whether a PNG announces an animation (`acTL`) before its first picture data.
fn moves(png: &[u8]) -> bool {
    let find = |name: &[u8]| png.windows(4).position(|four| four == name);
    find(b"acTL").is_some_and(|control| find(b"IDAT").is_none_or(|picture| control < picture))
}

/// Whether the bytes are packets of equal length with a sync byte at the same offset. Recordings may begin within a packet.
fn is_transport_stream(head: &[u8]) -> bool {
    const PACKETS: usize = 5;
    [188, 192, 204].into_iter().any(|length| {
        (0..length).any(|start| {
            let mut marks = head.iter().skip(start).step_by(length).take(PACKETS);
            // With fewer packets, the file has to begin with one.
            let needed = if start == 0 || (length == 192 && start == 4) { 2 } else { PACKETS };
            marks.len() >= needed && marks.all(|mark| *mark == 0x47)
        })
    })
}

/// Recognises MPEG sound and AAC (ADTS); zeros may precede MPEG sound.
fn mpeg_sound(head: &[u8]) -> Option<Container> {
    let frame = &head[head.iter().position(|byte| *byte != 0)?..];
    let [0xFF, second, rest @ ..] = frame else { return None };
    // Layers II and III of an existing version. Layer I is not used, and looks like text in UTF-16.
    let is_layer = second & 0xE0 == 0xE0 && matches!(second & 0x06, 0x02 | 0x04) && second & 0x18 != 0x08;
    // The bit rate and the sampling rate must exist.
    let rates = rest.first().is_none_or(|rates| rates & 0xF0 != 0xF0 && rates & 0x0C != 0x0C);
    if is_layer && rates {
        return Some(Container::Mp3);
    }
    (second & 0xF6 == 0xF0 && frame.len() == head.len()).then_some(Container::Adts)
}

#[cfg(test)]
#[path = "container_tests.rs"]
mod tests;
