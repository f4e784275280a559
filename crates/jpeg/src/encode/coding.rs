//! The parameters of an encoder.

/// The parameters of a JPEG file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coding {
    /// Quality, 1 to 100, on the scale of the IJG's library.
    pub quality: u8,
    /// Whether the file is progressive rather than sequential.
    pub progressive: bool,
    /// Time spent on making the file small.
    pub effort: Effort,
}

/// Time spent on making files small. The same quality gives about the same picture with each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Effort {
    /// The fastest: fewer scans.
    Fast,
    /// Every measure that costs little time.
    #[default]
    Balanced,
    /// Several times as slow: each value is chosen by distortion and bits, and several scan scripts are tried.
    Small,
}
