//! Transforms that profiles store as tables (`mft1`, `mft2`, `mAB `, `mBA `), from the device to the connection space or back,
//! as a sequence of steps.

use super::curve::Curve;
use super::matrix::{Vector, xyz_of_lab};
use super::read::{fixed_at, u8_at, u16_at, u32_at};

/// Limit on the channels on either side.
pub(crate) const CHANNELS: usize = 4;

/// A value for each channel, from 0 to 1; 0 for unused channels.
pub(crate) type Values = [f64; CHANNELS];

/// A transform.
#[derive(Debug, Clone)]
pub(crate) struct Lut {
    inputs: usize,
    steps: Vec<Step>,
    encoding: LutEncoding,
}

#[derive(Debug, Clone)]
enum Step {
    /// A curve for each channel.
    Curves(Vec<Curve>),
    /// Three columns and a summand.
    Matrix([Vector; 4]),
    /// Values at the nodes of a grid.
    LutGrid(LutGrid),
}

/// Encoding of the connection space as numbers from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LutEncoding {
    /// X, Y, Z up to 1 + 32767/32768.
    Xyz,
    /// L\*, a\*, b\* of version 4, and of 8 bits.
    Lab,
    /// The 16-bit L\*, a\*, b\* of version 2, whose white is 0xFF00.
    OldLab,
}

impl Lut {
    /// Reads the data of a tag: a transform of `inputs` channels to `outputs`, one of the two being the connection space.
    pub(super) fn read(data: &[u8], inputs: usize, outputs: usize, connection: [u8; 4]) -> Option<Self> {
        let lab = match &connection {
            b"Lab " => true,
            b"XYZ " => false,
            _ => return None,
        };
        let kind = data.get(..4)?;
        let counted = usize::from(u8_at(data, 8)?) == inputs && usize::from(u8_at(data, 9)?) == outputs;
        if !counted || inputs > CHANNELS || outputs > CHANNELS {
            return None;
        }
        let steps = match kind {
            b"mft1" | b"mft2" => old_steps(data, inputs, outputs, kind == b"mft2", !lab)?,
            b"mAB " | b"mBA " => new_steps(data, inputs, outputs, kind == b"mAB ")?,
            _ => return None,
        };
        let encoding = match (lab, kind) {
            (false, _) => LutEncoding::Xyz,
            (true, b"mft2") => LutEncoding::OldLab,
            (true, _) => LutEncoding::Lab,
        };
        Some(Self { inputs, steps, encoding })
    }

    /// Returns the number of input channels.
    pub(super) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Runs all steps.
    pub(super) fn run(&self, mut values: Values) -> Values {
        for step in &self.steps {
            match step {
                Step::Curves(curves) => {
                    values.iter_mut().zip(curves).for_each(|(value, curve)| *value = curve.at(*value))
                }
                Step::Matrix([a, b, c, sum]) => {
                    let [x, y, z, _] = values;
                    for (i, value) in values.iter_mut().take(3).enumerate() {
                        *value = a[i] * x + b[i] * y + c[i] * z + sum[i];
                    }
                }
                Step::LutGrid(grid) => values = grid.at(values),
            }
        }
        values
    }

    /// Converts a result of [`run`](Self::run) to X, Y, Z.
    pub(super) fn xyz(&self, [a, b, c, _]: Values) -> Vector {
        match self.encoding {
            LutEncoding::Xyz => [a, b, c].map(|value| value * (1.0 + 32_767.0 / 32_768.0)),
            LutEncoding::Lab => xyz_of_lab([a * 100.0, b * 255.0 - 128.0, c * 255.0 - 128.0]),
            LutEncoding::OldLab => {
                let [a, b, c] = [a, b, c].map(|value| value * 65_535.0);
                xyz_of_lab([a * 100.0 / 65_280.0, b / 256.0 - 128.0, c / 256.0 - 128.0])
            }
        }
    }

