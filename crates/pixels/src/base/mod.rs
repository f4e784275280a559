//! The vocabulary of this crate. It does not import any other module of the crate.

pub(crate) mod box_cursor;
pub(crate) mod color;
pub(crate) mod color_space;
pub(crate) mod decoded;
pub(crate) mod error;
pub(crate) mod foreign;
pub(crate) mod format;
pub(crate) mod header;
pub(crate) mod isobmff;
pub mod limits;
pub(crate) mod memory;
pub(crate) mod picture;
pub(crate) mod png_content;
pub(crate) mod recipe;
