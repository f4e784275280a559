//! Samples that are stored as differences from the sample to the left.

use super::fields::Fields;
use crate::base::error::Error;
use crate::base::format::Format;

const PREDICTOR: u16 = 317;

/// How samples are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Predictor {
    /// As they are.
    None,
    /// As differences.
    Differences,
    /// As differences of bytes: first the highest bytes of a row, then the next.
    Bytes,
}

impl Predictor {
    /// Reads the kind, for samples of `bits` bits.
    pub(super) fn read(fields: &Fields<'_>, bits: u16, float: bool) -> Result<Self, Error> {
        match (fields.number(PREDICTOR), bits) {
            (None | Some(1), _) => Ok(Self::None),
            (Some(2), 8 | 16 | 32 | 64) => Ok(Self::Differences),
            (Some(3), 16 | 24 | 32 | 64) if float => Ok(Self::Bytes),
            (Some(number), _) => {
                Err(Error::unsupported(Format::Tiff, format_args!("predictor {number} for samples of {bits} bits")))
            }
        }
    }

    /// Restores a row of samples of `width` bytes, `stride` to a pixel. Returns the byte order of the result, given that of the file.
    pub(super) fn restore(self, row: &mut [u8], width: usize, stride: usize, little_endian: bool) -> bool {
        match self {
            Self::None => little_endian,
            Self::Differences => {
                add_up(row, width, stride, little_endian);
                little_endian
            }
            Self::Bytes => {
                for at in stride..row.len() {
                    row[at] = row[at].wrapping_add(row[at - stride]);
                }
                let (planes, count) = (row.to_vec(), row.len() / width);
                for (at, byte) in row.iter_mut().enumerate().take(count * width) {
                    *byte = planes[at % width * count + at / width];
                }
                false
            }
        }
    }
}

fn add_up(row: &mut [u8], width: usize, stride: usize, little_endian: bool) {
    if width == 1 {
        (stride..row.len()).for_each(|at| row[at] = row[at].wrapping_add(row[at - stride]));
        return;
    }
    for at in (stride * width..row.len()).step_by(width) {
        let before = at - stride * width;
        let mut carry = 0;
        for place in 0..width.min(row.len() - at) {
            let byte = if little_endian { place } else { width - 1 - place };
            let sum = u16::from(row[at + byte]) + u16::from(row[before + byte]) + carry;
            row[at + byte] = sum as u8;
            carry = sum >> 8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_added_up_in_both_byte_orders() {
        let mut row = [0xFF, 0, 1, 2, 0x10, 0x20, 3, 1];
        Predictor::Differences.restore(&mut row, 2, 2, true);
        assert_eq!(row, [0xFF, 0, 1, 2, 0x0F, 0x21, 4, 3]);
        let mut row = [0, 0xFF, 0, 1];
        Predictor::Differences.restore(&mut row, 2, 1, false);
        assert_eq!(row, [0, 0xFF, 1, 0]);
    }

    #[test]
    fn bytes_of_a_row_come_together() {
        // Two numbers of two bytes, 0x0102 and 0x0305.
        let mut row = [1, 2, 0xFF, 3];
        assert!(!Predictor::Bytes.restore(&mut row, 2, 1, true));
        assert_eq!(row, [1, 2, 3, 5]);
    }
}
