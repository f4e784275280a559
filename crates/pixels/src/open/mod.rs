//! The dispatcher: the one place that knows which formats there are.
//!
//! In: the bytes of any file. Out: through the [doors](crate::formats::doors::Doors) of its format whatever is asked for. What a format is
//! made of is not known here.

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
