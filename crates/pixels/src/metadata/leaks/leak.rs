//! Private information in a file.

/// A kind of private information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeakKind {
    /// The place where the picture was taken, or the one that it shows.
    Location,
    /// The serial number of a camera or a lens, by which all pictures of one owner can be found.
    SerialNumber,
    /// The owner of the camera, or a person in the picture.
    Name,
    /// An address or telephone number of the photographer.
    Contact,
    /// A path on a computer, which contains the name of its user.
    Path,
    /// An undocumented block by the camera's maker; most contain serial numbers.
    MakerNote,
}

/// A piece of private information in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// The kind of information.
    pub kind: LeakKind,
    /// The information itself; empty for a maker note.
    pub value: String,
    /// The block that contains the information: `Exif`, `XMP`, `IPTC`, `film`.
    pub carrier: &'static str,
}
