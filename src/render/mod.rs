//! Rendering: media files, and the text of pages.

pub mod media;
pub mod pages;
