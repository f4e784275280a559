//! The marker segments of a file (T.81, B.1).

/// Define Huffman tables.
pub const DHT: u8 = 0xC4;
/// Start of image.
pub const SOI: u8 = 0xD8;
/// End of image.
pub const EOI: u8 = 0xD9;
/// Start of scan: entropy-coded data follows its segment.
pub const SOS: u8 = 0xDA;
/// Define quantization tables.
pub const DQT: u8 = 0xDB;
/// Define number of lines.
pub const DNL: u8 = 0xDC;
/// Define restart interval.
pub const DRI: u8 = 0xDD;
/// A comment.
pub const COM: u8 = 0xFE;
/// The first of the sixteen application segments.
pub const APP0: u8 = 0xE0;
/// Exif and XMP.
pub const APP1: u8 = 0xE1;
/// Colour profiles and multi-picture indices.
pub const APP2: u8 = 0xE2;
/// Photoshop's resources.
pub const APP13: u8 = 0xED;
/// Adobe's colour transform.
pub const APP14: u8 = 0xEE;
/// The last of the application segments.
pub const APP15: u8 = 0xEF;

/// Prefix of the payload of a segment with XMP.
pub const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// Prefix of the payload of a segment with Photoshop's resources.
pub const RESOURCES: &[u8] = b"Photoshop 3.0\0";

/// A marker segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    /// The byte after 0xFF.
    pub marker: u8,
    /// The bytes after the length; empty for markers without a length.
    pub payload: &'a [u8],
    /// Position of the marker in the file.
    pub start: usize,
    /// Position of the end of the segment; after [`SOS`], entropy-coded data begins here.
    pub end: usize,
}

/// The segments of a file, in their order. After [`SOS`], the iterator continues at the next marker that ends the entropy-coded data. It
/// ends after [`EOI`], or where the data ends.
#[derive(Debug, Clone)]
pub struct Segments<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether entropy-coded data may lie between here and the next segment.
    coded: bool,
    done: bool,
}

/// Returns the segments of a file, from its beginning.
#[must_use]
pub fn segments(bytes: &[u8]) -> Segments<'_> {
    Segments { bytes, at: 0, coded: false, done: false }
}

impl Segments<'_> {
    /// Moves to a later position, in or after entropy-coded data that was read in the meantime.
    pub(crate) fn go_on_at(&mut self, at: usize) {
        (self.at, self.coded) = (at, true);
    }

    /// Returns the position of the next marker that begins a segment.
    fn next_start(&self) -> Option<usize> {
        let mut at = next_marker(self.bytes, self.at)?;
        while self.coded && !ends_scan(self.bytes, at) {
            at = next_marker(self.bytes, at + 2)?;
        }
        Some(at)
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        if self.done {
            return None;
        }
        let start = self.next_start()?;
        let marker = self.bytes[start + 1];
        let segment = if has_length(marker) {
            let length = self.bytes.get(start + 2..start + 4)?;
            let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
            let payload = self.bytes.get(start + 4..start + 2 + length)?;
            Segment { marker, payload, start, end: start + 2 + length }
        } else {
            Segment { marker, payload: &[], start, end: start + 2 }
        };
        self.at = segment.end;
        self.coded = marker == SOS;
        self.done = marker == EOI;
        Some(segment)
    }
}

/// Returns the position of the next marker at or after `at`: 0xFF followed by a byte that is neither 0 (a stuffed 0xFF) nor 0xFF (fill),
/// nor a restart marker, which belongs to the entropy-coded data.
fn next_marker(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        at += first_ff(bytes.get(at..)?)?;
        match bytes.get(at + 1)? {
            0xFF => at += 1,
            0x00 | 0xD0..=0xD7 => at += 2,
            _ => return Some(at),
        }
    }
}

