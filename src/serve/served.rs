//! What a server shows: the one door through which a site is reached.

use std::path::PathBuf;

pub use axum::body::Bytes;

use super::{Subscription, UrlPath};

/// A site, or anything else, that a [`Server`](super::Server) shows.
///
/// All methods may block, for example to render a photo: each call has a thread of its own.
pub trait Served: Send + Sync + 'static {
    /// Whether looking up this path may take seconds, for example to render a video. A few such calls run at once, so that others always
    /// find a thread. Must not block.
    fn may_take_long(&self, path: &UrlPath) -> bool {
        let _ = path;
        false
    }

    /// Looks up the path of a GET or HEAD request.
    fn resource(&self, path: &UrlPath) -> Resource;

    /// Looks up `/.cimaise/NAME`, a path that no site can have. `query`: the text behind `?`, still encoded.
    fn own_resource(&self, name: &str, query: &str) -> Resource {
        let _ = (name, query);
        Resource::Nothing
    }

    /// Subscribes a browser that asked for `/.cimaise/events` to changes; `None` if what is shown does not change. `query`: the text
    /// behind `?`, still encoded.
    fn events(&self, query: &str) -> Option<Subscription> {
        let _ = query;
        None
    }
}

/// The target of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resource {
    /// A regular file. Its validators are made from length and modification time.
    File {
        /// Path of the file.
        path: PathBuf,
        /// Media type without a character set. All texts are UTF-8.
        media_type: &'static str,
    },
    /// Content in memory. Its validator is a digest.
    Bytes {
        /// The content.
        bytes: Bytes,
        /// Media type without a character set. All texts are UTF-8.
        media_type: &'static str,
    },
    /// A folder whose URL lacks the trailing slash: browsers are sent to the URL with the slash.
    Folder,
    /// Nothing, or nothing that may be served.
    Nothing,
    /// Something that could not be made, with a sentence for the reader.
    Failed(String),
}
