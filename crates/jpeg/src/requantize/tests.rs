//! Coefficients are compared with coefficients, and pixels with those of the turned picture.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use proptest::prelude::*;

use super::suits::suits;
use super::{Recoding, Requantizer};
use crate::attachments::Attachments;
use crate::decode::{self, CoefficientRow, CoefficientSink, Damage, Frame};
use crate::encode::{Coding, Effort};
use crate::error::Error;
use crate::header::{ColorModel, Header};
use crate::noise::noise;
use crate::orientation::Orientation;
use crate::parallel::Sequential;
use crate::plane::Plane;
use crate::simd::{BLOCK, Block, Steps};
use crate::size::Size;

fn requantize(bytes: &[u8], header: &Header<'_>, job: Recoding) -> Result<Vec<u8>, Error> {
    let mut requantized = Requantizer::new(header, job)?;
    decode::coefficients(bytes, header, &mut requantized, &Sequential)?;
    requantized.write(&Attachments::default())
}

const SAMPLINGS: [SamplingFactor; 6] = [
    SamplingFactor::F_1_1,
    SamplingFactor::F_2_1,
    SamplingFactor::F_1_2,
    SamplingFactor::F_2_2,
    SamplingFactor::F_4_1,
    SamplingFactor::F_4_2,
];

/// A picture with fine and coarse detail, encoded.
fn made(size: [usize; 2], color: ColorType, sampling: SamplingFactor, progressive: bool, restart: u16) -> Vec<u8> {
    let [width, height] = size;
    let channels = match color {
        ColorType::Luma => 1,
        ColorType::Cmyk => 4,
        _ => 3,
    };
    let mut random = noise(1);
    let mut samples = Vec::new();
    for at in 0..width * height {
        let (x, y) = (at % width, at / width);
        let random = random();
        let noise = if x > width / 2 { (random >> 11) as u8 } else { 0 };
        let stripes = if y > height / 2 && x % 3 == 0 { 90 } else { 0 };
        let pixel = [(2 * x) as u8 / 2 + noise, (3 * y) as u8 / 4 + stripes, 200 - (x % 128) as u8 - noise, noise];
        samples.extend_from_slice(&pixel[..channels]);
    }
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 88);
    encoder.set_sampling_factor(sampling);
    encoder.set_progressive(progressive);
    encoder.set_restart_interval(restart);
    encoder.encode(&samples, width as u16, height as u16, color).unwrap();
    bytes
}

fn colour(size: [usize; 2], sampling: SamplingFactor, progressive: bool) -> Vec<u8> {
    made(size, ColorType::Rgb, sampling, progressive, 0)
}

fn turn(number: u32) -> Orientation {
    Orientation::from_exif(number)
}

fn turned(bytes: &[u8], turn: Orientation, quality: u8, progressive: bool) -> Result<Vec<u8>, Error> {
    let header = Header::read(bytes)?;
    let coding = Coding { quality, progressive, effort: Effort::Balanced };
    requantize(bytes, &header, Recoding { turn, coding })
}

/// A quality whose steps are finer than those of any source, so that these are kept.
const FINEST: u8 = 100;

/// The blocks of a component that hold samples, and its steps.
#[derive(Debug, Clone, PartialEq)]
struct Whole {
    columns: usize,
    blocks: Vec<Block>,
    steps: Steps,
}

struct Collect(Frame, Vec<Whole>);

impl CoefficientSink for Collect {
    fn row(&mut self, row: &CoefficientRow<'_>) -> Result<(), Error> {
        let [columns, rows] = self.0.components[row.component].blocks;
        let whole = &mut self.1[row.component];
        (whole.columns, whole.steps) = (columns, *row.steps);
        if row.number < rows {
            whole.blocks.extend_from_slice(&row.blocks[..columns]);
        }
        Ok(())
    }
}

