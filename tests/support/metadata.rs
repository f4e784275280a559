//! Blocks of metadata with texts that the test chooses.

/// A block of Exif or of IPTC, for [`Picture::metadata`](super::Picture::metadata).
#[derive(Clone, Default)]
pub struct Metadata {
    iptc: Vec<u8>,
    /// Tag, kind and value of each entry.
    first: Vec<(u16, u16, Vec<u8>)>,
    shot: Vec<(u16, u16, Vec<u8>)>,
    location: bool,
}

impl Metadata {
    /// Empty Exif.
    pub fn exif() -> Self {
        Self::default()
    }

    /// IPTC with these datasets of its application record.
    pub fn iptc(datasets: &[(u8, &str)]) -> Self {
        let dataset = |(number, text): &(u8, &str)| {
            [&[0x1C, 2, *number][..], &(text.len() as u16).to_be_bytes(), text.as_bytes()].concat()
        };
        Self { iptc: datasets.iter().flat_map(dataset).collect(), ..Self::default() }
    }

    /// Adds a text to the directory of the picture.
    pub fn text(mut self, tag: u16, text: &str) -> Self {
        self.first.push((tag, 2, [text.as_bytes(), &[0]].concat()));
        self
    }

    /// Adds a text to that directory in the encoding of Windows.
    pub fn wide(mut self, tag: u16, text: &str) -> Self {
        let units = text.encode_utf16().chain([0]);
        self.first.push((tag, 1, units.flat_map(u16::to_le_bytes).collect()));
        self
    }

    /// Adds bytes to the directory of the shot.
    pub fn shot(mut self, tag: u16, bytes: &[u8]) -> Self {
        self.shot.push((tag, if tag == 0x9286 { 7 } else { 2 }, bytes.to_vec()));
        self
    }

    /// Adds a latitude.
    pub fn located(self) -> Self {
        Self { location: true, ..self }
    }

    /// Returns the segment of a JPEG with this block: number and payload.
    pub fn segment(self) -> (u8, Vec<u8>) {
        if !self.iptc.is_empty() {
            let length = (self.iptc.len() as u32).to_be_bytes();
            return (13, [b"Photoshop 3.0\x008BIM\x04\x04\0\0", &length[..], &self.iptc].concat());
        }
        let degrees: Vec<u8> = [48u32, 1, 51, 1, 29, 1].iter().flat_map(|part| part.to_le_bytes()).collect();
        let place = vec![(1, 2, b"N\0".to_vec()), (2, 5, degrees)];
        let mut below = Vec::new();
        if !self.shot.is_empty() {
            below.push((0x8769, self.shot));
        }
        if self.location {
            below.push((0x8825, place));
        }
        let mut first = self.first;
        first.extend(below.iter().map(|(tag, _)| (*tag, 4, vec![0; 4])));
        let mut offset = 8 + directory(&first, 8).len();
        let mut blocks = Vec::new();
        for (tag, rows) in below {
            let row = first.iter_mut().find(|row| row.0 == tag).expect("just added");
            row.2 = (offset as u32).to_le_bytes().to_vec();
            let block = directory(&rows, offset);
            offset += block.len();
            blocks.extend(block);
        }
        (1, [b"Exif\0\0II*\0\x08\0\0\0", &directory(&first, 8)[..], &blocks].concat())
    }
}

/// Returns a directory at the offset `at`, followed by the values that do not fit into it.
fn directory(rows: &[(u16, u16, Vec<u8>)], at: usize) -> Vec<u8> {
    let mut rows = rows.to_vec();
    rows.sort();
    let mut directory = (rows.len() as u16).to_le_bytes().to_vec();
    let mut values = Vec::new();
    let behind = at + 2 + 12 * rows.len() + 4;
    for (tag, kind, value) in rows {
        let size = match kind {
            4 => 4,
            5 => 8,
            _ => 1,
        };
        directory.extend(tag.to_le_bytes());
        directory.extend(kind.to_le_bytes());
        directory.extend(((value.len() / size) as u32).to_le_bytes());
        if value.len() <= 4 {
            directory.extend([&value[..], &[0; 4]].concat().iter().take(4));
        } else {
            directory.extend(((behind + values.len()) as u32).to_le_bytes());
            values.extend(value);
            values.resize(values.len().next_multiple_of(2), 0);
        }
    }
    directory.extend([0; 4]);
    [directory, values].concat()
}
