//! The parameters of an encoder.

/// The parameters of a JPEG file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coding {
    /// Quality, 1 to 100, in the scale of the IJG's library.
    pub quality: u8,
    /// Whether the file is progressive rather than sequential.
    pub progressive: bool,
    /// How much time goes into a small file.
    pub effort: Effort,
}

/// How much time goes into small files. A quality gives about the same picture under each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Effort {
    /// Fewer scans.
    Fast,
    /// All that costs little.
    #[default]
    Balanced,
    /// Several times as long: each value is chosen by distortion and bits, and scans are tried out.
    Small,
}
