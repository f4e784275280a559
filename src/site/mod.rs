//! Resolving: names become photos, defaults are filled in, the order is settled.
//!
//! In: a [`Source`](crate::source::Source), and the ledger, which remembers headers. Out: a [`Site`] in which no
//! `Option` stands for a default, and no name lacks a file. Reads the headers of pictures and hashes their content;
//! must not decode a pixel, and must not know the sizes of renditions.

mod lookup;
mod model;
mod policy;
mod read;
mod resolve;
pub mod rows;
mod story;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
mod unshown;
mod videos;

pub(crate) use model::ids;
pub use model::{
    Aside, Attachment, AttachmentId, Body, Codecs, Conversion, Cover, Found, Gallery, GalleryId, ImagePolicy, Ladder,
    Media, Named, Overlay, Photo, PhotoId, Picture, PictureOptions, Section, SectionKind, Site, Sound, SoundId, Style,
    Tool, Video, VideoFile, VideoId, VideoPlace, Written,
};
#[cfg(test)]
pub(crate) use model::{Licence, LinkedPicture, MenuItem, Sharing};
pub use policy::rights::Rights;
pub use read::{Depth, Facts, PartlyRead, Scanner, WholeReader, WhollyRead};
pub use resolve::{LeftOut, Resolving, mentioned_files, resolve, resolve_as};
pub use story::{
    Candidate, Candidates, Choice, Clock, Story, Twin, WrittenEntries, group_lines, own_media, own_twins, rows_of,
    without_copies, written_rows,
};
#[cfg(test)]
pub(crate) use text::OfFile;
pub use text::{Fragment, one_folder_down};
pub use unshown::{Unshown, unshown};
pub use videos::VideoPolicy;
