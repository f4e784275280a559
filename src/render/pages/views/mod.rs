//! What templates print: borrowed or formatted values, without logic. One view a file, each with its template.

mod back;
mod gallery;
mod index;
mod light;
mod linked_data;
mod media;
mod menu;
mod meta;
mod neighbour;
mod overlay;
mod page;
mod picture;
mod section;
mod share;
mod tile;
mod written;

pub(super) use gallery::{StaticView, StoryView};
pub(super) use index::IndexView;
pub(super) use light::LightView;
pub(super) use page::{About, PageView, is_right_to_left};
pub(super) use written::fill;
