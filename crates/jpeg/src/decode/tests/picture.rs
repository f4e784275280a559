//! The picture of the decoder's tests, encoded in many ways by jpeg-encoder. The package in `compare` uses it too.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::noise::noise;

pub(super) const WIDTH: usize = 83;
pub(super) const HEIGHT: usize = 61;

/// A picture with fine and coarse detail.
fn picture() -> Vec<u8> {
    let mut random = noise(1);
    let mut pixels = Vec::with_capacity(3 * WIDTH * HEIGHT);
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let random = random();
            let noise = if x > WIDTH / 2 { (random >> 10) as u8 } else { 0 };
            let stripes = if y > HEIGHT / 2 && x % 3 == 0 { 90 } else { 0 };
            pixels.extend([(2 * x) as u8 + noise, (3 * y) as u8 / 2 + stripes, 200 - x as u8 - noise]);
        }
    }
    pixels
}

/// The picture, encoded.
pub(super) fn encoded(sampling: SamplingFactor, progressive: bool, restart: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 88);
    encoder.set_sampling_factor(sampling);
    encoder.set_progressive(progressive);
    encoder.set_restart_interval(restart);
    encoder.encode(&picture(), WIDTH as u16, HEIGHT as u16, ColorType::Rgb).unwrap();
    bytes
}

pub(super) const SAMPLINGS: [SamplingFactor; 6] = [
    SamplingFactor::F_1_1,
    SamplingFactor::F_2_1,
    SamplingFactor::F_1_2,
    SamplingFactor::F_2_2,
    SamplingFactor::F_4_1,
    SamplingFactor::F_4_2,
];