fn coefficients(bytes: &[u8]) -> Vec<Whole> {
    let header = Header::read(bytes).unwrap();
    let frame = Frame::of(&header);
    let empty = Whole { columns: 0, blocks: Vec::new(), steps: [0; BLOCK] };
    let mut collect = Collect(frame.clone(), vec![empty; frame.components.len()]);
    assert_eq!(decode::coefficients(bytes, &header, &mut collect, &Sequential).unwrap(), None);
    collect.1
}

fn planes(bytes: &[u8]) -> (Vec<Plane>, Option<Damage>) {
    let whole = decode::Request { levels: &[0], placings: &[], half_chroma: false };
    let mut decoded = crate::decode(bytes, &Header::read(bytes).unwrap(), &whole, &Sequential).unwrap();
    (decoded.levels.remove(0).1, decoded.damage)
}

/// Returns the largest difference of a sample.
fn distance(a: &[Plane], b: &[Plane]) -> u8 {
    assert_eq!(a.len(), b.len());
    let differences = a.iter().zip(b).flat_map(|(a, b)| {
        assert_eq!((a.width, a.height), (b.width, b.height));
        a.samples.iter().zip(&b.samples).map(|(a, b)| a.abs_diff(*b))
    });
    differences.max().unwrap_or(0)
}

#[test]
fn a_file_turned_by_its_coefficients_is_the_turned_picture() {
    for sampling in SAMPLINGS {
        for progressive in [false, true] {
            // A multiple of the units of all these samplings.
            let source = colour([96, 64], sampling, progressive);
            for number in 1..=8 {
                let turn = turn(number);
                let expected: Vec<Plane> = planes(&source).0.into_iter().map(|plane| plane.turned(turn)).collect();
                for progressive in [false, true] {
                    let result = turned(&source, turn, FINEST, progressive).unwrap();
                    assert_eq!(Header::read(&result).unwrap().size, turn.apply(Size { width: 96, height: 64 }));
                    // The inverse transform rounds between its two passes, so the result depends slightly on their order.
                    let tolerance = u8::from(turn.swaps_sides());
                    let (found, damage) = planes(&result);
                    assert_eq!(damage, None);
                    assert!(distance(&found, &expected) <= tolerance, "{sampling:?}, orientation {number}");
                }
            }
        }
    }
}

#[test]
fn turning_back_gives_the_coefficients_of_the_source() {
    let back = [1, 2, 3, 4, 5, 8, 7, 6];
    for sampling in SAMPLINGS {
        let source = colour([128, 64], sampling, false);
        for (number, back) in (1..).zip(back) {
            let there = turned(&source, turn(number), FINEST, number % 2 == 0).unwrap();
            let result = turned(&there, turn(back), FINEST, false).unwrap();
            assert!(coefficients(&result) == coefficients(&source), "{sampling:?}, orientation {number}");
        }
    }
}

#[test]
fn with_the_same_steps_nothing_is_lost() {
    for size in [[83, 61], [1, 1], [17, 9], [64, 64], [9, 100]] {
        for sampling in SAMPLINGS {
            for (progressive, restart) in [(false, 0), (false, 3), (true, 0)] {
                let source = made(size, ColorType::Rgb, sampling, progressive, restart);
                for progressive in [false, true] {
                    let result = turned(&source, Orientation::UPRIGHT, FINEST, progressive).unwrap();
                    assert!(coefficients(&result) == coefficients(&source), "{size:?}, {sampling:?}");
                    // Transposing does not need whole units.
                    let there = turned(&source, turn(5), FINEST, progressive).unwrap();
                    let back = turned(&there, turn(5), FINEST, false).unwrap();
                    assert!(coefficients(&back) == coefficients(&source), "{size:?}, {sampling:?}, transposed");
                }
            }
        }
        let gray = made(size, ColorType::Luma, SamplingFactor::F_2_2, false, 0);
        let result = turned(&gray, Orientation::UPRIGHT, FINEST, true).unwrap();
        assert_eq!(Header::read(&result).unwrap().color, ColorModel::Gray);
        assert!(coefficients(&result) == coefficients(&gray));
    }
}

