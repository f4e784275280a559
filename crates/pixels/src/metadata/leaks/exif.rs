//! Secrets in Exif.

use super::leak::{Leak, LeakKind};
use crate::metadata::exif::Exif;
use crate::metadata::tiff::Directory;

const MAKER_NOTE: u16 = 0x927C;
const OWNER: u16 = 0xA430;
const BODY_NUMBER: u16 = 0xA431;
const LENS_NUMBER: u16 = 0xA435;
/// In the directory of the picture in DNG files.
const CAMERA_NUMBER: u16 = 0xC62F;

const LATITUDE: [u16; 2] = [0x0002, 0x0001];
const LONGITUDE: [u16; 2] = [0x0004, 0x0003];
/// The location of the subject.
const SHOWN: [[u16; 2]; 2] = [[0x0014, 0x0013], [0x0016, 0x0015]];
/// The name of the area.
const AREA: u16 = 0x001C;

pub(crate) fn leaks(exif: &Exif<'_>, found: &mut Vec<Leak>) {
    let mut leak = |kind, value| found.push(Leak { kind, value, carrier: "Exif" });
    let mut text = |directory: Option<Directory<'_>>, tag, kind| {
        if let Some(value) = directory.and_then(|directory| directory.find(tag)?.text()) {
            leak(kind, value);
        }
    };
    text(exif.first, CAMERA_NUMBER, LeakKind::SerialNumber);
    for directory in [exif.shot, exif.first] {
        text(directory, BODY_NUMBER, LeakKind::SerialNumber);
        text(directory, LENS_NUMBER, LeakKind::SerialNumber);
        text(directory, OWNER, LeakKind::Name);
    }
    if exif.shot.is_some_and(|shot| shot.find(MAKER_NOTE).is_some_and(|note| note.value.iter().any(|byte| *byte != 0)))
    {
        leak(LeakKind::MakerNote, String::new());
    }
    let Some(place) = exif.place else { return };
    for [latitude, longitude] in [[LATITUDE, LONGITUDE], SHOWN] {
        // A single coordinate is also a leak: a line around the globe through the location.
        let told: Vec<_> = [latitude, longitude].into_iter().filter_map(|tags| degrees(place, tags)).collect();
        if !told.is_empty() {
            leak(LeakKind::Location, told.join(", "));
        }
    }
    let area = place.find(AREA).map(|area| area.value.get(8..).unwrap_or_default());
    if area.is_some_and(|area| area.iter().any(|byte| byte.is_ascii_alphanumeric())) {
        leak(LeakKind::Location, "name of the area".to_owned());
    }
}

/// Converts degrees, minutes and seconds to degrees with five decimals, which is about a metre.
fn degrees(place: Directory<'_>, [value, reference]: [u16; 2]) -> Option<String> {
    let mut parts = place.find(value)?.fractions();
    // An unknown coordinate is written as 0/0.
    let mut total = 0_u128;
    for (index, unit) in [100_000 * 3600_u128, 100_000 * 60, 100_000].into_iter().enumerate() {
        match parts.next() {
            Some((above, below)) if below > 0 => total += u128::from(above) * unit / u128::from(below),
            _ if index == 0 => return None,
            _ => {}
        }
    }
    let total = (total + 1800) / 3600;
    let sign = match place.find(reference).and_then(|entry| entry.value.first()) {
        Some(b'S' | b's' | b'W' | b'w') => "-",
        _ => "",
    };
    Some(format!("{sign}{}.{:05}", total / 100_000, total % 100_000))
}
