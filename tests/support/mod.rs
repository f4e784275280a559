//! What all tests share: a builder for sites, made pictures, and trees of files to compare.

pub mod picture;
pub mod site;
pub mod tree;

pub use picture::{Picture, quadrants};
pub use site::{Run, SiteBuilder};
pub use tree::Tree;
