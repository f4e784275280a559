//! The dispatcher: the only place that knows all formats.
//!
//! In: the bytes of any file. Out: the requested result, through the [doors](crate::formats::doors::Doors) of its format. Must not know
//! the structure of formats.

pub(crate) mod about;
pub(crate) mod carriers;
pub(crate) mod decode;
pub(crate) mod excerpt;
mod foreign;
mod formats;
pub(crate) mod header;
pub(crate) mod leaks;
pub(crate) mod memory;
mod sniff;
pub(crate) mod strip;
