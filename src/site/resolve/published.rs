//! Phase 5: files that are published beside the pages.
//!
//! In: what was gathered, and what could be read of it. Out: [`Published`]: attachments, and pictures that markup links to.

use crate::diagnostic::{Diagnostic, Report};
use crate::site::model::{Attachment, AttachmentId, LinkedPicture, Photo, PhotoId};
use crate::site::read::{Attached, FileList};
use crate::site::resolve::attached::CUSTOM;
use crate::site::resolve::references::References;
use crate::source::SitePath;
use pixels::Metadata;

/// Files that are published at a path of their own.
pub(super) struct PublishedFiles {
    pub(super) linked: Vec<LinkedPicture>,
    pub(super) attachments: Vec<Attachment>,
    /// The site's own style sheet and script.
    pub(super) custom: [Option<AttachmentId>; 2],
}

impl PublishedFiles {
    /// `metadata`: what stays in linked pictures.
    pub(super) fn of(
        references: &References<'_>,
        photos: &FileList<Photo>,
        attachments: Vec<Attachment>,
        metadata: Metadata,
    ) -> Self {
        let pictures = references.links.pictures.iter();
        let places = pictures.filter_map(|path| photos.place(references.photos.number(path)?));
        let linked = places.map(|place| LinkedPicture { photo: PhotoId::at(place), metadata }).collect();
        let custom = CUSTOM.map(|(_, place)| {
            attachments.iter().position(|attachment| attachment.to.as_str() == place).map(AttachmentId::at)
        });
        Self { linked, attachments, custom }
    }
}

/// Warns of files that only protected pages link to, and that nothing else publishes.
pub(super) fn warn_of_closed(references: &References<'_>, attached: &Attached<'_>, report: &mut Report) {
    let lost = references.links.closed.iter().filter(|path| !attached.contains_key(**path));
    lost.for_each(|path| report.push(closed(path)));
}

fn closed(path: &SitePath) -> Diagnostic {
    let message = "only protected pages link to this file; it is not published, since all could fetch it";
    let help = "show it in a section, or name it with `include` to publish it for all";
    Diagnostic::warning(message).in_file(path.as_str()).help(help)
}
