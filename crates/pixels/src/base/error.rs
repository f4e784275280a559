//! Errors of reading and rendering pictures.

use std::fmt;

use jpeg::Size;

use super::foreign::Foreign;
use super::format::Format;

/// Reason why a picture was not read or not rendered. Displayed as one line in lower case, to follow a file name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The file is empty.
    Empty,
    /// The first bytes are not those of a known picture format.
    NotAPicture,
    /// The first bytes are those of a known format that is not supported.
    UnsupportedFormat {
        /// The format.
        found: Foreign,
    },
    /// A kind of a supported format that is not supported, such as JPEG with arithmetic coding.
    UnsupportedKind {
        /// The format.
        format: Format,
        /// The unsupported feature.
        kind: String,
    },
    /// A RAW file whose JPEGs are no larger than thumbnails.
    NoPreview,
    /// A side or the number of pixels is beyond the [limits](super::limits).
    TooLarge(Size),
    /// Decoding would take more memory than the [limits](super::limits) allow.
    TooMuchMemory,
    /// Width or height is 0.
    NoPixels,
    /// The data ends before the picture does.
    Truncated(Format),
    /// The data contradicts itself or its format.
    Corrupt {
        /// The format.
        format: Format,
        /// The damage, in the words of the decoder.
        detail: String,
    },
    /// The recipe does not suit this picture; the text gives the reason.
    UnsuitableRecipe(&'static str),
    /// The encoder failed; the text gives the reason.
    Encode(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the file is empty"),
            Self::NotAPicture => f.write_str("the file is not a picture"),
            Self::UnsupportedFormat { found } => {
                write!(f, "the file is not a picture that cimaise reads (found: {})", found.name)
            }
            Self::UnsupportedKind { format, kind } => write!(f, "this kind of {format} is not supported: {kind}"),
            Self::NoPreview => f.write_str("this camera RAW file contains no JPEG preview that is large enough"),
            Self::TooLarge(size) => write!(
                f,
                "the picture is too large: {} x {} pixels (the limits are {} per side and {} million in total)",
                size.width,
                size.height,
                super::limits::MAX_SIDE,
                super::limits::MAX_PIXELS / 1_000_000
            ),
            Self::TooMuchMemory => f.write_str("decoding the picture would take too much memory"),
            Self::NoPixels => f.write_str("the picture has no pixels: its width or height is 0"),
            Self::Truncated(format) => write!(f, "the {format} data ends too early"),
            Self::Corrupt { format, detail } => write!(f, "the {format} data is damaged: {detail}"),
            Self::UnsuitableRecipe(why) => f.write_str(why),
            Self::Encode(detail) => write!(f, "cannot encode the result: {detail}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<jpeg::Error> for Error {
    fn from(error: jpeg::Error) -> Self {
        match error {
            jpeg::Error::Truncated => Self::Truncated(Format::Jpeg),
            jpeg::Error::Corrupt(detail) => Self::Corrupt { format: Format::Jpeg, detail },
            jpeg::Error::Unsupported(kind) => Self::UnsupportedKind { format: Format::Jpeg, kind },
            jpeg::Error::NoPixels => Self::NoPixels,
            jpeg::Error::TooLarge(size) => Self::TooLarge(size),
            jpeg::Error::TooMuchMemory => Self::TooMuchMemory,
            jpeg::Error::Unsuitable(reason) => Self::UnsuitableRecipe(reason),
            jpeg::Error::Encode(detail) => Self::Encode(detail),
            error => Self::Encode(error.to_string()),
        }
    }
}

impl Error {
    /// An error for damaged data, with the decoder's description as one line without a full stop.
    pub(crate) fn corrupt(format: Format, detail: impl fmt::Display) -> Self {
        Self::Corrupt { format, detail: one_line(detail) }
    }

    /// An error for a kind of a format that is not supported.
    pub(crate) fn unsupported(format: Format, kind: impl fmt::Display) -> Self {
        Self::UnsupportedKind { format, kind: one_line(kind) }
    }
}

/// Length of the longest text of a decoder that a message contains, in characters: decoders may quote the file at any length.
const LONGEST: usize = 160;

fn one_line(text: impl fmt::Display) -> String {
    let text = text.to_string();
    // The words that fit, whatever separates them.
    let words =
        text.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty());
    let line = words.take(LONGEST).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", line[..end].trim_end()),
        None => line.trim_end_matches('.').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_one_line_in_lower_case() {
        let size = Size { width: 70_000, height: 2 };
        for (error, line) in [
            (Error::Truncated(Format::Jpeg), "the JPEG data ends too early"),
            (
                Error::UnsupportedFormat { found: Foreign { name: "AVIF", help: "" } },
                "the file is not a picture that cimaise reads (found: AVIF)",
            ),
            (Error::corrupt(Format::Png, "Bad\n  checksum."), "the PNG data is damaged: Bad checksum"),
            (
                Error::TooLarge(size),
                "the picture is too large: 70000 x 2 pixels (the limits are 65535 per side and 400 million in total)",
            ),
        ] {
            assert_eq!(error.to_string(), line);
        }
        let long = Error::corrupt(Format::Png, "a text\u{0} of the file ".repeat(10_000)).to_string();
        assert!(
            long.starts_with("the PNG data is damaged: a text of the file a text") && long.ends_with(" …"),
            "{long}"
        );
        assert!(long.chars().count() < 200, "{long}");
    }
}
