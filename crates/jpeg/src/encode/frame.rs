//! The header of a frame to be written.

/// Parameters of a picture apart from its coefficients.
#[derive(Debug)]
pub(crate) struct WrittenFrame {
    /// Width and height in pixels.
    pub(crate) size: [u16; 2],
    /// Blocks of each component in a minimum coded unit, across and down.
    pub(crate) factors: Vec<[u8; 2]>,
    /// The quantization of each component, in natural order.
    pub(crate) steps: Vec<[u8; 64]>,
}

/// The resolution of chroma in a written picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WrittenChroma {
    /// The picture is gray.
    None,
    /// Half of luma's samples on one side or both.
    Half,
    /// As many samples as luma.
    Full,
}
