//! A profile: the meaning of device numbers, and the comparison with sRGB.

use super::Model;
use super::curve::{Curve, srgb_of_linear};
use super::hdr::{self, Transfer};
use super::lut::{CHANNELS, Lut, Values};
use super::matrix::{D50, Matrix, SRGB, Vector, apply, xyz_of_lab};
use super::read::{Raw, fixed_at};

/// Length of the longest profile that is read, in bytes. The largest in use, for printing in six inks, have two or three MiB.
pub(crate) const LONGEST: usize = 8 << 20;

/// Length of the longest profile that renditions keep, in bytes: the capacity of one segment of a JPEG. A longer one would be larger than
/// a small picture.
const LONGEST_TO_KEEP: usize = 65_519;

/// A profile that matches the pixels of its file.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    device: Device,
    /// Length in bytes of the profile in the file; 0 if there is none.
    length: usize,
}

/// Meaning of the device numbers.
#[derive(Debug, Clone)]
pub(crate) enum Device {
    /// The curve from gray to light.
    Gray(Curve),
    /// The curves of three colours, and their X, Y, Z.
    Matrix([Curve; 3], Matrix),
    /// A table, and the device's black.
    Table(Box<Lut>, Values),
    /// Three colours with more light than a display's white, and their X, Y, Z.
    Hdr(Transfer, Matrix),
    /// L\* up to 100, a\* and b\* from -128 to 127.
    Lab,
    /// Inks without a profile.
    Inks,
}

impl Profile {
    /// Reads a profile for pixels of a model; `None` if it is damaged or made for another model.
    pub(crate) fn read(bytes: &[u8], model: Model) -> Option<Self> {
        let raw = Raw::parse(bytes).filter(|_| bytes.len() <= LONGEST)?;
        let device = match (model, &raw.space()) {
            (Model::Gray, b"GRAY") => Device::Gray(gray_curve(raw)?),
            (Model::Rgb, b"RGB ") => table(raw, 3).or_else(|| matrix(raw))?,
            (Model::Cmyk, b"CMYK") => table(raw, 4)?,
            _ => return None,
        };
        Some(Self { device, length: bytes.len() })
    }

    /// A profile for a device without one in the file.
    pub(crate) fn of(device: Device) -> Self {
        Self { device, length: 0 }
    }

    /// Returns the meaning of the device numbers.
    pub(crate) fn device(&self) -> &Device {
        &self.device
    }

    /// Whether browsers display pixels with this profile correctly, and the profile is small enough to embed.
    pub(crate) fn can_travel(&self) -> bool {
        let kind = match &self.device {
            Device::Gray(_) | Device::Matrix(..) => true,
            Device::Table(lut, _) => lut.inputs() == 3,
            Device::Hdr(..) | Device::Lab | Device::Inks => false,
        };
        kind && self.length <= LONGEST_TO_KEEP
    }

    /// Whether the profile equals the assumption without one: sRGB; for gray, the curve of sRGB or the power of 2.2.
    pub(crate) fn is_srgb(&self) -> bool {
        match &self.device {
            Device::Gray(curve) => is_srgb_curve(curve) || is_power(curve, 2.2),
            Device::Matrix(curves, columns) => curves.iter().all(is_srgb_curve) && is_srgb_matrix(columns),
            Device::Table(..) | Device::Hdr(..) | Device::Lab | Device::Inks => false,
        }
    }

    /// Returns the columns of the matrix if eight bits of these numbers are too few near black, as for linear light; gray
    /// has those of sRGB.
    pub(crate) fn linear(&self) -> Option<Matrix> {
        // The power of 1.6 has 0.33 there; all spaces for displaying have less.
        let linear = |curve: &Curve| curve.at(0.5) > 0.33;
        match &self.device {
            Device::Gray(curve) if linear(curve) => Some(SRGB),
            Device::Matrix(curves, columns) if curves.iter().any(linear) => Some(*columns),
            _ => None,
        }
    }

    /// Returns the linear light of a channel that has its own curve.
    pub(crate) fn light(&self, channel: usize, number: f64) -> f64 {
        match &self.device {
            Device::Gray(curve) => curve.at(number),
            Device::Matrix(curves, _) => curves[channel].at(number),
            _ => number,
        }
    }

