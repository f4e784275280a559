//! Secrets in MP4 and QuickTime videos: the places where telephones and cameras write the location.

use super::leak::{Leak, LeakKind};
use super::xmp;
use crate::base::isobmff::{boxes, descend, find};
use crate::metadata::text::{clean, decode};

/// Prefix of QuickTime's keys for the location.
const PLACE: &[u8] = b"com.apple.quicktime.location";

/// UUID of the box with XMP.
const XMP: [u8; 16] = *b"\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC";

/// Searches the boxes of a video; other files have none of these.
pub(crate) fn leaks(bytes: &[u8], found: &mut Vec<Leak>) {
    let Some(movie) = find(bytes, b"moov") else { return };
    let mut place = |value: String| found.push(Leak { kind: LeakKind::Location, value, carrier: "film" });
    let unknown = || "in a form that is not read".to_owned();
    let user = find(movie, b"udta").unwrap_or_default();
    for part in boxes(user) {
        match &part.kind {
            // Length and language of a text, then the text in ISO 6709.
            b"\xA9xyz" => place(clean(&decode(part.body.get(4..).unwrap_or_default())).unwrap_or_else(unknown)),
            b"loci" => place(of_3gpp(part.body).unwrap_or_else(unknown)),
            _ => {}
        }
    }
    // In MP4 the box has version and flags, in QuickTime it does not.
    for meta in [find(movie, b"meta"), find(user, b"meta")].into_iter().flatten() {
        let meta = if find(meta, b"keys").is_some() { meta } else { meta.get(4..).unwrap_or_default() };
        keyed(meta).into_iter().for_each(&mut place);
    }
    for track in boxes(movie).filter(|part| part.kind == *b"trak") {
        // The first kind of sample in the track: the telemetry of GoPro's and Google's cameras.
        let kind = descend(track.body, &[b"mdia", b"minf", b"stbl", b"stsd"]).and_then(|table| table.get(12..16));
        if matches!(kind, Some(b"gpmd" | b"camm")) {
            place("a track of the camera's movements".to_owned());
        }
    }
    for part in boxes(user).chain(boxes(movie)).chain(boxes(bytes)) {
        if part.kind == *b"XMP_" {
            xmp::leaks(part.body, found);
        } else if let (b"uuid", Some(packet)) = (&part.kind, part.body.strip_prefix(&XMP)) {
            xmp::leaks(packet, found);
        }
    }
}

/// Reads longitude and latitude, fixed-point numbers after version, flags, language, a name that ends with NUL, and a role
/// (3GPP TS 26.244, 8.10).
fn of_3gpp(body: &[u8]) -> Option<String> {
    let name = body.get(6..)?;
    let end = name.iter().position(|byte| *byte == 0)?;
    let numbers = name.get(end + 2..)?;
    let fixed = |at: usize| {
        let value = i64::from(i32::from_be_bytes(*numbers.get(at..)?.first_chunk()?));
        let scaled = (value * 100_000) / 65_536;
        let sign = if scaled < 0 { "-" } else { "" };
        Some(format!("{sign}{}.{:05}", scaled.abs() / 100_000, scaled.abs() % 100_000))
    };
    Some(format!("{}, {}", fixed(4)?, fixed(0)?))
}

/// Returns the locations in QuickTime's list of values, in which each box has the number of its key as its type.
fn keyed(meta: &[u8]) -> Vec<String> {
    let (Some(keys), Some(list)) = (find(meta, b"keys"), find(meta, b"ilst")) else { return Vec::new() };
    // Version, flags and the number of keys; then boxes whose type is the namespace of the key.
    let places = boxes(keys.get(8..).unwrap_or_default()).enumerate().filter(|(_, key)| key.body.starts_with(PLACE));
    let places: Vec<u32> = places.map(|(index, _)| index as u32 + 1).collect();
    // The numbers increase, and a video may have a large number of them.
    let values = boxes(list).filter(|value| places.binary_search(&u32::from_be_bytes(value.kind)).is_ok());
    // Type and language of the data.
    let texts = values.filter_map(|value| clean(&decode(find(value.body, b"data")?.get(8..)?)));
    texts.collect()
}
