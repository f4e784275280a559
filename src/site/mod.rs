//! Resolving: names become photos, defaults are filled in, the order is settled.
//!
//! In: a [`Source`](crate::source::Source), and the ledger, which remembers headers. Out: a [`Site`] that has no
//! `Option` for which a page would have to find a default, and no name that stands for nothing. Reads the headers of
//! pictures and hashes their content; must not decode a pixel, and does not know how large a rendition will be.

mod attachments;
mod backups;
mod conversion;
mod defaults;
mod facts;
mod files;
mod fragment;
mod ids;
mod licence;
mod linked;
mod look;
mod media;
mod menu;
mod metadata;
mod model;
mod names;
mod order;
mod protection;
mod resolve;
mod rights;
pub mod rows;
mod scan;
mod section;
mod sections;
mod sharing;
mod sound;
mod source_file;
mod style;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod texts;
mod toolbox;
mod used;
mod videos;
mod written;

pub use conversion::{Codecs, Conversion, Tool};
pub use facts::Facts;
pub use fragment::Fragment;
pub(crate) use ids::ids;
pub use ids::{AttachmentId, GalleryId, PhotoId, SoundId, VideoId};
pub use linked::one_folder_down;
pub use look::Theme;
pub use model::{
    Body, Cover, Gallery, ImagePolicy, Licence, Media, MenuItem, Picture, PictureOptions, Site, Video, VideoPlace,
};
pub use resolve::{VideoPolicy, resolve};
pub use rights::Rights;
pub use scan::Scanner;
pub use section::{Aside, Overlay, Section, SectionKind, Style};
pub use sharing::Sharing;
pub use sound::SoundKind;
pub use source_file::{Attachment, LinkedPicture, Photo, Sound, VideoFile};
pub use texts::OfFile;
pub use used::{is_picture, named};
pub use written::{Found, Named, Written};
