//! Reading the facts of an Exif block that cimaise acts on: which way is up, and when the photo was taken.

use jiff::civil::DateTime;

use super::tiff::{Ifd, Tiff};
use crate::image::header::Orientation;

const ORIENTATION: u16 = 0x0112;
const EXIF_IFD: u16 = 0x8769;

/// Times and their fractions of a second, the most telling first: when the shutter opened, when it was digitised, when
/// the file was written.
const TIMES: [(u16, u16, bool); 3] = [(0x9003, 0x9291, true), (0x9004, 0x9292, true), (0x0132, 0x9290, false)];

/// The facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::image) struct Exif {
    /// How to turn the stored pixels.
    pub(in crate::image) orientation: Orientation,
    /// In the camera's local time.
    pub(in crate::image) captured: Option<DateTime>,
}

impl Exif {
    /// What holds for a picture without Exif.
    pub(in crate::image) const NONE: Self = Self { orientation: Orientation::UPRIGHT, captured: None };

    /// Reads a block (without the `Exif\0\0` that JPEG puts before it). What is damaged counts as absent.
    pub(in crate::image) fn read(block: &[u8]) -> Self {
        Tiff::parse(block).and_then(|tiff| Some(Self::of(&tiff, tiff.first_ifd()?))).unwrap_or(Self::NONE)
    }

    /// Reads a block whose Exif directory is the first one of a block of its own.
    pub(in crate::image) fn read_parts(first: Option<&[u8]>, exif: Option<&[u8]>) -> Self {
        let first = first.map_or(Self::NONE, Self::read);
        let apart = exif.and_then(Tiff::parse).and_then(|tiff| capture_time(&tiff, None, tiff.first_ifd()));
        Self { captured: apart.or(first.captured), ..first }
    }

    fn of(tiff: &Tiff<'_>, ifd: Ifd) -> Self {
        let turn = tiff.find(ifd, ORIENTATION).and_then(|entry| entry.uint()).unwrap_or(1);
        let captured = capture_time(tiff, Some(ifd), tiff.sub_ifd(ifd, EXIF_IFD));
        Self { orientation: Orientation::from_exif(turn), captured }
    }
}

/// The most telling time of the two directories.
fn capture_time(tiff: &Tiff<'_>, first: Option<Ifd>, exif: Option<Ifd>) -> Option<DateTime> {
    let text = |ifd: Option<Ifd>, tag| tiff.find(ifd?, tag)?.ascii();
    TIMES.iter().find_map(|&(time, fraction, in_exif)| {
        let time = parse_time(text(if in_exif { exif } else { first }, time)?)?;
        let nanosecond = text(exif, fraction).map_or(0, parse_fraction);
        time.with().subsec_nanosecond(nanosecond).build().ok()
    })
}

/// `2024:05:17 18:03:59`, with whatever stands between the numbers: cameras differ.
fn parse_time(text: &[u8]) -> Option<DateTime> {
    let mut numbers = text
        .split(|byte| !byte.is_ascii_digit())
        .filter(|digits| !digits.is_empty() && digits.len() <= 4)
        .map(|digits| digits.iter().fold(0_i16, |number, digit| number * 10 + i16::from(digit - b'0')));
    let year = numbers.next().filter(|year| *year > 0)?;
    let mut small = || i8::try_from(numbers.next()?).ok();
    let (month, day) = (small()?, small()?);
    let (hour, minute, second) = (small()?, small()?, small().unwrap_or(0));
    DateTime::new(year, month, day, hour, minute, second, 0).ok()
}

/// Digits after the decimal point, as nanoseconds.
fn parse_fraction(text: &[u8]) -> i32 {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).map(|byte| i32::from(byte - b'0'));
    digits.chain(std::iter::repeat(0)).take(9).fold(0, |number, digit| number * 10 + digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_cameras_write_them() {
        let time = |text: &str| parse_time(text.as_bytes()).map(|time| time.to_string());
        assert_eq!(time("2024:05:17 18:03:59").as_deref(), Some("2024-05-17T18:03:59"));
        assert_eq!(time("2024-05-17T18:03:59").as_deref(), Some("2024-05-17T18:03:59"));
        assert_eq!(time("2024:05:17 18:03").as_deref(), Some("2024-05-17T18:03:00"));
        assert_eq!(time("0000:00:00 00:00:00"), None);
        assert_eq!(time("    :  :     :  :  "), None);
        assert_eq!(time("2024:13:17 18:03:59"), None);
        assert_eq!(time("99999:05:17 18:03:59"), None);
    }

    #[test]
    fn fractions_are_digits_after_the_point() {
        assert_eq!(parse_fraction(b"5"), 500_000_000);
        assert_eq!(parse_fraction(b"007"), 7_000_000);
        assert_eq!(parse_fraction(b""), 0);
        assert_eq!(parse_fraction(b"1234567899999"), 123_456_789);
    }
}
