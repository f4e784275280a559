//! Secrets in XMP: by the names of properties, at any depth of a structure.

use super::leak::{Leak, LeakKind};
use crate::metadata::text::clean;
use crate::metadata::xmp::names::{AUX, EXIF, EXIF_EX, IPTC, IPTC_EXT, MICROSOFT_REGION, PHOTOSHOP, REGIONS};
use crate::metadata::xmp::{self, Value, Xmp};

/// Properties and fields by namespace and local name.
const SECRETS: [(LeakKind, &str, &[&str]); 13] = [
    (LeakKind::Location, PHOTOSHOP, &["City", "State", "Country"]),
    (LeakKind::Location, IPTC, &["Location", "CountryCode"]),
    (
        LeakKind::Location,
        IPTC_EXT,
        &["City", "CountryCode", "CountryName", "LocationName", "ProvinceState", "Sublocation", "WorldRegion"],
    ),
    (
        LeakKind::Location,
        EXIF,
        &["GPSLatitude", "GPSLongitude", "GPSDestLatitude", "GPSDestLongitude", "GPSAreaInformation"],
    ),
    (LeakKind::SerialNumber, AUX, &["SerialNumber", "LensSerialNumber"]),
    (LeakKind::SerialNumber, EXIF_EX, &["BodySerialNumber", "LensSerialNumber"]),
    (LeakKind::Name, AUX, &["OwnerName"]),
    (LeakKind::Name, EXIF_EX, &["CameraOwnerName"]),
    (LeakKind::Name, IPTC_EXT, &["PersonInImage", "PersonName"]),
    (LeakKind::Name, REGIONS, &["Name"]),
    (LeakKind::Name, MICROSOFT_REGION, &["PersonDisplayName"]),
    (
        LeakKind::Contact,
        IPTC,
        &["CiAdrExtadr", "CiAdrCity", "CiAdrRegion", "CiAdrPcode", "CiAdrCtry", "CiTelWork", "CiEmailWork"],
    ),
    (LeakKind::MakerNote, EXIF, &["MakerNote"]),
];

/// Path components before the name of a user.
const HOMES: [&str; 4] = ["/Users/", "\\Users\\", "/home/", "\\Documents and Settings\\"];

pub(crate) fn leaks(packet: &[u8], found: &mut Vec<Leak>) {
    // Data that is not XML is ignored: some program may still read it, but its format is unknown.
    let Ok(text) = xmp::text(packet) else { return };
    let Ok(xmp) = Xmp::parse(text) else { return };
    let mut leak = |kind, value| found.push(Leak { kind, value, carrier: "XMP" });
    for element in xmp.elements() {
        let name = element.tag_name();
        if let Some(kind) = kind(name.namespace(), name.name()) {
            Value::Element(element).texts().into_iter().for_each(|value| leak(kind, value));
        }
        for attribute in element.attributes() {
            let value = || clean(attribute.value());
            if let Some(kind) = kind(attribute.namespace(), attribute.name()) {
                value().into_iter().for_each(|value| leak(kind, value));
            }
            if is_home(attribute.value()) {
                value().into_iter().for_each(|value| leak(LeakKind::Path, value));
            }
        }
        let text = element.text().filter(|text| is_home(text));
        text.and_then(clean).into_iter().for_each(|value| leak(LeakKind::Path, value));
    }
}

fn kind(namespace: Option<&str>, name: &str) -> Option<LeakKind> {
    let known = |entry: &&(LeakKind, &str, &[&str])| Some(entry.1) == namespace && entry.2.contains(&name);
    SECRETS.iter().find(known).map(|(kind, _, _)| *kind)
}

/// Whether a text contains a home folder. Web addresses may contain such folders too, but they name nobody.
fn is_home(text: &str) -> bool {
    !text.trim_start().starts_with("http") && HOMES.iter().any(|home| text.contains(home))
}

/// Returns the names of persons in a packet.
pub(crate) fn persons(xmp: &Xmp<'_>) -> Vec<String> {
    let mut persons = Vec::new();
    for element in xmp.elements() {
        let name = element.tag_name();
        if kind(name.namespace(), name.name()) == Some(LeakKind::Name) {
            persons.extend(Value::Element(element).texts());
        }
        let attributes = element.attributes().filter(|a| kind(a.namespace(), a.name()) == Some(LeakKind::Name));
        persons.extend(attributes.filter_map(|attribute| clean(attribute.value())));
    }
    persons
}