    /// Returns neutral black as an input of [`run`](Self::run).
    pub(super) fn black(&self) -> Values {
        match self.encoding {
            LutEncoding::Xyz => [0.0; CHANNELS],
            LutEncoding::Lab => [0.0, 128.0 / 255.0, 128.0 / 255.0, 0.0],
            LutEncoding::OldLab => [0.0, 32_768.0 / 65_535.0, 32_768.0 / 65_535.0, 0.0],
        }
    }
}

/// Reads `mft1` and `mft2`: matrix (only before X, Y, Z), curves, grid, curves.
fn old_steps(data: &[u8], inputs: usize, outputs: usize, wide: bool, xyz: bool) -> Option<Vec<Step>> {
    let points = u8_at(data, 10)?;
    let (width, mut at, entries) = if wide {
        (2, 52, [usize::from(u16_at(data, 48)?), usize::from(u16_at(data, 50)?)])
    } else {
        (1, 48, [256; 2])
    };
    let mut table = |count: usize| {
        let end = count.checked_mul(width)?.checked_add(at)?;
        let found = data.get(at..end)?;
        at = end;
        if wide { Curve::table(found) } else { Curve::table_of_bytes(found) }
    };
    let before = (0..inputs).map(|_| table(entries[0])).collect::<Option<Vec<_>>>()?;
    let nodes = LutGrid::count(&vec![points; inputs], outputs)?;
    let Curve::Table(nodes) = table(nodes)? else { return None };
    let after = (0..outputs).map(|_| table(entries[1])).collect::<Option<Vec<_>>>()?;
    let mut steps = Vec::new();
    if xyz && inputs == 3 {
        steps.push(Step::Matrix(matrix(data, 12, false)?));
    }
    steps.push(Step::Curves(before));
    steps.push(Step::LutGrid(LutGrid::new(vec![points; inputs], outputs, nodes)?));
    steps.push(Step::Curves(after));
    Some(steps)
}

/// Reads `mAB ` and `mBA `: curves, grid, curves, matrix, curves, or in reverse order, each if it has an offset.
fn new_steps(data: &[u8], inputs: usize, outputs: usize, to_connection: bool) -> Option<Vec<Step>> {
    let offset = |at: usize| u32_at(data, at).map(|offset| offset as usize);
    let [b, matrix_at, m, grid, a] = [offset(12)?, offset(16)?, offset(20)?, offset(24)?, offset(28)?];
    let (device, connection) = if to_connection { (inputs, outputs) } else { (outputs, inputs) };
    if connection != 3 || b == 0 {
        return None;
    }
    let mut steps = vec![Step::Curves(curves(data, b, 3)?)];
    if matrix_at != 0 {
        steps.push(Step::Matrix(matrix(data, matrix_at, true)?));
    }
    if m != 0 {
        steps.push(Step::Curves(curves(data, m, 3)?));
    }
    if grid != 0 {
        let points = data.get(grid..grid.checked_add(inputs)?)?.to_vec();
        let nodes = LutGrid::count(&points, outputs)?;
        let start = grid.checked_add(20)?;
        let width = match u8_at(data, grid.checked_add(16)?)? {
            width @ (1 | 2) => usize::from(width),
            _ => return None,
        };
        let found = data.get(start..start.checked_add(nodes.checked_mul(width)?)?)?;
        let table = if width == 2 { Curve::table(found)? } else { Curve::table_of_bytes(found)? };
        let Curve::Table(nodes) = table else { return None };
        steps.push(Step::LutGrid(LutGrid::new(points, outputs, nodes)?));
        if a != 0 {
            steps.push(Step::Curves(curves(data, a, device)?));
        }
    } else if device != 3 {
        return None;
    }
    if to_connection {
        steps.reverse();
    }
    Some(steps)
}

/// Reads consecutive curves, each beginning at a multiple of four bytes.
fn curves(data: &[u8], start: usize, count: usize) -> Option<Vec<Curve>> {
    let mut at = start;
    (0..count)
        .map(|_| {
            let (curve, length) = Curve::read(data.get(at..)?)?;
            at = at.checked_add(length.next_multiple_of(4))?;
            Some(curve)
        })
        .collect()
}