    /// Returns X, Y, Z relative to D50 of device numbers from 0 to 1.
    pub(crate) fn xyz(&self, device: Values) -> Vector {
        match &self.device {
            Device::Gray(curve) => D50.map(|white| white * curve.at(device[0])),
            Device::Matrix(curves, columns) => apply(columns, std::array::from_fn(|i| curves[i].at(device[i]))),
            Device::Table(lut, _) => lut.xyz(lut.run(device)),
            Device::Hdr(transfer, columns) => apply(columns, hdr::light(*transfer, [device[0], device[1], device[2]])),
            Device::Lab => xyz_of_lab([device[0] * 100.0, device[1] * 255.0 - 128.0, device[2] * 255.0 - 128.0]),
            // As in browsers: each ink removes its colour, and black removes all of them.
            Device::Inks => {
                let [c, m, y, black] = device.map(|ink| 1.0 - ink);
                apply(&SRGB, [c, m, y].map(|light| Curve::SRGB.at(light * black)))
            }
        }
    }

    /// Returns Y of the darkest gray of the device, for black point compensation.
    pub(crate) fn black(&self) -> f64 {
        let darkest = match &self.device {
            Device::Table(_, black) => *black,
            _ => [0.0; CHANNELS],
        };
        // Above an L* of 50 it cannot be black, whatever the profile declares.
        self.xyz(darkest)[1].clamp(0.0, 0.184_186_5)
    }
}

/// Reads the table for the relative colorimetric intent, or a substitute for it, and the device's black: the
/// black of the profile's own perceptual intent, or else all inks or no light.
fn table(raw: Raw<'_>, channels: usize) -> Option<Device> {
    let connection = raw.connection();
    let mut tables = [b"A2B1", b"A2B0", b"A2B2"].into_iter().filter_map(|name| raw.tag(name));
    let lut = tables.find_map(|data| Lut::read(data, channels, 3, connection))?;
    let all = if channels == CHANNELS { [1.0; CHANNELS] } else { [0.0; CHANNELS] };
    let back = (channels == CHANNELS).then(|| Lut::read(raw.tag(b"B2A0")?, 3, channels, connection)).flatten();
    let black = back.map_or(all, |back| back.run(back.black()));
    Some(Device::Table(Box::new(lut), black))
}

fn matrix(raw: Raw<'_>) -> Option<Device> {
    let column = |name| {
        let data = raw.tag(name).filter(|data| data.starts_with(b"XYZ "))?;
        Some([fixed_at(data, 8)?, fixed_at(data, 12)?, fixed_at(data, 16)?])
    };
    let curve = |name| Curve::read(raw.tag(name)?).map(|(curve, _)| curve);
    if &raw.connection() != b"XYZ " {
        return None;
    }
    let columns = [column(b"rXYZ")?, column(b"gXYZ")?, column(b"bXYZ")?];
    Some(Device::Matrix([curve(b"rTRC")?, curve(b"gTRC")?, curve(b"bTRC")?], columns))
}

fn gray_curve(raw: Raw<'_>) -> Option<Curve> {
    let (curve, _) = Curve::read(raw.tag(b"kTRC")?)?;
    if &raw.connection() != b"Lab " {
        return Some(curve);
    }
    // Such a curve returns L*.
    let lights = (0..=4096).map(|i| xyz_of_lab([100.0 * curve.at(f64::from(i) / 4096.0), 0.0, 0.0])[1]);
    Some(Curve::Table(lights.map(|light| (light.clamp(0.0, 1.0) * 65_535.0 + 0.5) as u16).collect()))
}

/// Profiles round their numbers differently; other spaces differ a hundred times as much.
fn is_srgb_matrix(columns: &Matrix) -> bool {
    columns.as_flattened().iter().zip(SRGB.as_flattened()).all(|(found, srgb)| (found - srgb).abs() < 0.001)
}

/// Whether no number of 8 bits differs visibly. The many tables and formulas for the curve of sRGB are not equal.
fn is_srgb_curve(curve: &Curve) -> bool {
    (0..=64).all(|i| {
        let x = f64::from(i) / 64.0;
        (srgb_of_linear(curve.at(x)) - x).abs() < 0.6 / 255.0
    })
}

fn is_power(curve: &Curve, exponent: f64) -> bool {
    let power = Curve::Power(exponent);
    (0..=64).all(|i| (curve.at(f64::from(i) / 64.0) - power.at(f64::from(i) / 64.0)).abs() < 0.002)
}

#[cfg(test)]
#[path = "profile_tests.rs"]
mod tests;
