//! Profiles for colours that a file declares in another form.

use super::curve::Curve;
use super::matrix::{D50, Matrix, Vector, apply, inverse, multiply};

/// The coordinates of red, green, blue and white in the chromaticity diagram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Chromaticities {
    /// Red, green, blue.
    pub(crate) primaries: [[f64; 2]; 3],
    /// White.
    pub(crate) white: [f64; 2],
}

/// The white of daylight at 6500 K, which most displays have.
pub(crate) const D65: [f64; 2] = [0.3127, 0.3290];

impl Chromaticities {
    /// BT.709 and sRGB.
    pub(crate) const SRGB: Self = Self { primaries: [[0.64, 0.33], [0.30, 0.60], [0.15, 0.06]], white: D65 };
    /// Adobe RGB (1998).
    pub(crate) const ADOBE: Self = Self { primaries: [[0.64, 0.33], [0.21, 0.71], [0.15, 0.06]], white: D65 };
    /// Display P3.
    pub(crate) const P3: Self = Self { primaries: [[0.68, 0.32], [0.265, 0.69], [0.15, 0.06]], white: D65 };
    /// BT.2020 and BT.2100.
    pub(crate) const BT2020: Self = Self { primaries: [[0.708, 0.292], [0.170, 0.797], [0.131, 0.046]], white: D65 };

    /// Returns X, Y, Z of the primaries, adapted to D50 (Bradford); `None` if they span no volume.
    pub(crate) fn columns(&self) -> Option<Matrix> {
        // From X, Y, Z to the responses of cones.
        const CONES: Matrix = [[0.8951, -0.7502, 0.0389], [0.2664, 1.7135, -0.0685], [-0.1614, 0.0367, 1.0296]];
        let xyz = |[x, y]: [f64; 2]| -> Option<Vector> {
            let inside = x.abs() < 4.0 && (1e-4..4.0).contains(&y);
            inside.then(|| [x / y, 1.0, (1.0 - x - y) / y])
        };
        let [r, g, b] = self.primaries;
        let primaries = [xyz(r)?, xyz(g)?, xyz(b)?];
        let white = xyz(self.white)?;
        let amounts = apply(&inverse(&primaries)?, white);
        let columns: Matrix = std::array::from_fn(|i| primaries[i].map(|value| value * amounts[i]));
        let (from, to) = (apply(&CONES, white), apply(&CONES, D50));
        if from.iter().any(|cone| *cone < 1e-3) {
            return None;
        }
        let scale = std::array::from_fn(|i| std::array::from_fn(|j| if i == j { to[i] / from[i] } else { 0.0 }));
        Some(multiply(&multiply(&inverse(&CONES)?, &multiply(&scale, &CONES)), &columns))
    }
}

/// Returns a profile of three primaries, adapted to D50, and one curve.
pub(crate) fn rgb(columns: &Matrix, curve: &Curve) -> Vec<u8> {
    let mut tags = common();
    for (name, column) in [b"rXYZ", b"gXYZ", b"bXYZ"].into_iter().zip(columns) {
        tags.push((name, xyz(*column)));
    }
    let curve = curve_data(curve);
    tags.extend([b"rTRC", b"gTRC", b"bTRC"].map(|name| (name, curve.clone())));
    assemble(b"RGB ", tags)
}

/// Returns a profile of gray with this curve.
pub(crate) fn gray(curve: &Curve) -> Vec<u8> {
    let mut tags = common();
    tags.push((b"kTRC", curve_data(curve)));
    assemble(b"GRAY", tags)
}