/// Reads nine numbers, row by row, and optionally three summands.
fn matrix(data: &[u8], at: usize, summands: bool) -> Option<[Vector; 4]> {
    let mut columns = [[0.0; 3]; 4];
    for i in 0..if summands { 12 } else { 9 } {
        let (column, row) = if i < 9 { (i % 3, i / 3) } else { (3, i - 9) };
        columns[column][row] = fixed_at(data, at.checked_add(4 * i)?)?;
    }
    Some(columns)
}

/// Values at the nodes of a grid; the last channel varies fastest.
#[derive(Debug, Clone)]
struct LutGrid {
    points: Vec<u8>,
    outputs: usize,
    nodes: Vec<u16>,
}

impl LutGrid {
    fn new(points: Vec<u8>, outputs: usize, nodes: Vec<u16>) -> Option<Self> {
        (Self::count(&points, outputs)? == nodes.len()).then_some(Self { points, outputs, nodes })
    }

    /// Returns the required number of values.
    fn count(points: &[u8], outputs: usize) -> Option<usize> {
        if points.contains(&0) {
            return None;
        }
        points.iter().try_fold(outputs, |count, points| count.checked_mul(usize::from(*points)))
    }

    /// Interpolates linearly between the nodes, along one channel after the other.
    fn at(&self, values: Values) -> Values {
        let mut cell = 0;
        let mut steps = [0; CHANNELS];
        let mut parts = [0.0; CHANNELS];
        let mut stride = self.outputs;
        for (channel, points) in self.points.iter().enumerate().rev() {
            let last = usize::from(*points) - 1;
            let value = if values[channel] > 0.0 { values[channel].min(1.0) } else { 0.0 };
            let place = value * last as f64;
            let index = (place as usize).min(last);
            parts[channel] = place - index as f64;
            steps[channel] = if index < last { stride } else { 0 };
            cell += index * stride;
            stride *= last + 1;
        }
        let mut result = [0.0; CHANNELS];
        for corner in 0..1_usize << self.points.len() {
            let mut node = cell;
            let mut weight = 1.0 / 65_535.0;
            for channel in 0..self.points.len() {
                if corner >> channel & 1 == 1 {
                    node += steps[channel];
                    weight *= parts[channel];
                } else {
                    weight *= 1.0 - parts[channel];
                }
            }
            for (value, number) in result.iter_mut().zip(&self.nodes[node..node + self.outputs]) {
                *value += weight * f64::from(*number);
            }
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_meets_its_nodes_and_is_straight_between_them() {
        // Three channels of two points each; the outputs are the inputs, the last one halved.
        let nodes = (0..8_u16).flat_map(|i| [(i >> 2 & 1) * 65_535, (i >> 1 & 1) * 65_535, (i & 1) * 32_768]).collect();
        let grid = LutGrid::new(vec![2; 3], 3, nodes).unwrap();
        for values in [[0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0], [0.25, 0.5, 1.0, 0.0], [0.7, 0.1, 0.9, 0.0]] {
            let found = grid.at(values);
            for (found, expected) in found.iter().zip([values[0], values[1], values[2] / 2.0]) {
                assert!((found - expected).abs() < 1e-4, "{found} instead of {expected}");
            }
        }
        assert!(grid.at([f64::NAN, -3.0, 7.0, 0.0])[2] > 0.49);
    }

    #[test]
    fn absurd_sizes_are_no_grids() {
        assert_eq!(LutGrid::count(&[0, 2, 2], 3), None);
        assert!(LutGrid::new(vec![255; 4], 4, vec![0; 9]).is_none());
        let mut data = b"mft2\0\0\0\0\x04\x03\xFF".to_vec();
        data.resize(52, 0xFF);
        assert!(Lut::read(&data, 4, 3, *b"Lab ").is_none());
    }
}
