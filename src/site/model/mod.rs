//! The resolved site: plain values, all of them final.
//!
//! Out: [`Site`] and the types that it contains. Must not know how a value is found.

mod conversion;
mod file;
mod gallery;
mod ids;
mod image_policy;
mod media;
mod picture;
mod section;
mod sharing;
mod site;
mod video;
mod written;

pub use conversion::{Codecs, Conversion, Tool};
pub use file::{Attachment, LinkedPicture, Photo, Sound, VideoFile};
pub(super) use gallery::LIGHT;
pub use gallery::{Body, Gallery};
pub(crate) use ids::ids;
pub use ids::{AttachmentId, GalleryId, PhotoId, SoundId, VideoId};
pub use image_policy::{ImagePolicy, Ladder};
pub use media::{Cover, Media};
pub use picture::{Picture, PictureOptions};
pub use section::{Aside, Overlay, Section, SectionKind, Style};
pub use sharing::Sharing;
pub use site::{Licence, MenuItem, Site};
pub use video::{Video, VideoPlace};
pub use written::{Found, Named, Written};
