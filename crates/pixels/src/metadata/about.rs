//! The description of a picture in its file: time, subject, camera and settings.

use serde::{Deserialize, Serialize};

use super::carriers::Carriers;
use super::comment;
use super::credit::Credit;
use super::defaults::is_default;
use super::exif::Exif;
use super::iptc::Iptc;
use super::sidecar::{MOST_KEYWORDS, Sidecar};
use super::text::{Words, clean, decode_wide};
use super::time::Captured;

/// Tags of times in Exif, with those of their fractions of a second and their offsets, in order of preference: exposure,
/// digitisation, last change of the file. The last is in the directory of the picture.
const TIMES: [(u16, u16, u16); 3] = [(0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012), (0x0132, 0x9290, 0x9010)];
const FILE_TIME: u16 = 0x0132;

const DESCRIPTION: u16 = 0x010E;
const MAKE: u16 = 0x010F;
const MODEL: u16 = 0x0110;
const WINDOWS_TITLE: u16 = 0x9C9B;
const WINDOWS_COMMENT: u16 = 0x9C9C;
const WINDOWS_KEYWORDS: u16 = 0x9C9E;
/// Stars, as Windows and some cameras write them.
const RATING: u16 = 0x4746;
const EXPOSURE_TIME: u16 = 0x829A;
const F_NUMBER: u16 = 0x829D;
const SENSITIVITY: u16 = 0x8827;
/// For values that do not fit into 16 bits.
const EXPOSURE_INDEX: u16 = 0x8832;
const FOCAL_LENGTH: u16 = 0x920A;
const LENS: u16 = 0xA434;
const USER_COMMENT: u16 = 0x9286;

/// The description of a picture in its file; fields without information are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// The time at which the picture was taken.
    #[serde(skip_serializing_if = "is_default")]
    pub captured: Option<Captured>,
    /// The title.
    #[serde(skip_serializing_if = "is_default")]
    pub title: Words,
    /// The caption, for readers who see the picture.
    #[serde(skip_serializing_if = "is_default")]
    pub caption: Words,
    /// The description for readers who do not see the picture.
    #[serde(skip_serializing_if = "is_default")]
    pub alt: Words,
    /// The comment, which a user or a program wrote.
    #[serde(skip_serializing_if = "is_default")]
    pub comment: Words,
    /// Keywords.
    #[serde(skip_serializing_if = "is_default")]
    pub keywords: Vec<String>,
    /// The number of stars, 0 to 5; -1 stands for a rejected picture.
    #[serde(skip_serializing_if = "is_default")]
    pub rating: Option<i8>,
    /// Camera and settings.
    #[serde(skip_serializing_if = "is_default")]
    pub shot: Shot,
    /// Credit and rights.
    #[serde(skip_serializing_if = "is_default")]
    pub credit: Credit,
    /// Reason why the XMP could not be read, if there is any.
    #[serde(skip_serializing_if = "is_default")]
    pub unread: Option<String>,
}

/// Camera and settings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shot {
    /// Maker and model.
    #[serde(skip_serializing_if = "is_default")]
    pub camera: Option<String>,
    /// Model of the lens.
    #[serde(skip_serializing_if = "is_default")]
    pub lens: Option<String>,
    /// Focal length in millimetres, as a fraction.
    #[serde(skip_serializing_if = "is_default")]
    pub focal_length: Option<(u32, u32)>,
    /// The f-number, as a fraction.
    #[serde(skip_serializing_if = "is_default")]
    pub aperture: Option<(u32, u32)>,
    /// Exposure time in seconds, as a fraction.
    #[serde(skip_serializing_if = "is_default")]
    pub exposure_time: Option<(u32, u32)>,
    /// ISO speed.
    #[serde(skip_serializing_if = "is_default")]
    pub iso: Option<u32>,
}

impl About {
    /// Reads the description from these blocks.
    pub(crate) fn of(carriers: &Carriers<'_>) -> Self {
        let iptc = carriers.iptc.as_deref().map(Iptc::parse).unwrap_or_default();
        let (xmp, unread) = carriers.packets();
        let exif = &carriers.exif();

        let own = Sidecar::of(&xmp);
        let first = |texts: Vec<Option<String>>| texts.into_iter().flatten().next().map(|text| Words::of(&text));
        let or = |words: Words, texts| if words.is_empty() { first(texts).unwrap_or_default() } else { words };
        let title =
            or(own.title, vec![iptc.first(5), iptc.first(105), windows(exif, WINDOWS_TITLE), carriers.text("Title")]);
        let description = exif.first.and_then(|first| comment::ascii(&first.find(DESCRIPTION)?));
        let caption = or(own.caption, vec![iptc.first(120), description, carriers.text("Description")]);
        let user_comment = exif.shot.and_then(|shot| comment::user_comment(&shot.find(USER_COMMENT)?));
        let comment = or(own.comment, vec![windows(exif, WINDOWS_COMMENT), user_comment, carriers.text("Comment")]);
        let keywords = [
            own.keywords,
            iptc.all(25).collect(),
            windows(exif, WINDOWS_KEYWORDS).iter().flat_map(|list| list.split(';')).filter_map(clean).collect(),
        ];
        let keywords = keywords.into_iter().find(|list: &Vec<String>| !list.is_empty()).unwrap_or_default();
        Self {
            captured: captured(exif, &iptc, own.captured),
            title,
            caption,
            alt: own.alt,
            comment,
            keywords: keywords.into_iter().take(MOST_KEYWORDS).collect(),
            rating: own.rating.or_else(|| exif_rating(exif)),
            shot: Shot::of(exif),
            credit: Credit::of(carriers, &iptc, &xmp),
            unread,
        }
    }
}

