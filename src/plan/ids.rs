//! Identifiers: indices into the lists of [`Plan`](super::Plan).

use crate::site::ids;

ids! {
    /// Index of a rendition in [`Plan::renditions`](super::Plan::renditions).
    RenditionId;
    /// Index of a copied file in [`Plan::copies`](super::Plan::copies).
    CopyId;
    /// Index of a transcode in [`Plan::transcodes`](super::Plan::transcodes).
    TranscodeId;
    /// Index of a still in [`Plan::stills`](super::Plan::stills).
    StillId;
    /// Index of a password in [`Audiences::passwords`](super::Audiences::passwords).
    LockId;
}
