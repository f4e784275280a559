//! The templates of each theme.
//!
//! In: views, which are the same in every theme. Out: HTML. A theme is a file here, which says how it shows pictures and names its
//! templates, and its name in [`Theme`](crate::source::Theme). It must not compute anything that a view could hold.

mod exposure;
mod light;
mod registry;
mod templates;

pub(super) use exposure::part;
pub(super) use registry::templates;
