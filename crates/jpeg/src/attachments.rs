//! Metadata that travels with a picture. None of it is interpreted.

/// Blocks of metadata to be written into a file, in the form in which files store them. Their content is not checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attachments<'a> {
    /// An ICC profile of at most 255 × 65,519 bytes.
    pub profile: Option<&'a [u8]>,
    /// Exif, without the prefix `Exif\0\0`.
    pub exif: Option<&'a [u8]>,
    /// A packet of XMP.
    pub xmp: Option<&'a [u8]>,
    /// Photoshop's image resources, which carry IPTC.
    pub resources: Option<&'a [u8]>,
}
