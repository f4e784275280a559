//! What the reader of a kind of RAW file has found.

use jpeg::Orientation;

/// What the reader of a kind of RAW file has found.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    /// Where JPEGs are said to be; nothing about them is certain.
    pub(super) jpegs: Vec<&'a [u8]>,
    /// How the RAW file says that its picture has to be turned.
    pub(super) orientation: Orientation,
}
