//! Results of a reader for a kind of RAW file.

use jpeg::Orientation;

/// Results of a reader for a kind of RAW file.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    /// Candidates for JPEGs, by the file's own references; none of them is checked.
    pub(super) jpegs: Vec<&'a [u8]>,
    /// Orientation of the picture, as the RAW file declares it.
    pub(super) orientation: Orientation,
}
