//! The description of a picture in its file: time, subject, camera and settings.

use serde::{Deserialize, Serialize};

use super::carriers::Carriers;
use super::credit::Credit;
use super::defaults::is_default;
use super::exif::Exif;
use super::iptc::Iptc;
use super::text::{Words, clean, decode_wide};
use super::time::Captured;
use super::xmp::{Packets, names};
use crate::metadata::xmp::names::Name;

/// Tags of times in Exif, with those of their fractions of a second and their offsets, in order of preference: exposure,
/// digitisation, last change of the file. The last is in the directory of the picture.
const TIMES: [(u16, u16, u16); 3] = [(0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012), (0x0132, 0x9290, 0x9010)];
const FILE_TIME: u16 = 0x0132;

const DESCRIPTION: u16 = 0x010E;
const MAKE: u16 = 0x010F;
const MODEL: u16 = 0x0110;
const WINDOWS_TITLE: u16 = 0x9C9B;
const WINDOWS_KEYWORDS: u16 = 0x9C9E;
const EXPOSURE_TIME: u16 = 0x829A;
const F_NUMBER: u16 = 0x829D;
const SENSITIVITY: u16 = 0x8827;
/// For values that do not fit into 16 bits.
const EXPOSURE_INDEX: u16 = 0x8832;
const FOCAL_LENGTH: u16 = 0x920A;
const LENS: u16 = 0xA434;

/// Limit on the keywords.
const MOST_KEYWORDS: usize = 256;

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
    /// Keywords.
    #[serde(skip_serializing_if = "is_default")]
    pub keywords: Vec<String>,
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

        let property = |name: Name| xmp.property(name);
        let words = |names: &[Name]| {
            names.iter().filter_map(|name| property(*name)).map(|value| value.words()).find(|words| !words.is_empty())
        };
        let first = |texts: [Option<String>; 3]| texts.into_iter().flatten().next().map(|text| Words::of(&text));
        let title = words(&[names::TITLE, names::HEADLINE])
            .or_else(|| first([iptc.first(5), windows(exif, WINDOWS_TITLE), carriers.text("Title")]));
        let caption = words(&[names::DESCRIPTION])
            .or_else(|| first([iptc.first(120), exif_text(exif, DESCRIPTION), carriers.text("Description")]));
        let keywords = [
            property(names::SUBJECT).map(|value| value.texts()).unwrap_or_default(),
            iptc.all(25).collect(),
            windows(exif, WINDOWS_KEYWORDS).iter().flat_map(|list| list.split(';')).filter_map(clean).collect(),
        ];
        let keywords = keywords.into_iter().find(|list: &Vec<String>| !list.is_empty()).unwrap_or_default();
        Self {
            captured: captured(exif, &iptc, &xmp),
            title: title.unwrap_or_default(),
            caption: caption.unwrap_or_default(),
            alt: words(&[names::ALT_TEXT, names::LONG_ALT_TEXT]).unwrap_or_default(),
            keywords: keywords.into_iter().take(MOST_KEYWORDS).collect(),
            shot: Shot::of(exif),
            credit: Credit::of(carriers, &iptc, &xmp),
            unread,
        }
    }
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
fn captured(exif: &Exif<'_>, iptc: &Iptc<'_>, xmp: &Packets<'_>) -> Option<Captured> {
    let of_exif = TIMES.iter().find_map(|&(time, fraction, offset)| {
        let shot = |tag| exif.shot.and_then(|shot| shot.find(tag)?.text());
        let time = if time == FILE_TIME { exif_text(exif, time) } else { shot(time) };
        Captured::parse(&time?, shot(fraction).as_deref(), shot(offset).as_deref())
    });
    let of_xmp = || names::TIMES.iter().find_map(|name| Captured::parse(&xmp.property(*name)?.text()?, None, None));
    let of_iptc =
        || Captured::parse(&format!("{} {}", iptc.first(55)?, iptc.first(60).unwrap_or_default()), None, None);
    of_exif.or_else(of_xmp).or_else(of_iptc)
}

fn exif_text(exif: &Exif<'_>, tag: u16) -> Option<String> {
    exif.first?.find(tag)?.text()
}

/// Returns a text that the Windows file manager wrote.
fn windows(exif: &Exif<'_>, tag: u16) -> Option<String> {
    clean(&decode_wide(exif.first?.find(tag)?.value))
}
