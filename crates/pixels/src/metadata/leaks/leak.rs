//! Something that a file tells.

/// A kind of secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Secret {
    /// Where the picture was taken, or what place it shows.
    Location,
    /// The number of a camera or a lens, by which all pictures of one owner can be found.
    SerialNumber,
    /// The owner of the camera, or a person in the picture.
    Name,
    /// How to reach the photographer.
    Contact,
    /// A folder on a computer, which tells its user's name.
    Path,
    /// What the camera's maker writes and nobody else can read; most of them write serial numbers.
    MakerNote,
}

/// Something that a file tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// What kind of thing it is.
    pub secret: Secret,
    /// What is told; empty for a maker note.
    pub value: String,
    /// Where it stands: `Exif`, `XMP`, `IPTC`, `film`.
    pub carrier: &'static str,
}
