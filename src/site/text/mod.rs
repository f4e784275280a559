//! Text, markup and CSS by authors.
//!
//! In: texts from settings and photos. Out: the parts that a page may show. Pure; must not know which files exist.

mod fragment;
pub(super) mod links;
pub(super) mod style;
mod texts;

pub use fragment::Fragment;
pub use links::one_folder_down;
pub use texts::OfFile;
pub(super) use texts::{Own, PhotoTexts, is_fit, texts};
