//! What zune-jpeg 0.5.16-rc3 gets wrong in files that are as they should be, told by their segments. In all of it libjpeg-turbo is of our
//! opinion, and the differential run, which asks both, leaves nothing out.

/// Whether a file has one of these:
///
/// - Quantization tables that are defined between scans: only those before the first scan are used.
/// - The marker TEM, which stands alone (T.81, table B.1): as many bytes are left out behind it as the next two tell.
/// - Sequential scans in which a row of units ends between two restart markers: where few bits are left, the second one is taken
///   for that of the row's end.
/// - Sequential scans of some components, but not of one or of all, where a minimum coded unit has several blocks of one of
///   them: one is read.
pub fn are_likely(bytes: &[u8]) -> bool {
    let mut found = Found::default();
    segments(bytes).any(|(marker, payload)| found.errs(marker, payload))
}

/// What was met of a file so far.
#[derive(Default)]
struct Found {
    /// Of a sequential frame.
    width: usize,
    components: Vec<Component>,
    /// Units between restart markers.
    interval: usize,
    scans: usize,
    /// A quantization table that came behind a scan.
    late_table: bool,
}

/// A component of a sequential frame.
struct Component {
    id: u8,
    /// Blocks in a minimum coded unit, across and down.
    factors: [usize; 2],
}

impl Found {
    fn errs(&mut self, marker: u8, payload: &[u8]) -> bool {
        let number =
            |at: usize| payload.get(at..at + 2).map_or(0, |two| usize::from(two[0]) << 8 | usize::from(two[1]));
        match marker {
            0x01 => return true,
            0xC0 | 0xC1 => {
                self.width = number(3);
                let components = payload.get(6..).unwrap_or_default().chunks_exact(3);
                let factors = |raw: u8| [raw >> 4, raw & 15].map(usize::from);
                self.components = components.map(|raw| Component { id: raw[0], factors: factors(raw[1]) }).collect();
            }
            0xDB => self.late_table = self.scans > 0,
            0xDD => self.interval = number(0),
            0xDA => {
                self.scans += 1;
                return self.late_table || self.is_misread(payload);
            }
            _ => {}
        }
        false
    }

    /// Whether that is the header of a sequential scan which is not read as it should be.
    fn is_misread(&self, scan: &[u8]) -> bool {
        let count = scan.first().map_or(0, |count| usize::from(*count));
        let parts = scan.get(1..).unwrap_or_default().chunks_exact(2).take(count).map(|part| part[0]);
        let components: Vec<_> = parts.flat_map(|id| self.components.iter().find(|other| other.id == id)).collect();
        let most = self.components.iter().map(|component| component.factors[0]).max().unwrap_or(1).max(1);
        let units = match *components {
            [] => return false,
            [part] => (self.width * part.factors[0]).div_ceil(8 * most),
            _ => self.width.div_ceil(8 * most),
        };
        let several = components.iter().any(|component| component.factors != [1; 2]);
        let in_part = (2..self.components.len()).contains(&components.len());
        self.interval > 0 && units % self.interval > 0 || in_part && several
    }
}

/// Markers with what belongs to them.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let at = rest.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF))?;
            let marker = rest[at + 1];
            rest = &rest[at + 2..];
            match marker {
                0x01 => return Some((marker, &[][..])),
                0xD8 => continue,
                _ => {}
            }
            let length = usize::from(u16::from_be_bytes(*rest.first_chunk()?));
            let payload = rest.get(2..length)?;
            rest = &rest[length..];
            return (marker != 0xD9).then_some((marker, payload));
        }
    })
}
