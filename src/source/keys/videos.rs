//! The keys of `settings.ffmpeg` and `settings.ffmpeg_audio`.

use super::key::{Kind, Range, SettingKey, Table};

/// Allowed values of `timeout` in seconds; the maximum is a day.
pub(in crate::source) const TIMEOUTS: Range = Range(1, 86_400);

/// The keys that are also valid on a single video.
pub(in crate::source) static VIDEO: Table = Table {
    also: &[],
    own: &[
        SettingKey::new("binary", Kind::Text, "The program: a name, or a path relative to the folder of the site.")
            .or_else("`ffmpeg`, or `avconv` if only that is installed"),
        SettingKey::new("loglevel", Kind::Text, "Verbosity of ffmpeg.").or("\"error\""),
        SettingKey::new("format", Kind::Text, "The container (`-f`).")
            .or_else("derived from `extension` or `video`, else `mp4`"),
        SettingKey::new("resolution", Kind::Text, "A bounding box such as `1280x720`."),
        SettingKey::new("vbitrate", Kind::Text, "Bitrate of the picture (`-b:v`).")
            .or_else("the encoder's default quality"),
        SettingKey::new("abitrate", Kind::Text, "Bitrate of the sound (`-b:a`).")
            .or_else("the encoder's default quality"),
        SettingKey::new("audio", Kind::Text, "Encoder of the sound (`-c:a`).").or_else("derived from the container"),
        SettingKey::new("video", Kind::Text, "Encoder of the picture (`-c:v`).").or_else("derived from the container"),
        SettingKey::new("other", Kind::Text, "Further arguments for ffmpeg, split as a shell would."),
        SettingKey::new("extension", Kind::Text, "File extension of the result.").or_else("derived from the container"),
    ],
};

/// `settings.ffmpeg`.
pub(in crate::source) static FFMPEG: Table = Table {
    also: &[&VIDEO],
    own: &[SettingKey::new(
        "timeout",
        Kind::Number(TIMEOUTS),
        "Number of seconds that ffmpeg or ffprobe may run without progress, for all videos and sounds.",
    )
    .or("60")],
};

/// `settings.ffmpeg_audio`.
pub(in crate::source) static FFMPEG_AUDIO: Table = Table { also: &[&VIDEO], own: &[] };
