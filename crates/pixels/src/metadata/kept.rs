//! The metadata of a source that a rendition keeps.
//!
//! It is written in the smallest form that every program reads: artist and copyright in Exif, in some forty bytes and the texts;
//! anything for which Exif has no tag in a new packet of XMP. IPTC's datasets add nothing to these two, so
//! they are only kept if everything is.

use jpeg::Orientation;

use super::about::About;
use super::carriers::Carriers;
use super::credit::Credit;
use super::prose::{is_machine_written, is_personal};
use super::scrub;
use super::xmp::{self, Content, names, packet};
use crate::base::recipe::Metadata;
use crate::metadata::xmp::names::Name;

/// Limit on the length of Exif: that of a JPEG segment, without its length field and the prefix `Exif\0\0`.
const LONGEST_EXIF: usize = 65_533 - 6;

/// Blocks to be put into a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Exif, without any prefix.
    pub(crate) exif: Option<Vec<u8>>,
    /// A packet of XMP.
    pub(crate) xmp: Option<Vec<u8>>,
    /// IPTC's datasets.
    pub(crate) iptc: Option<Vec<u8>>,
}

impl Kept {
    /// Returns the blocks to keep from a file with these blocks, if its pixels still have to be turned like this. `exif`: whether the new
    /// file can contain Exif.
    pub(crate) fn of(carriers: &Carriers<'_>, metadata: Metadata, turn: Orientation, exif: bool) -> Self {
        let about = || About::of(carriers);
        let mut kept = match metadata {
            Metadata::None => Self { exif: scrub::orientation_only(turn), ..Self::default() },
            Metadata::Credit => {
                let About { credit, .. } = about();
                Self { xmp: credit_packet(&credit, exif), exif: scrub::credit_only(&credit, turn), iptc: None }
            }
            Metadata::AllButLocation => {
                let about = about().without_persons(carriers).without_addresses();
                let mut properties = credit_properties(&about.credit, exif);
                properties.extend(description(&about));
                let block = scrub::publishable(&carriers.exif(), &about.credit, turn);
                Self { exif: block, xmp: packet(&properties), iptc: None }
            }
            Metadata::All => Self {
                exif: everything(carriers, turn),
                xmp: carriers
                    .xmp
                    .as_deref()
                    .and_then(|bytes| xmp::text(bytes).and_then(xmp::upright).ok())
                    .map(Into::into),
                iptc: carriers.iptc.as_deref().map(<[u8]>::to_vec),
            },
        };
        if !exif {
            kept.exif = None;
        }
        kept.exif = kept.exif.filter(|block| block.len() <= LONGEST_EXIF);
        kept
    }
}

fn everything(carriers: &Carriers<'_>, turn: Orientation) -> Option<Vec<u8>> {
    let whole = carriers.block().and_then(|block| scrub::in_place(block, turn));
    let fits = |block: &Vec<u8>| block.len() <= LONGEST_EXIF;
    whole.filter(fits).or_else(|| {
        let credit = About::of(carriers).credit;
        // RAW files contain blocks that are too large for any other file.
        let anew = scrub::everything(&carriers.exif(), &credit, turn).filter(fits);
        anew.or_else(|| scrub::publishable(&carriers.exif(), &credit, turn))
    })
}

fn credit_packet(credit: &Credit, exif: bool) -> Option<Vec<u8>> {
    packet(&credit_properties(credit, exif))
}

/// Returns the properties of the credit; those that Exif covers only if there is no Exif.
fn credit_properties(credit: &Credit, exif: bool) -> Vec<(Name, Content<'_>)> {
    let mut properties = Vec::new();
    // The copyright in Exif has one language.
    if !exif || credit.copyright.iter().count() > 1 {
        properties.push((names::COPYRIGHT, Content::Words(&credit.copyright)));
    }
    if !exif {
        properties.push((names::CREATOR, Content::Ordered(&credit.creators)));
    }
    let Credit { line, source, web_statement, licence, attribution: [name, link], .. } = credit;
    properties.extend(line.as_deref().map(|text| (names::CREDIT, Content::Text(text))));
    properties.extend(source.as_deref().map(|text| (names::SOURCE, Content::Text(text))));
    properties
        .extend(credit.marked.map(|marked| (names::MARKED, Content::Text(if marked { "True" } else { "False" }))));
    properties.push((names::USAGE_TERMS, Content::Words(&credit.usage_terms)));
    properties.extend(web_statement.as_deref().map(|url| (names::WEB_STATEMENT, Content::Text(url))));
    properties.extend(licence.as_deref().map(|url| (names::LICENCE, Content::Resource(url))));
    properties.extend(name.as_deref().map(|text| (names::ATTRIBUTION_NAME, Content::Text(text))));
    properties.extend(link.as_deref().map(|url| (names::ATTRIBUTION_URL, Content::Resource(url))));
    properties.push((names::LICENSOR, Content::Structures(names::LICENSOR_URL, &credit.licensors)));
    properties
}

fn description(about: &About) -> Vec<(Name, Content<'_>)> {
    vec![
        (names::TITLE, Content::Words(&about.title)),
        (names::DESCRIPTION, Content::Words(&about.caption)),
        (names::ALT_TEXT, Content::Words(&about.alt)),
        (names::SUBJECT, Content::Unordered(&about.keywords)),
    ]
}

impl About {
    /// Removes keywords that are names of persons in the picture: programs with face recognition add them.
    fn without_persons(mut self, carriers: &Carriers<'_>) -> Self {
        let (packets, _) = carriers.packets();
        let persons: Vec<String> = packets.0.iter().flat_map(super::leaks::persons).collect();
        self.keywords.retain(|keyword| !persons.iter().any(|person| person == keyword));
        self
    }

    /// Removes texts with coordinates or personal contact data, and those that machines wrote.
    fn without_addresses(mut self) -> Self {
        let is_fit = |text: &str| !is_machine_written(text) && !is_personal(text);
        for words in [&mut self.title, &mut self.caption, &mut self.alt] {
            *words = words.only(is_fit);
        }
        self.keywords.retain(|keyword| !is_personal(keyword));
        self
    }
}
