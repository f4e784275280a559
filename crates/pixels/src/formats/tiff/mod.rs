//! TIFF: the content of its first directory, and its pixels.
//!
//! A file stores its picture in *chunks*: strips or tiles, of all channels or of one. `fields` reads the directory, `layout` interprets it,
//! `chunks` finds the chunks, `unpack` decompresses one, `decode` puts all of them together.

mod bounds;
mod carriers;
mod ccitt;
mod channels;
mod chunks;
mod compression;
mod decode;
mod fields;
mod header;
mod jpeg_chunk;
mod layout;
mod model;
mod numbers;
mod predictor;
mod samples;
mod subsampled;
mod tag;
mod unpack;

use super::doors::{Doors, whole};

/// The entry points of this format.
pub(crate) const DOORS: Doors = Doors {
    recognizes: fields::is_tiff,
    header: header::header,
    decode: decode::decode,
    memory: whole,
    strip: None,
    carriers: carriers::blocks,
};
