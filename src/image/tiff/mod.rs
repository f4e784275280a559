//! TIFF: what its first directory tells, and its pixels, with the `tiff` crate's decoders behind them.

mod chunks;
mod decode;
mod layout;

pub(in crate::image) use decode::decode;
pub(in crate::image) use layout::{Layout, profile};
