//! Renders every file of the plan into the store.
//!
//! In: a [`Plan`](crate::plan::Plan) and the store. Out: [`Rendered`]; afterwards, the store contains every key of the plan. The sizes in
//! the plan and a memory budget decide how many photos are decoded in parallel. The threads of the caller's pool (`machine::threads`) do
//! the work; threads without a photo help with the renditions of others. A photo that cannot be rendered is one error; the other renditions
//! are kept. Must not know the layout of pages.

mod arguments;
mod damage;
mod deep;
mod difference;
mod explain;
mod photos;
mod render;
mod rendered;
mod single;
mod stills;
mod transcodes;
mod work;

pub use damage::report_damage;
pub use explain::{Explanation, Explanations, explain};
pub use render::render;
pub use rendered::{Placeholders, Rendered};
pub use single::{Maker, Trouble, damage, placeholders};
