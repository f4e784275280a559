//! Whose picture this is, and what others may do with it.
//!
//! Exif, IPTC and XMP can each say it. Programs that know all three write the same into all; where they differ, XMP is what the
//! last of them wrote, and Exif what the camera was told once.

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

/// The most creators and licensors.
const MOST: usize = 32;

/// Credit and rights; what is empty is not told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Credit {
    /// The copyright notice.
    #[serde(skip_serializing_if = "is_default")]
    pub copyright: Words,
    /// Who made the picture.
    #[serde(skip_serializing_if = "is_default")]
    pub creators: Vec<String>,
    /// Whom to name where it is shown.
    #[serde(skip_serializing_if = "is_default")]
    pub line: Option<String>,
    /// From whom it comes, if not from its creator.
    #[serde(skip_serializing_if = "is_default")]
    pub source: Option<String>,
    /// What may be done with it.
    #[serde(skip_serializing_if = "is_default")]
    pub usage_terms: Words,
    /// Whether somebody has rights in it.
    #[serde(skip_serializing_if = "is_default")]
    pub marked: Option<bool>,
    /// Address of a page about the rights.
    #[serde(skip_serializing_if = "is_default")]
    pub web_statement: Option<String>,
    /// Address of the licence.
    #[serde(skip_serializing_if = "is_default")]
    pub licence: Option<String>,
    /// Under what name, and linked to what, the licence wants the creator to be named.
    #[serde(skip_serializing_if = "is_default")]
    pub attribution: [Option<String>; 2],
    /// Addresses at which it can be licensed.
    #[serde(skip_serializing_if = "is_default")]
    pub licensors: Vec<String>,
}

impl Credit {
    /// What a file says.
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

/// A file on somebody's disk is no address, and says more than it should.
fn is_address(text: &str) -> bool {
    let web = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (web("https://") || web("http://")) && !text.contains(char::is_whitespace)
}

/// The photographer's notice and, behind it, the editor's; either may be blank.
fn exif_copyright(exif: &Exif<'_>) -> Option<String> {
    let notices: Vec<String> = exif.first?.find(COPYRIGHT)?.texts().collect();
    clean(&notices.join("; "))
}

/// Several artists are separated by semicolons.
fn exif_artists(exif: &Exif<'_>) -> Vec<String> {
    let Some(first) = exif.first else { return Vec::new() };
    let windows = || Some(decode_wide(first.find(WINDOWS_AUTHOR)?.value));
    let artists = first.find(ARTIST).and_then(|entry| entry.text()).or_else(windows).unwrap_or_default();
    artists.split(';').filter_map(clean).collect()
}
