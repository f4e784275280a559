//! Kinds of files, by their extensions.
//!
//! In: a file name. Out: whether it is the name of a picture, a video or a sound. Opens no file.

use pixels::Format;

/// Returns whether a name has the extension of a video.
#[must_use]
pub fn is_video(name: &str) -> bool {
    ends_in(name, &["mp4", "m4v", "mov", "webm", "mkv", "avi", "ogv", "mpg", "mpeg"])
}

/// Returns whether a name has the extension of a picture format without animation.
#[must_use]
pub fn is_still(name: &str) -> bool {
    is_picture(name) && !ends_in(name, &["gif", "png", "apng", "webp", "avif"])
}

/// Returns whether a name has the extension of a picture.
#[must_use]
pub fn is_picture(name: &str) -> bool {
    Format::ALL.iter().any(|format| ends_in(name, format.extensions())) || ends_in(name, &["avif"])
}

/// Returns whether a name has the extension of a camera RAW file.
#[must_use]
pub fn is_raw(name: &str) -> bool {
    ends_in(name, Format::Raw.extensions())
}

/// The kinds of files that a text in the settings can name where the key does not decide the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A photo.
    Picture,
    /// A video.
    Video,
    /// A sound.
    Sound,
}

/// Returns the kind of file that a name in free text denotes, by its extension.
#[must_use]
pub fn kind(name: &str) -> Option<FileKind> {
    if is_video(name) {
        Some(FileKind::Video)
    } else if Format::ALL.iter().any(|format| ends_in(name, format.extensions())) {
        Some(FileKind::Picture)
    } else if ends_in(name, &["mp3", "ogg", "oga", "opus", "flac", "wav", "m4a", "aac"]) {
        Some(FileKind::Sound)
    } else {
        None
    }
}

/// Returns whether a text ends as the names of files do that settings name.
#[must_use]
pub(super) fn is_named_in_settings(text: &str) -> bool {
    is_picture(text) || kind(text).is_some() || ends_in(text, &["svg", "html", "pdf"])
}

/// Returns whether a name has the extension of a picture format that browsers show. Such a file may contain private
/// metadata.
#[must_use]
pub fn is_shown(name: &str) -> bool {
    let shown = Format::ALL.iter().filter(|format| format.is_shown_by_browsers());
    shown.into_iter().any(|format| ends_in(name, format.extensions()))
}

fn ends_in(name: &str, extensions: &[&str]) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
}
