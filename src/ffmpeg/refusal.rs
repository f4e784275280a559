//! Kinds of files that ffmpeg may not open.
//!
//! In: the first bytes of a file that is not a known container. Out: a name of its kind for the author, and advice. Must not know paths.

use std::fmt;

use crate::diagnostic::{Code, Diagnostic};

/// Kind of a file that is neither a video nor a sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotMedia {
    /// A file that refers to other files: a playlist, a manifest, a script.
    List(&'static str),
    /// A still picture.
    Picture(&'static str),
    /// A web page, which some servers send in place of a file.
    Page,
    /// Other text.
    Text,
    /// An unknown format.
    Unknown,
}

/// Prefixes of texts, without leading space and in lower case.
const TEXTS: [(&str, NotMedia); 13] = [
    ("#extm3u", NotMedia::List("a playlist (HLS)")),
    ("ffconcat version", NotMedia::List("a list of files (ffconcat)")),
    ("[playlist]", NotMedia::List("a playlist (PLS)")),
    ("[reference]", NotMedia::List("a playlist (ASX)")),
    ("<asx", NotMedia::List("a playlist (ASX)")),
    ("<smil", NotMedia::List("a playlist (SMIL)")),
    ("<mpd", NotMedia::List("a manifest (DASH)")),
    ("v=0", NotMedia::List("a session description (SDP)")),
    ("rtsptext", NotMedia::List("a playlist (RTSP)")),
    ("# vobsub index", NotMedia::List("an index of subtitles (VobSub)")),
    (";ffmetadata", NotMedia::List("a list of metadata")),
    ("<!doctype html", NotMedia::Page),
    ("<html", NotMedia::Page),
];

impl NotMedia {
    /// Recognises a file that begins with `head`.
    pub(super) fn of(head: &[u8]) -> Self {
        if let Some(picture) = picture(head) {
            return Self::Picture(picture);
        }
        if let [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] = head {
            return Self::Text;
        }
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let text = String::from_utf8_lossy(head).trim_start().to_ascii_lowercase();
        if let Some((_, known)) = TEXTS.iter().find(|(beginning, _)| text.starts_with(beginning)) {
            return *known;
        }
        if text.starts_with("<?xml") || text.starts_with("<!--") {
            let roots = ["<mpd", "<smil", "<asx", "<html"];
            let found = roots.iter().find(|root| text.contains(**root));
            let known = found.and_then(|root| TEXTS.iter().find(|(beginning, _)| beginning == root));
            return known.map_or(Self::Text, |(_, known)| *known);
        }
        let is_text = |byte: &u8| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
        // The last character may be cut off.
        let valid = std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
        if !head.is_empty() && valid && head.iter().all(is_text) { Self::Text } else { Self::Unknown }
    }

    /// Diagnostic for the author of the site; `what` is the expected kind: "video" or "sound".
    #[must_use]
    pub fn diagnostic(self, what: &str) -> Diagnostic {
        let code = if what == "video" { Code::VideoNotAVideo } else { Code::SoundNotASound };
        Diagnostic::new(code, self.message(what)).help(self.help(what))
    }

    fn message(self, what: &str) -> String {
        match self {
            Self::Unknown => format!("the file is not a {what} in a known format"),
            known => format!("the file is {known}, not a {what}"),
        }
    }

    fn help(self, what: &str) -> String {
        match self {
            Self::List(_) => {
                format!(
                    "a file that refers to other files is not accepted: put the {what} itself into the folder and name it"
                )
            }
            Self::Picture(_) if what == "video" => "remove `type: video` to show the file as a picture".to_owned(),
            Self::Page => format!("the download failed: download the {what} again"),
            Self::Picture(_) | Self::Text | Self::Unknown => {
                let format = if what == "video" { "MP4" } else { "MP3" };
                format!("convert the file to {format}; docs/configuration.md lists the formats that cimaise reads")
            }
        }
    }
}

impl fmt::Display for NotMedia {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(name) => f.write_str(name),
            Self::Picture(format) => write!(f, "a picture ({format})"),
            Self::Page => f.write_str("a web page"),
            Self::Text => f.write_str("a text file"),
            Self::Unknown => f.write_str("of an unknown format"),
        }
    }
}

fn picture(head: &[u8]) -> Option<&'static str> {
    match head {
        [0xFF, 0xD8, 0xFF, ..] => Some("JPEG"),
        [0x89, b'P', b'N', b'G', ..] => Some("PNG"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("WebP"),
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Some("TIFF"),
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Some("BMP"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_leads_to_other_files_is_named() {
        for (text, name) in [
            ("#EXTM3U\n#EXT-X-VERSION:3\nfile:///etc/passwd\n", "a playlist (HLS)"),
            ("\u{FEFF}#EXTM3U\n", "a playlist (HLS)"),
            ("\n \t#EXTM3U\n", "a playlist (HLS)"),
            ("ffconcat version 1.0\nfile other.mp4\n", "a list of files (ffconcat)"),
            ("<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\">", "a manifest (DASH)"),
            ("<MPD>", "a manifest (DASH)"),
            ("<?xml version=\"1.0\"?><smil>", "a playlist (SMIL)"),
            ("<ASX version=\"3.0\">", "a playlist (ASX)"),
            ("[playlist]\nFile1=x\n", "a playlist (PLS)"),
            ("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n", "a session description (SDP)"),
            ("# VobSub index file, v7\n", "an index of subtitles (VobSub)"),
            ("<!DOCTYPE html>", "a web page"),
            ("<?xml version=\"1.0\"?><html>", "a web page"),
            ("<?xml version=\"1.0\"?><AssetMap>", "a text file"),
            ("file 'other.mp4'\n", "a text file"),
            ("img%03d.png", "a text file"),
            ("Version(5)\nFFmpegSource2(\"x\")", "a text file"),
        ] {
            assert_eq!(NotMedia::of(text.as_bytes()).to_string(), name, "{text}");
        }
    }

    #[test]
    fn pictures_texts_and_all_else_are_told_apart() {
        let of = |bytes: &[u8]| NotMedia::of(bytes).to_string();
        assert_eq!(of(b"\xFF\xD8\xFF\xE0"), "a picture (JPEG)");
        assert_eq!(of(b"\x89PNG\r\n\x1A\n"), "a picture (PNG)");
        assert_eq!(of(b"RIFF\0\0\0\0WEBPVP8 "), "a picture (WebP)");
        assert_eq!(of(b"\xFF\xFE#\0E\0X\0T\0M\0"), "a text file");
        assert_eq!(of("Grüße \u{FC}".trim_end().as_bytes()), "a text file");
        assert_eq!(of(b"caf\xC3"), "a text file", "the last character is cut");
        assert_eq!(of(b"\0\0\0\0"), "of an unknown format");
        assert_eq!(of(b""), "of an unknown format");
    }

    #[test]
    fn messages_and_help_speak_of_what_was_expected() {
        let list = NotMedia::of(b"#EXTM3U\n");
        assert_eq!(list.message("video"), "the file is a playlist (HLS), not a video");
        assert_eq!(NotMedia::Unknown.message("sound"), "the file is not a sound in a known format");
        assert!(NotMedia::Text.help("sound").starts_with("convert the file to MP3"));
        assert!(NotMedia::Picture("JPEG").help("sound").contains("docs/configuration.md"));
    }
}
