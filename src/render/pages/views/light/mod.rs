//! The theme `light`: small pages without scripts, of a style sheet of their own and pictures no wider than a text column.
//!
//! It is the theme of whole pages, and of the copies that stand in the folder `light/` of a gallery.

mod image;
mod page;
mod section;
mod tile;

pub(in crate::render::pages) use page::LightView;