/// Whether the marker at `at` ends entropy-coded data. Damage can make data look like any marker, but hardly like one that belongs
/// between scans, with a segment that leads to another marker. Data goes on after all other markers.
pub(crate) fn ends_scan(bytes: &[u8], at: usize) -> bool {
    let follows = |at: usize| bytes.get(at).is_none_or(|byte| *byte == 0xFF) && bytes.get(at + 1) != Some(&0);
    let length = || {
        let length = bytes.get(at + 2..at + 4)?;
        Some(usize::from(u16::from_be_bytes([length[0], length[1]])))
    };
    match bytes.get(at + 1) {
        None | Some(&EOI) => true,
        Some(&SOI) => follows(at + 2),
        Some(&SOS) => {
            let components = bytes.get(at + 4).map_or(0, |count| usize::from(*count));
            (1..=4).contains(&components) && length() == Some(6 + 2 * components)
        }
        Some(&(DHT | DQT | DNL | DRI | COM | APP0..=APP15)) => {
            length().is_some_and(|length| length >= 2 && at + 2 + length <= bytes.len() && follows(at + 2 + length))
        }
        Some(_) => false,
    }
}

/// Returns the position of the first 0xFF. It is far away in entropy-coded data, so many bytes are checked together.
pub(crate) fn first_ff(bytes: &[u8]) -> Option<usize> {
    const TOGETHER: usize = 32;
    let (chunks, _) = bytes.as_chunks::<TOGETHER>();
    let none = |chunk: &&[u8; TOGETHER]| chunk.iter().fold(0, |found, byte| found | u8::from(*byte == 0xFF)) == 0;
    let passed = TOGETHER * chunks.iter().take_while(none).count();
    Some(passed + bytes[passed..].iter().position(|byte| *byte == 0xFF)?)
}

/// Whether a length and a payload follow a marker.
#[must_use]
pub fn has_length(marker: u8) -> bool {
    !matches!(marker, 0x01 | SOI | EOI)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scans_are_stepped_over() {
        let bytes = b"\xFF\xD8\xFF\xFF\xFE\0\x04ab\xFF\xDA\0\x02x\xFF\0y\xFF\xD0z\xFF\xD9tail\xFF\xFE";
        let found: Vec<_> = segments(bytes).map(|segment| (segment.marker, segment.payload)).collect();
        assert_eq!(found, [(SOI, &b""[..]), (COM, b"ab"), (SOS, b""), (EOI, b"")]);
    }

    #[test]
    fn markers_that_belong_to_no_scan_are_data() {
        let begin = b"\xFF\xD8\xFF\xDA\0\x02x";
        let end = b"y\xFF\xC4\0\x03t\xFF\xFF\xDA\0\x08\x01\x01\0\0\x3F\0z\xFF\xD9";
        let known = [SOI, SOS, DHT, SOS, EOI];
        let damage: [&[u8]; 10] = [
            b"",
            b"\xFF\xAE\0\x02",
            b"\xFF\x01",
            b"\xFF\xF5\0\x02\xFF",
            b"\xFF\xC0\0\x02",
            b"\xFF\xC4\0\x04ab",
            b"\xFF\xE1\xFF\0ab",
            b"\xFF\xDA\0\x08\x03abc",
            b"\xFF\xDD\0\x01",
            b"\xFF\xD8ab",
        ];
        for damage in damage {
            let bytes = [&begin[..], damage, end].concat();
            let found: Vec<_> = segments(&bytes).map(|segment| segment.marker).collect();
            assert_eq!(found, known, "{damage:X?}");
        }
        // Before the first scan, unknown segments are passed over by their length.
        let found: Vec<_> = segments(b"\xFF\xD8\xFF\xF5\0\x04\xFF\xDA\xFF\xD9").map(|segment| segment.marker).collect();
        assert_eq!(found, [SOI, 0xF5, EOI]);
    }

    #[test]
    fn the_first_of_its_kind_is_found_wherever_it_is() {
        for length in 0..70 {
            let mut bytes = vec![0xFE; length];
            assert_eq!(first_ff(&bytes), None);
            bytes.extend([0xFF; 40]);
            assert_eq!(first_ff(&bytes), Some(length));
        }
    }

    #[test]
    fn the_walk_ends_with_the_data() {
        assert_eq!(segments(b"").count(), 0);
        assert_eq!(segments(b"\xFF").count(), 0);
        assert_eq!(segments(b"\xFF\xD8\xFF\xFE\0").count(), 1);
        assert_eq!(segments(b"\xFF\xD8\xFF\xFE\0\x01\xFF\xD9").count(), 1);
        assert_eq!(segments(b"\xFF\xD8\xFF\xFE\0\x09ab").count(), 1);
    }
}