type TagRow = (&'static [u8; 4], Vec<u8>);

/// Returns the tags that are required in every profile.
fn common() -> Vec<TagRow> {
    vec![(b"desc", text("RGB")), (b"cprt", text("CC0")), (b"wtpt", xyz(D50))]
}

/// Returns a text of ASCII in one language.
fn text(text: &str) -> Vec<u8> {
    let mut data = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS".to_vec();
    data.extend((2 * text.len() as u32).to_be_bytes());
    data.extend(28_u32.to_be_bytes());
    data.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    data
}

fn xyz(values: Vector) -> Vec<u8> {
    [b"XYZ \0\0\0\0".to_vec(), values.map(fixed).concat()].concat()
}

fn curve_data(curve: &Curve) -> Vec<u8> {
    let formula = |kind: u8, numbers: &[f64]| {
        let mut data = vec![b'p', b'a', b'r', b'a', 0, 0, 0, 0, 0, kind, 0, 0];
        data.extend(numbers.iter().flat_map(|number| fixed(*number)));
        data
    };
    match curve {
        Curve::Power(exponent) => formula(0, &[*exponent]),
        Curve::Formula { g, a, b, c, d, e, f } => {
            if (*e, *f) == (0.0, 0.0) {
                formula(3, &[*g, *a, *b, *c, *d])
            } else {
                formula(4, &[*g, *a, *b, *c, *d, *e, *f])
            }
        }
        Curve::Table(values) => {
            let mut data = b"curv\0\0\0\0".to_vec();
            data.extend((values.len() as u32).to_be_bytes());
            data.extend(values.iter().flat_map(|value| value.to_be_bytes()));
            data
        }
    }
}

/// Converts a number to signed units of 1/65536, rounded.
fn fixed(value: f64) -> [u8; 4] {
    let scaled = value * 65_536.0;
    ((scaled + 0.5_f64.copysign(scaled)) as i32).to_be_bytes()
}

/// Assembles header, table of tags, and their data; equal data is written once.
fn assemble(space: &[u8; 4], tags: Vec<TagRow>) -> Vec<u8> {
    let mut profile = vec![0; 128];
    profile[8..12].copy_from_slice(&[4, 0x30, 0, 0]);
    profile[12..16].copy_from_slice(b"mntr");
    profile[16..20].copy_from_slice(space);
    profile[20..24].copy_from_slice(b"XYZ ");
    // A constant date.
    profile[24..30].copy_from_slice(&[7, 208, 0, 1, 0, 1]);
    profile[36..40].copy_from_slice(b"acsp");
    profile[67] = 1;
    for (i, value) in D50.into_iter().enumerate() {
        profile[68 + 4 * i..72 + 4 * i].copy_from_slice(&fixed(value));
    }
    profile.extend((tags.len() as u32).to_be_bytes());
    let start = profile.len() + 12 * tags.len();
    let mut data: Vec<u8> = Vec::new();
    let mut written: Vec<(&[u8], usize)> = Vec::new();
    for (name, content) in &tags {
        let known = written.iter().find(|(other, _)| *other == content.as_slice()).map(|(_, offset)| *offset);
        let offset = known.unwrap_or_else(|| {
            let offset = start + data.len();
            data.extend(content);
            data.resize(data.len().next_multiple_of(4), 0);
            written.push((content, offset));
            offset
        });
        profile.extend(*name);
        profile.extend((offset as u32).to_be_bytes());
        profile.extend((content.len() as u32).to_be_bytes());
    }
    profile.extend(data);
    let length = profile.len() as u32;
    profile[..4].copy_from_slice(&length.to_be_bytes());
    profile
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::icc::{Model, Profile};

    #[test]
    fn what_is_written_can_be_read() {
        let columns = Chromaticities::SRGB.columns().unwrap();
        let read = |profile: &[u8], model| Profile::read(profile, model).unwrap();
        assert!(read(&rgb(&columns, &Curve::SRGB), Model::Rgb).is_srgb());
        assert!(!read(&rgb(&columns, &Curve::Power(1.8)), Model::Rgb).is_srgb());
        assert!(!read(&rgb(&columns, &Curve::BT709), Model::Rgb).is_srgb());
        assert!(!read(&rgb(&Chromaticities::P3.columns().unwrap(), &Curve::SRGB), Model::Rgb).is_srgb());
        assert!(read(&gray(&Curve::SRGB), Model::Gray).is_srgb());
        assert!(!read(&gray(&Curve::Power(1.0)), Model::Gray).is_srgb());
        assert!(Profile::read(&gray(&Curve::SRGB), Model::Rgb).is_none());
    }

    #[test]
    fn chromaticities_that_span_nothing_are_refused() {
        for primaries in [[[0.3, 0.3]; 3], [[0.0, 0.0]; 3], [[1e9, 0.3], [0.3, 0.6], [0.1, 0.1]]] {
            assert_eq!(Chromaticities { primaries, white: D65 }.columns(), None);
        }
        assert_eq!(Chromaticities { white: [0.0, 0.0], ..Chromaticities::SRGB }.columns(), None);
    }
}
