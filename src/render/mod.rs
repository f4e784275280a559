//! Rendering: the bytes of media, and the text of pages.

pub mod media;
pub mod pages;
