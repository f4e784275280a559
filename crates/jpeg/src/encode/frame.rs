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
