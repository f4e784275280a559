//! The quantization tables of the standard.

/// Example quantization for luma, in natural order (T.81, table K.1).
#[rustfmt::skip]
const LUMA: [u8; 64] = [
    16, 11, 10, 16,  24,  40,  51,  61,
    12, 12, 14, 19,  26,  58,  60,  55,
    14, 13, 16, 24,  40,  57,  69,  56,
    14, 17, 22, 29,  51,  87,  80,  62,
    18, 22, 37, 56,  68, 109, 103,  77,
    24, 35, 55, 64,  81, 104, 113,  92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103,  99,
];

/// Example quantization for chroma, in natural order (T.81, table K.2).
#[rustfmt::skip]
const CHROMA: [u8; 64] = [
    17, 18, 24, 47, 99, 99, 99, 99,
    18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
];

/// The quantization tables of a quality from 1 to 100, for luma and chroma, in natural order: the example tables scaled
/// as the IJG's software does, so that a quality means what people are used to.
pub(in crate::image) fn quantization(quality: u8) -> [[u8; 64]; 2] {
    let quality = u32::from(quality.clamp(1, 100));
    let percent = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    [LUMA, CHROMA].map(|table| table.map(|step| ((u32::from(step) * percent + 50) / 100).clamp(1, 255) as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quality_75_halves_the_tables_and_100_makes_them_flat() {
        let [luma, chroma] = quantization(75);
        assert_eq!((luma[0], luma[1], luma[63], chroma[0], chroma[63]), (8, 6, 50, 9, 50));
        assert_eq!(quantization(100), [[1; 64]; 2]);
        assert_eq!(quantization(1)[1], [255; 64]);
    }
}
