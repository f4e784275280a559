//! Conversion of high dynamic range (BT.2100) to the range of a display whose white is 203 cd/m², as BT.2408 recommends.

use super::matrix::Vector;
use super::power::power;

/// Conversion of numbers to light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transfer {
    /// Perceptual quantization (SMPTE ST 2084).
    Pq,
    /// Hybrid log-gamma (ARIB STD-B67), on a display of 1000 cd/m².
    Hlg,
}

/// The white of the result, and the brightest light that still differs from it, in cd/m².
const WHITE: f64 = 203.0;
const PEAK: f64 = 1000.0;

/// Returns the light, from 0 to 1, of numbers from 0 to 1; the proportions of colours are kept.
pub(super) fn light(transfer: Transfer, numbers: Vector) -> Vector {
    let shown = match transfer {
        Transfer::Pq => numbers.map(pq),
        Transfer::Hlg => {
            let scene = numbers.map(hlg);
            let luminance = 0.2627 * scene[0] + 0.6780 * scene[1] + 0.0593 * scene[2];
            scene.map(|light| PEAK * power(luminance, 0.2) * light)
        }
    };
    let relative = shown.map(|light| light / WHITE);
    let brightest = relative[0].max(relative[1]).max(relative[2]);
    if brightest <= KNEE { relative } else { relative.map(|light| light * roll_off(brightest) / brightest) }
}

/// Light up to here stays unchanged. White then becomes 0.85, as in films, for which ffmpeg converts the tones.
const KNEE: f64 = 0.7;

/// A curve that flattens from the knee on, up to 1 at the peak.
fn roll_off(light: f64) -> f64 {
    let above = |light: f64| (light - KNEE) / (1.0 - KNEE);
    let (top, part) = (above(PEAK / WHITE), above(light.min(PEAK / WHITE)));
    KNEE + (1.0 - KNEE) * part * (1.0 + part / (top * top)) / (1.0 + part)
}

fn pq(number: f64) -> f64 {
    let root = power(number, 32.0 / 2523.0);
    10_000.0 * power(((root - 0.835_937_5) / (18.851_562_5 - 18.6875 * root)).max(0.0), 16_384.0 / 2610.0)
}

/// Returns the light of the scene, from 0 to 1.
fn hlg(number: f64) -> f64 {
    const A: f64 = 0.178_832_77;
    const B: f64 = 0.284_668_92;
    const C: f64 = 0.559_910_73;
    if number <= 0.5 { number * number / 3.0 } else { (power(std::f64::consts::E, (number - C) / A) + B) / 12.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_is_that_of_the_standards() {
        assert!((pq(0.0)).abs() < 1e-9 && (pq(1.0) - 10_000.0).abs() < 1e-6);
        assert!((pq(0.580_69) - 203.0).abs() < 0.1, "{}", pq(0.580_69));
        assert!((hlg(1.0) - 1.0).abs() < 1e-6 && (hlg(0.5) - 1.0 / 12.0).abs() < 1e-9);
        let white = light(Transfer::Hlg, [0.75; 3])[0];
        assert!((0.84..0.86).contains(&white), "{white}");
    }

    #[test]
    fn brighter_numbers_never_give_less_light_nor_more_than_white() {
        for transfer in [Transfer::Pq, Transfer::Hlg] {
            let mut last = 0.0;
            for i in 0..=1000 {
                let [r, g, b] = light(transfer, [f64::from(i) / 1000.0; 3]);
                assert!(r == g && g == b && r >= last && r <= 1.0, "{transfer:?} {i}: {r}");
                last = r;
            }
            assert!(last > 0.999);
        }
    }
}