#[test]
fn coefficients_stay_within_two_thirds_of_a_step() {
    for quality in [1, 40, 75, 87, 90] {
        let source = colour([83, 61], SamplingFactor::F_2_2, false);
        let result = turned(&source, Orientation::UPRIGHT, quality, true).unwrap();
        for (old, new) in coefficients(&source).iter().zip(coefficients(&result)) {
            for (old_block, new_block) in old.blocks.iter().zip(&new.blocks) {
                for at in 0..BLOCK {
                    let (from, to) = (
                        i32::from(old_block[at]) * i32::from(old.steps[at]),
                        i32::from(new_block[at]) * i32::from(new.steps[at]),
                    );
                    assert!(
                        3 * (from - to).abs() <= 2 * i32::from(new.steps[at]),
                        "{from} became {to} with {}",
                        new.steps[at]
                    );
                    assert!(new.steps[at] >= old.steps[at].min(255));
                }
            }
        }
        assert!(result.len() < source.len());
    }
}

#[test]
fn other_decoders_read_every_sampling() {
    use zune_jpeg::JpegDecoder;
    use zune_jpeg::zune_core::bytestream::ZCursor;
    for sampling in SAMPLINGS {
        for number in [1, 6] {
            let source = colour([96, 64], sampling, false);
            let [a, b] = [turned(&source, turn(number), 80, false), turned(&source, turn(number), 80, true)]
                .map(|bytes| JpegDecoder::new(ZCursor::new(bytes.unwrap())).decode().unwrap());
            assert!(a == b, "{sampling:?}, orientation {number}");
        }
    }
}

