//! Credit: the owner of a picture, and its permitted uses.
//!
//! Exif, IPTC and XMP can each contain it. Programs that support all three write the same into all. If they differ, XMP is from the
//! last program, and Exif from the settings of the camera.

use serde::{Deserialize, Serialize};

use super::carriers::Carriers;
use super::defaults::is_default;
use super::exif::Exif;
use super::iptc::Iptc;
use super::text::{Words, clean, decode_wide};
use super::xmp::{Packets, Value, names};
use crate::metadata::xmp::names::Name;

const ARTIST: u16 = 0x013B;
const COPYRIGHT: u16 = 0x8298;
const WINDOWS_AUTHOR: u16 = 0x9C9D;

/// Limit on the creators and licensors.
const MOST: usize = 32;

/// Credit and rights; fields without information are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Credit {
    /// The copyright notice.
    #[serde(skip_serializing_if = "is_default")]
    pub copyright: Words,
    /// The names of the creators.
    #[serde(skip_serializing_if = "is_default")]
    pub creators: Vec<String>,
    /// The credit line to show beside the picture.
    #[serde(skip_serializing_if = "is_default")]
    pub line: Option<String>,
    /// The provider of the picture, if it is not the creator.
    #[serde(skip_serializing_if = "is_default")]
    pub source: Option<String>,
    /// The terms of use.
    #[serde(skip_serializing_if = "is_default")]
    pub usage_terms: Words,
    /// Whether the picture is under copyright.
    #[serde(skip_serializing_if = "is_default")]
    pub marked: Option<bool>,
    /// Address of a page about the rights.
    #[serde(skip_serializing_if = "is_default")]
    pub web_statement: Option<String>,
    /// Address of the licence.
    #[serde(skip_serializing_if = "is_default")]
    pub licence: Option<String>,
    /// The name that the licence asks to attribute the picture to, and the address to link to.
    #[serde(skip_serializing_if = "is_default")]
    pub attribution: [Option<String>; 2],
    /// Addresses where the picture can be licensed.
    #[serde(skip_serializing_if = "is_default")]
    pub licensors: Vec<String>,
}

impl Credit {
    /// Reads the credit of a file.
    pub(crate) fn of(carriers: &Carriers<'_>, iptc: &Iptc<'_>, xmp: &Packets<'_>) -> Self {
        let exif = &carriers.exif();
        let property = |name: Name| xmp.property(name);
        let text = |name: Name| property(name).and_then(|value| value.text());
        let address = |name: Name| text(name).filter(|text| is_address(text));
        let words = |name: Name| property(name).map(|value| value.words()).unwrap_or_default();

        let mut copyright = words(names::COPYRIGHT);
        if copyright.is_empty() {
            let notice = iptc.first(116).or_else(|| exif_copyright(exif));
            copyright =
                notice.or_else(|| carriers.text("Copyright")).map_or_else(Words::default, |text| Words::of(&text));
        }
        let creators = [
            property(names::CREATOR).map(|value| value.texts()).unwrap_or_default(),
            iptc.all(80).collect(),
            exif_artists(exif),
            carriers.text("Author").into_iter().collect(),
        ];
        let creators = creators.into_iter().find(|list| !list.is_empty()).unwrap_or_default();
        let licensors = property(names::LICENSOR).into_iter().flat_map(Value::items);
        let licensors = licensors.filter_map(|licensor| licensor.field(names::LICENSOR_URL)?.text());
        Self {
            copyright,
            creators: creators.into_iter().take(MOST).collect(),
            line: text(names::CREDIT).or_else(|| iptc.first(110)),
            source: text(names::SOURCE).or_else(|| iptc.first(115)),
            usage_terms: words(names::USAGE_TERMS),
            marked: text(names::MARKED).and_then(|marked| marked.to_ascii_lowercase().parse().ok()),
            web_statement: address(names::WEB_STATEMENT),
            licence: address(names::LICENCE),
            attribution: [text(names::ATTRIBUTION_NAME), address(names::ATTRIBUTION_URL)],
            licensors: licensors.filter(|text| is_address(text)).take(MOST).collect(),
        }
    }
}

/// Whether a text is a web address. A file path is not one, and may reveal private information.
fn is_address(text: &str) -> bool {
    let web = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (web("https://") || web("http://")) && !text.contains(char::is_whitespace)
}

/// Returns the photographer's and the editor's notice; either may be blank.
fn exif_copyright(exif: &Exif<'_>) -> Option<String> {
    let notices: Vec<String> = exif.first?.find(COPYRIGHT)?.texts().collect();
    clean(&notices.join("; "))
}

/// Returns the artists, which semicolons separate.
fn exif_artists(exif: &Exif<'_>) -> Vec<String> {
    let Some(first) = exif.first else { return Vec::new() };
    let windows = || Some(decode_wide(first.find(WINDOWS_AUTHOR)?.value));
    let artists = first.find(ARTIST).and_then(|entry| entry.text()).or_else(windows).unwrap_or_default();
    artists.split(';').filter_map(clean).collect()
}
