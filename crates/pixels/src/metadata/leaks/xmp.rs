//! Secrets in XMP: by the names of properties, wherever in a structure they stand.

use super::leak::{Leak, Secret};
use crate::metadata::text::clean;
use crate::metadata::xmp::names::{AUX, EXIF, EXIF_EX, IPTC, IPTC_EXT, MICROSOFT_REGION, PHOTOSHOP, REGIONS};
use crate::metadata::xmp::{self, Value, Xmp};

/// Properties and fields by namespace and local name.
const SECRETS: [(Secret, &str, &[&str]); 13] = [
    (Secret::Location, PHOTOSHOP, &["City", "State", "Country"]),
    (Secret::Location, IPTC, &["Location", "CountryCode"]),
    (
        Secret::Location,
        IPTC_EXT,
        &["City", "CountryCode", "CountryName", "LocationName", "ProvinceState", "Sublocation", "WorldRegion"],
    ),
    (
        Secret::Location,
        EXIF,
        &["GPSLatitude", "GPSLongitude", "GPSDestLatitude", "GPSDestLongitude", "GPSAreaInformation"],
    ),
    (Secret::SerialNumber, AUX, &["SerialNumber", "LensSerialNumber"]),
    (Secret::SerialNumber, EXIF_EX, &["BodySerialNumber", "LensSerialNumber"]),
    (Secret::Name, AUX, &["OwnerName"]),
    (Secret::Name, EXIF_EX, &["CameraOwnerName"]),
    (Secret::Name, IPTC_EXT, &["PersonInImage", "PersonName"]),
    (Secret::Name, REGIONS, &["Name"]),
    (Secret::Name, MICROSOFT_REGION, &["PersonDisplayName"]),
    (
        Secret::Contact,
        IPTC,
        &["CiAdrExtadr", "CiAdrCity", "CiAdrRegion", "CiAdrPcode", "CiAdrCtry", "CiTelWork", "CiEmailWork"],
    ),
    (Secret::MakerNote, EXIF, &["MakerNote"]),
];

/// What paths hold before the name of a user.
const HOMES: [&str; 4] = ["/Users/", "\\Users\\", "/home/", "\\Documents and Settings\\"];

pub(crate) fn leaks(packet: &[u8], found: &mut Vec<Leak>) {
    // What is no XML may still be read by somebody: nothing is known of it.
    let Ok(text) = xmp::text(packet) else { return };
    let Ok(xmp) = Xmp::parse(text) else { return };
    let mut leak = |secret, value| found.push(Leak { secret, value, carrier: "XMP" });
    for element in xmp.elements() {
        let name = element.tag_name();
        if let Some(secret) = secret(name.namespace(), name.name()) {
            Value::Element(element).texts().into_iter().for_each(|value| leak(secret, value));
        }
        for attribute in element.attributes() {
            let value = || clean(attribute.value());
            if let Some(secret) = secret(attribute.namespace(), attribute.name()) {
                value().into_iter().for_each(|value| leak(secret, value));
            }
            if is_home(attribute.value()) {
                value().into_iter().for_each(|value| leak(Secret::Path, value));
            }
        }
        let text = element.text().filter(|text| is_home(text));
        text.and_then(clean).into_iter().for_each(|value| leak(Secret::Path, value));
    }
}

fn secret(namespace: Option<&str>, name: &str) -> Option<Secret> {
    let known = |entry: &&(Secret, &str, &[&str])| Some(entry.1) == namespace && entry.2.contains(&name);
    SECRETS.iter().find(known).map(|(secret, _, _)| *secret)
}

/// Addresses in the web may have such folders too, which are nobody's.
fn is_home(text: &str) -> bool {
    !text.trim_start().starts_with("http") && HOMES.iter().any(|home| text.contains(home))
}

/// The names of persons that a packet tells.
pub(crate) fn persons(xmp: &Xmp<'_>) -> Vec<String> {
    let mut persons = Vec::new();
    for element in xmp.elements() {
        let name = element.tag_name();
        if secret(name.namespace(), name.name()) == Some(Secret::Name) {
            persons.extend(Value::Element(element).texts());
        }
        let attributes = element.attributes().filter(|a| secret(a.namespace(), a.name()) == Some(Secret::Name));
        persons.extend(attributes.filter_map(|attribute| clean(attribute.value())));
    }
    persons
}
