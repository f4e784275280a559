//! Words, markup and CSS of authors.
//!
//! In: texts of settings and photos. Out: what a page may show of them. Pure; must not know which files there are.

mod fragment;
pub(super) mod links;
pub(super) mod style;
mod texts;

pub use fragment::Fragment;
pub use links::one_folder_down;
pub use texts::OfFile;
pub(super) use texts::{Own, PhotoTexts, is_fit, texts};
