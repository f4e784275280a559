//! Bringing the bytes of every rendition into the store.
//!
//! In: a [`Plan`](crate::plan::Plan) and the store. Out: [`Rendered`], after which every key of the plan is in the store. How much is
//! decoded at once follows from the plan's known sizes and a memory budget. The work is done by the threads of the caller's pool
//! (`machine::threads`); threads without a photo of their own help with the renditions of others. A photo that cannot be rendered is one
//! error; what could be rendered is kept. Must not know what a page looks like.

mod arguments;
mod damage;
mod difference;
mod explain;
mod photos;
mod render;
mod rendered;
mod stills;
mod transcodes;
mod work;

pub use explain::{Explanations, explain};
pub use render::render;
pub use rendered::{Placeholders, Rendered};
