//! Identifiers: indexes into the lists of [`Site`](super::Site), one type per list so that they cannot be confused.

/// Declares identifiers that are indexes into lists.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Returns the identifier of the item at `index`.
            ///
            /// # Panics
            /// If the list has 2^32 items or more.
            #[must_use]
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than 2^32 files"))
            }

            /// Returns the index of the item in its list.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

pub(crate) use ids;

ids! {
    /// Index of a gallery in [`Site::galleries`](super::Site::galleries).
    GalleryId;
    /// Index of a photo in [`Site::photos`](super::Site::photos).
    PhotoId;
    /// Index of a video in [`Site::videos`](super::Site::videos).
    VideoId;
    /// Index of a sound in [`Site::sounds`](super::Site::sounds).
    SoundId;
    /// Index of a file that is published unchanged in [`Site::attachments`](super::Site::attachments).
    AttachmentId;
}
