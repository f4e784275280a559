//! Conversions between colour models, in integers, each written once for all callers.

/// Returns red, green and blue from Y', Cb, Cr (JFIF: BT.601, full range).
pub(crate) fn rgb_of_ycbcr(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y) << 16, i32::from(cb) - 128, i32::from(cr) - 128);
    let clamp = |value: i32| ((value + (1 << 15)) >> 16).clamp(0, 255) as u8;
    [clamp(y + 91_881 * cr), clamp(y - 22_554 * cb - 46_802 * cr), clamp(y + 116_130 * cb)]
}

/// Returns cyan, magenta and yellow, 255 for no ink, from their transformed form.
pub(crate) fn inks_of_ycck(y: u8, cb: u8, cr: u8) -> [u8; 3] {
    rgb_of_ycbcr(y, cb, cr).map(|opposite| 255 - opposite)
}

/// Returns Y' from red, green, blue.
pub(crate) fn luma(r: u8, g: u8, b: u8) -> u8 {
    ((19_595 * u32::from(r) + 38_470 * u32::from(g) + 7_471 * u32::from(b) + (1 << 15)) >> 16) as u8
}

/// Returns Cb and Cr of the mean of `1 << shift` pixels, from the sums of their red, green and blue.
pub(crate) fn chroma_of_sums(r: u32, g: u32, b: u32, shift: u32) -> [u8; 2] {
    let (r, g, b) = (r as i32, g as i32, b as i32);
    let half = 1 << (15 + shift);
    let scale = |value: i32| (128 + ((value + half) >> (16 + shift))).clamp(0, 255) as u8;
    [scale(-11_059 * r - 21_709 * g + 32_768 * b), scale(32_768 * r - 27_439 * g - 5_329 * b)]
}

/// Multiplies two numbers on a scale where 255 is 1; rounded.
pub(crate) fn multiply(a: u8, b: u8) -> u8 {
    let product = u32::from(a) * u32::from(b) + 128;
    ((product + (product >> 8)) >> 8) as u8
}

/// Reverses a multiplication with `alpha`, as well as 8 bits allow.
pub(crate) fn divide(color: u8, alpha: u8) -> u8 {
    match u32::from(alpha) {
        0 => 0,
        alpha => ((u32::from(color) * 255 + alpha / 2) / alpha).min(255) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primaries_come_back() {
        for r in (0..=255).step_by(15) {
            for g in (0..=255).step_by(15) {
                for b in (0..=255).step_by(15) {
                    let [cb, cr] = chroma_of_sums(r * 4, g * 4, b * 4, 2);
                    let (r, g, b) = (r as u8, g as u8, b as u8);
                    let back = rgb_of_ycbcr(luma(r, g, b), cb, cr);
                    for (a, b) in back.iter().zip([r, g, b]) {
                        assert!(a.abs_diff(b) <= 2, "{back:?} of {r}, {g}, {b}");
                    }
                }
            }
        }
    }

    #[test]
    fn gray_has_no_chroma() {
        for gray in 0..=255_u8 {
            assert_eq!(luma(gray, gray, gray), gray);
            assert_eq!(chroma_of_sums(u32::from(gray), u32::from(gray), u32::from(gray), 0), [128, 128]);
            assert_eq!(rgb_of_ycbcr(gray, 128, 128), [gray; 3]);
        }
    }

    #[test]
    fn multiplication_is_exact() {
        for a in 0..=255_u8 {
            for b in 0..=255_u8 {
                let exact = (f64::from(a) * f64::from(b) / 255.0).round() as u8;
                assert_eq!(multiply(a, b), exact);
            }
            assert_eq!(divide(multiply(a, 255), 255), a);
        }
    }
}