#[test]
fn what_is_mirrored_begins_where_the_picture_ends() {
    for size in [[90, 60], [83, 61], [17, 9], [95, 57], [3, 2], [1, 1]] {
        for sampling in SAMPLINGS {
            let source = colour(size, sampling, false);
            for number in 1..=8 {
                let turn = turn(number);
                let mirrored = [turn.mirrors_rows(), turn.mirrors_columns()];
                let (found, damage) = planes(&turned(&source, turn, FINEST, number % 2 == 0).unwrap());
                assert_eq!(damage, None);
                for (plane, found) in planes(&source).0.iter().zip(&found) {
                    // If the last sample covers pixels beyond the picture, mirrored samples lie between the stored ones.
                    let whole = |side: usize| {
                        (size[side] as u32 * plane.density[side].samples).is_multiple_of(plane.density[side].pixels)
                    };
                    if [0, 1].iter().all(|side| !mirrored[*side] || whole(*side)) {
                        let expected = [plane.turned(turn)];
                        assert!(
                            distance(std::slice::from_ref(found), &expected) <= 2,
                            "{size:?}, {sampling:?}, orientation {number}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn halved_chroma_of_an_odd_side_is_met_between_its_samples() {
    // A slope for luma, and steeper ones for chroma.
    let size = [83, 61];
    let slopes = |x: f64, y: f64| [100.0 + x / 2.0, 40.0 + 2.0 * x, 60.0 + 2.0 * y];
    let pixel = |at: usize| slopes((at % size[0]) as f64, (at / size[0]) as f64).map(|value| value as u8);
    let samples: Vec<u8> = (0..size[0] * size[1]).flat_map(pixel).collect();
    let mut source = Vec::new();
    let mut encoder = Encoder::new(&mut source, 100);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(jpeg_encoder::ChromaSubsamplingMethod::Average);
    encoder.encode(&samples, size[0] as u16, size[1] as u16, ColorType::Ycbcr).unwrap();
    let (found, _) = planes(&turned(&source, turn(3), FINEST, false).unwrap());
    for (component, plane) in found.iter().enumerate().skip(1) {
        // Except for samples that lie half outside.
        for y in 0..plane.height - 1 {
            for x in 0..plane.width - 1 {
                // Each is the mean of two pixels, counted from the other end.
                let expected =
                    slopes(size[0] as f64 - 1.5 - 2.0 * x as f64, size[1] as f64 - 1.5 - 2.0 * y as f64)[component];
                let found = f64::from(plane.row(y)[x]);
                assert!(
                    (found - expected).abs() <= 2.5,
                    "component {component} at {x}, {y}: {found} is not {expected}"
                );
            }
        }
    }
}

#[test]
fn inks_are_refused() {
    let inks = made([32, 32], ColorType::Cmyk, SamplingFactor::F_1_1, false, 0);
    assert!(turned(&inks, turn(1), 75, false).is_err());
}

#[test]
fn common_files_suit() {
    let source = colour([64, 64], SamplingFactor::F_2_2, false);
    let header = Header::read(&source).unwrap();
    let with = |factors: [u8; 3]| {
        let mut changed = header.clone();
        for (component, factors) in changed.components.iter_mut().zip(factors) {
            (component.horizontal, component.vertical) = (factors >> 4, factors & 15);
        }
        suits(&changed)
    };
    for factors in [[0x22, 0x11, 0x11], [0x22, 0x21, 0x21], [0x41, 0x11, 0x11], [0x11, 0x11, 0x11]] {
        assert!(with(factors), "{factors:X?}");
    }
    assert!(with([0x22, 0x22, 0x22]), "what is common to all says nothing");
    assert!(with([0x11, 0x22, 0x22]), "chroma may be the finer one");
    assert!(!with([0x31, 0x21, 0x11]), "two thirds");
    assert!(!with([0x44, 0x11, 0x11]), "eighteen blocks");
    assert!(!suits(&Header { precision: 12, ..header.clone() }));
    assert!(!suits(&Header { color: ColorModel::Rgb, ..header.clone() }));
}

#[test]
fn of_a_damaged_file_what_is_there_is_written() {
    for sampling in [SamplingFactor::F_1_1, SamplingFactor::F_2_2] {
        for (progressive, restart) in [(false, 0), (false, 7), (true, 0)] {
            let bytes = made([96, 64], ColorType::Rgb, sampling, progressive, restart);
            let half = &bytes[..bytes.len() * 2 / 3];
            let (expected, damage) = planes(half);
            assert!(damage.is_some());
            let (found, damage) = planes(&turned(half, Orientation::UPRIGHT, FINEST, false).unwrap());
            assert_eq!(damage, None);
            // The block that was cut in two may have values that no picture has, which are clamped to the range of the codes.
            let pairs = || expected.iter().zip(&found).flat_map(|(a, b)| a.samples.iter().zip(&b.samples));
            let apart = pairs().filter(|(a, b)| a != b).count();
            assert!(apart <= 3 * BLOCK, "{apart} of {}, {sampling:?}, {progressive}, {restart}", pairs().count());
        }
    }
    let bytes = colour([96, 64], SamplingFactor::F_2_2, false);
    let scan = bytes.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    assert!(turned(&bytes[..scan + 14], Orientation::UPRIGHT, 75, false).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_never_panic_and_what_is_written_is_whole(
        which in 0..6_usize,
        progressive: bool,
        number in 1..=8_u32,
        quality in 1..=100_u8,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let size = if quality % 2 == 0 { [64, 64] } else { [57, 63] };
        let mut bytes = made(size, ColorType::Rgb, SAMPLINGS[which], progressive, if which % 2 == 0 { 3 } else { 0 });
        for (index, value) in changes {
            let index = index.index(bytes.len());
            bytes[index] = value;
        }
        bytes.truncate(cut.index(bytes.len()).max(bytes.len() / 2));
        // A changed size could mean much work.
        if Header::read(&bytes).is_ok_and(|header| header.size.pixels() < 1 << 18)
            && let Ok(result) = turned(&bytes, turn(number), quality, which % 3 == 0)
        {
            prop_assert_eq!(planes(&result).1, None);
        }
    }
}
