//! Phase 5: files that are published beside the pages.
//!
//! In: references, and the files that could be read. Out: [`PublishedFiles`]: attachments, and pictures that markup
//! links to.

use crate::diagnostic::{Code, Diagnostic, Report};
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
    /// Collects the files; `metadata` is the metadata that linked pictures keep.
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

/// Warns about files that only protected pages link to, and that are not published otherwise.
pub(super) fn warn_of_closed(references: &References<'_>, attached: &Attached<'_>, report: &mut Report) {
    let lost = references.links.closed.iter().filter(|path| !attached.contains_key(**path));
    lost.for_each(|path| report.push(closed(path)));
}

fn closed(path: &SitePath) -> Diagnostic {
    let message = "this file is not published: only protected pages link to it, but everyone could download it";
    let help = "show the file in a section, or name it in `include` to publish it for everyone";
    Diagnostic::new(Code::PrivacyOpenCopy, message).in_file(path.as_str()).help(help)
}
