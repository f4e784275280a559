//! The keys of `settings.ffmpeg` and `settings.ffmpeg_audio`.

use super::key::{Key, Kind, Range, Table};

/// Allowed values of `timeout` in seconds; the maximum is a day.
pub(in crate::source) const TIMEOUTS: Range = Range(1, 86_400);

/// The keys that are also valid on a single video.
pub(in crate::source) static VIDEO: Table = Table {
    also: &[],
    own: &[
        Key::new("binary", Kind::Text, "The program: a name, or a path relative to the folder of the site.")
            .or_else("`ffmpeg`, or `avconv` if only that is installed"),
        Key::new("loglevel", Kind::Text, "Verbosity of ffmpeg.").or("\"error\""),
        Key::new("format", Kind::Text, "The container (`-f`).")
            .or_else("derived from `extension` or `video`, else `mp4`"),
        Key::new("resolution", Kind::Text, "A bounding box such as `1280x720`."),
        Key::new("vbitrate", Kind::Text, "Bitrate of the picture (`-b:v`).").or_else("the encoder's default quality"),
        Key::new("abitrate", Kind::Text, "Bitrate of the sound (`-b:a`).").or_else("the encoder's default quality"),
        Key::new("audio", Kind::Text, "Encoder of the sound (`-c:a`).").or_else("derived from the container"),
        Key::new("video", Kind::Text, "Encoder of the picture (`-c:v`).").or_else("derived from the container"),
        Key::new("other", Kind::Text, "Further arguments for ffmpeg, split as a shell would."),
        Key::new("extension", Kind::Text, "File extension of the result.").or_else("derived from the container"),
    ],
};

/// `settings.ffmpeg`.
pub(in crate::source) static FFMPEG: Table = Table {
    also: &[&VIDEO],
    own: &[Key::new(
        "timeout",
        Kind::Number(TIMEOUTS),
        "Number of seconds that ffmpeg or ffprobe may run without progress, for all videos and sounds.",
    )
    .or("60")],
};

/// `settings.ffmpeg_audio`.
pub(in crate::source) static FFMPEG_AUDIO: Table = Table { also: &[&VIDEO], own: &[] };
