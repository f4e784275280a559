//! Views: the data that templates print, borrowed or formatted. Templates contain no logic. One view per file, the same for every theme.
//!
//! In: the site, the plan and the [`Look`](super::look::Look) of a theme. Out: views. Must not know the templates of themes; only parts
//! that are the same in all themes (menu, links for sharing, metadata) have their own templates.

mod back;
mod body;
mod describe;
mod gallery;
mod index;
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

pub(super) use back::BackView;
pub(super) use body::BodyView;
pub(super) use gallery::Opening;
pub(super) use media::{LinkLabel, MediaView, PlayMode};
pub(super) use menu::MenuView;
pub(super) use page::{About, PageView, window_title};
pub(super) use section::SectionView;
pub(super) use share::ShareView;
pub(super) use tile::CoverView;
