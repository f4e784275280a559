//! The keys of `settings.gm` and `settings.images`, and the words that they accept.

use super::key::{Kind, Range, SettingKey, Table, words};
use crate::source::settings::{Captions, Damaged, Fit, Full, PngPolicy, Unreadable};
use pixels::{Chroma, Colors, Effort, Metadata};

/// Maximum number of sizes in a ladder.
pub(in crate::source) const RUNGS: usize = 12;

/// Allowed sizes in a ladder, in pixels.
pub(in crate::source) const SIZES: Range = Range(16, 16_384);

/// Allowed qualities.
pub(in crate::source) const QUALITIES: Range = Range(1, 100);

/// Values of `fit`.
pub(in crate::source) const FITS: [(&str, Fit); 3] =
    [("long-edge", Fit::LongEdge), ("width", Fit::Width), ("height", Fit::Height)];

/// Values of `full` apart from numbers.
pub(in crate::source) const FULLS: [(&str, Full); 3] =
    [("reencode", Full::Reencode), ("keep", Full::Keep), ("none", Full::None)];

/// Values of `effort`.
pub(in crate::source) const EFFORTS: [(&str, Effort); 3] =
    [("fast", Effort::Fast), ("balanced", Effort::Balanced), ("small", Effort::Small)];

/// Values of `chroma`.
pub(in crate::source) const CHROMAS: [(&str, Chroma); 3] =
    [("auto", Chroma::Auto), ("full", Chroma::Full), ("half", Chroma::Half)];

/// Values of `color`.
pub(in crate::source) const COLORS: [(&str, Colors); 2] = [("keep", Colors::Keep), ("srgb", Colors::Srgb)];

/// Values of `background` that are not hexadecimal: names, and red, green and blue.
pub(in crate::source) const BACKGROUNDS: [(&str, [u8; 3]); 2] = [("white", [255; 3]), ("black", [0; 3])];

/// Values of `png`.
pub(in crate::source) const PNG: [(&str, PngPolicy); 3] =
    [("auto", PngPolicy::Auto), ("keep", PngPolicy::Keep), ("jpeg", PngPolicy::Jpeg)];

/// Values of `damaged`.
pub(in crate::source) const DAMAGED: [(&str, Damaged); 3] =
    [("auto", Damaged::Auto), ("warn", Damaged::Warn), ("error", Damaged::Error)];

/// Values of `unreadable`.
pub(in crate::source) const UNREADABLE: [(&str, Unreadable); 2] =
    [("error", Unreadable::Error), ("skip", Unreadable::Skip)];

/// Values of `metadata`.
pub(in crate::source) const METADATA: [(&str, Metadata); 4] = [
    ("none", Metadata::None),
    ("credit", Metadata::Credit),
    ("all-but-location", Metadata::AllButLocation),
    ("all", Metadata::All),
];

/// Values of `captions` apart from booleans.
pub(in crate::source) const CAPTIONS: [(&str, Captions); 3] =
    [("shown", Captions::Shown), ("alt", Captions::Alt), ("none", Captions::None)];

/// `settings.gm`; the same keys are valid on a single picture.
pub(in crate::source) static GM: Table = Table {
    also: &[],
    own: &[
        SettingKey::new("quality", Kind::Number(QUALITIES), "JPEG quality, 1 to 100.").or("82"),
        SettingKey::new(
            "auto-orient",
            Kind::Boolean,
            "Rotate pictures upright according to the camera's orientation tag.",
        )
        .or("true"),
        SettingKey::new(
            "strip",
            Kind::Boolean,
            "Metadata to remove: `true` is `metadata: none`, `false` is `metadata: all-but-location`, with a warning.",
        )
        .or_else("`settings.images.metadata`"),
        SettingKey::new(
            "resize",
            Kind::Geometry,
            "Size of the full-size picture only: a percentage (`50%`), a box (`1800x1200`), a width (`1800`) or a height (`x1200`).",
        ),
        SettingKey::new("progressive", Kind::Boolean, "Progressive JPEG.").or("true"),
    ],
};

/// `settings.images`.
pub(in crate::source) static IMAGES: Table = Table {
    also: &[],
    own: &[
        SettingKey::new(
            "ladder",
            Kind::Numbers(RUNGS, SIZES),
            "Sizes of each picture in pixels, in any order; browsers load the one that fits. Pictures are never enlarged.",
        )
        .or_else("sizes for what each page can show of the picture"),
        SettingKey::new("fit", Kind::Words(&words(&FITS)), "The side that the sizes of the ladder measure.")
            .or_else("`long-edge` if there is a `ladder`"),
        SettingKey::new(
            "full",
            Kind::WordsOrNumber(&words(&FULLS), SIZES),
            "The full-size picture. `reencode`: encoded again at its own size. `keep`: the pixels of the original, untouched. `none`: the \
             largest size of the ladder replaces it. A number: at most that many pixels on the long edge.",
        )
        .or("\"reencode\""),
        SettingKey::new("effort", Kind::Words(&words(&EFFORTS)), "Encoding time spent on smaller JPEG files at the same quality.")
            .or("\"balanced\""),
        SettingKey::new(
            "chroma",
            Kind::Words(&words(&CHROMAS)),
            "Resolution of colour in JPEGs. `full`: that of brightness (4:4:4). `half`: half on both sides (4:2:0). `auto`: full from quality \
             90 on and where fine saturated detail would be lost, half otherwise.",
        )
        .or("\"auto\""),
        SettingKey::new(
            "color",
            Kind::Words(&words(&COLORS)),
            "Photos in a wider colour space than sRGB: `keep` keeps them with their profile, `srgb` converts them to sRGB.",
        )
        .or("\"keep\""),
        SettingKey::new(
            "background",
            Kind::Color(&words(&BACKGROUNDS)),
            "Places transparent pictures on this colour and encodes them as JPEG. Without it, they stay transparent, as PNG.",
        ),
        SettingKey::new(
            "png",
            Kind::Words(&words(&PNG)),
            "Format of the sizes of a PNG: `auto` makes JPEG from opaque photographs, `keep` always PNG, `jpeg` JPEG from everything opaque.",
        )
        .or("\"auto\""),
        SettingKey::new(
            "damaged",
            Kind::Words(&words(&DAMAGED)),
            "Handling of partly unreadable photos: `warn` shows the readable part, `auto` only if it is half of the picture or more, `error` \
             publishes nothing.",
        )
        .or("\"auto\""),
        SettingKey::new(
            "unreadable",
            Kind::Words(&words(&UNREADABLE)),
            "Handling of photos that cannot be read at all: `error` publishes nothing, `skip` leaves the photo out, with a warning.",
        )
        .or("\"error\""),
        SettingKey::new(
            "metadata",
            Kind::Words(&words(&METADATA)),
            "Published metadata of photos. `credit`: copyright, creators, licence. `all-but-location`: also texts, camera and times. `all`: \
             everything, including locations, serial numbers and names of persons.",
        )
        .or("\"credit\""),
        SettingKey::new(
            "captions",
            Kind::WordsOrBoolean(&words(&CAPTIONS)),
            "Use of captions and titles in photo files: `shown` below the picture, `alt` as alternative text only, or `none`.",
        )
        .or("\"alt\""),
    ],
};
