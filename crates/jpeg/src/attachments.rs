//! Metadata that travels with a picture. Nothing in it is interpreted.

/// Blocks of metadata to put into a file, in the form in which they are stored there. What they say is not looked at.
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
