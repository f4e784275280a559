//! What files are, by the extensions of their names.
//!
//! In: a name. Out: whether it can only be a picture's, a video's or a sound's. Nothing is opened.

use pixels::Format;

/// Whether a name can only be a video's.
pub(in crate::site) fn is_video(name: &str) -> bool {
    ends_in(name, &["mp4", "m4v", "mov", "webm", "mkv", "avi", "ogv", "mpg", "mpeg"])
}

/// Whether a name can only be that of a picture that does not move.
pub(in crate::site) fn is_still(name: &str) -> bool {
    is_picture(name) && !ends_in(name, &["gif", "png", "apng", "webp", "avif"])
}

/// Whether a name can only be a picture's.
#[must_use]
pub fn is_picture(name: &str) -> bool {
    Format::ALL.iter().any(|format| ends_in(name, format.extensions())) || ends_in(name, &["avif"])
}

/// What a text in the settings can name, where no key says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::site) enum FileKind {
    Picture,
    Video,
    Sound,
}

/// What a name in free text stands for, told by its extension.
pub(in crate::site) fn kind(name: &str) -> Option<FileKind> {
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

/// Whether a name can only be that of a picture that browsers show, which may tell what it should not.
pub(in crate::site) fn is_shown(name: &str) -> bool {
    let shown = Format::ALL.iter().filter(|format| format.is_shown_by_browsers());
    shown.into_iter().any(|format| ends_in(name, format.extensions()))
}

fn ends_in(name: &str, extensions: &[&str]) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
}