impl About {
    /// Replaces the values of a file by those of the file beside it. The orientation is up to the caller.
    #[must_use]
    pub fn with(mut self, sidecar: &Sidecar) -> Self {
        let words = [
            (&mut self.title, &sidecar.title),
            (&mut self.caption, &sidecar.caption),
            (&mut self.alt, &sidecar.alt),
            (&mut self.comment, &sidecar.comment),
        ];
        for (own, beside) in words.into_iter().filter(|(_, beside)| !beside.is_empty()) {
            own.clone_from(beside);
        }
        if !sidecar.keywords.is_empty() {
            self.keywords.clone_from(&sidecar.keywords);
        }
        self.rating = sidecar.rating.or(self.rating);
        // Most programs copy the time without its fraction and offset.
        let is_same = |own: &Captured, beside: &Captured| {
            own.time.with().subsec_nanosecond(0).build().is_ok_and(|own| own == beside.time)
        };
        let is_copy = self.captured.zip(sidecar.captured).is_some_and(|(own, beside)| is_same(&own, &beside));
        self.captured = sidecar.captured.filter(|_| !is_copy).or(self.captured);
        self
    }
}

fn exif_rating(exif: &Exif<'_>) -> Option<i8> {
    exif.first?.find(RATING)?.uint().and_then(|stars| i8::try_from(stars).ok()).filter(|stars| *stars <= 5)
}

impl Shot {
    fn of(exif: &Exif<'_>) -> Self {
        let shot = |tag| exif.shot.and_then(|shot| shot.find(tag));
        let fraction = |tag| shot(tag)?.fractions().next().filter(|(above, below)| *above > 0 && *below > 0);
        let number = |tag| shot(tag)?.uint().filter(|number| (1..0xFFFF).contains(number));
        let large = |tag| shot(tag)?.uint().filter(|number| *number > 0 && *number < u32::MAX);
        Self {
            camera: camera(exif_text(exif, MAKE), exif_text(exif, MODEL)),
            lens: shot(LENS).and_then(|lens| lens.text()).filter(|lens| lens.contains(char::is_alphanumeric)),
            focal_length: fraction(FOCAL_LENGTH),
            aperture: fraction(F_NUMBER),
            exposure_time: fraction(EXPOSURE_TIME),
            iso: number(SENSITIVITY).or_else(|| large(EXPOSURE_INDEX)),
        }
    }
}

/// Returns maker and model. Some makers write their name into the model, some do not.
fn camera(make: Option<String>, model: Option<String>) -> Option<String> {
    let (Some(make), Some(model)) = (&make, &model) else { return model.or(make) };
    let maker = make.split_whitespace().next().unwrap_or_default().to_lowercase();
    let named = model.to_lowercase().starts_with(&maker);
    Some(if named { model.clone() } else { format!("{make} {model}") })
}

/// Returns the most reliable time: that of Exif, then XMP, then IPTC.
fn captured(exif: &Exif<'_>, iptc: &Iptc<'_>, xmp: Option<Captured>) -> Option<Captured> {
    let of_exif = TIMES.iter().find_map(|&(time, fraction, offset)| {
        let shot = |tag| exif.shot.and_then(|shot| shot.find(tag)?.text());
        let time = if time == FILE_TIME { exif_text(exif, time) } else { shot(time) };
        Captured::parse(&time?, shot(fraction).as_deref(), shot(offset).as_deref())
    });
    let of_iptc =
        || Captured::parse(&format!("{} {}", iptc.first(55)?, iptc.first(60).unwrap_or_default()), None, None);
    of_exif.or(xmp).or_else(of_iptc)
}

fn exif_text(exif: &Exif<'_>, tag: u16) -> Option<String> {
    exif.first?.find(tag)?.text()
}

/// Returns a text that the Windows file manager wrote.
fn windows(exif: &Exif<'_>, tag: u16) -> Option<String> {
    clean(&decode_wide(exif.first?.find(tag)?.value))
}
