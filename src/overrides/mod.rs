//! The site's own templates: runs them, and collects their output and the files that they request.
//!
//! In: a [`Site`](crate::site::Site) with templates. Out: [`Overrides`]: for each page the output of the author's templates, which replaces
//! cimaise's own, and the requested sizes of photos and videos. Templates run before planning, because their requests have to be planned.
//! They print marks for content that is not known yet; `render::pages` fills them in. Pure: templates read no files except each other, know
//! no clock, and are stopped when they exceed a limit.

mod alone;
mod builtin;
mod context;
mod day;
mod engine;
mod error;
mod guard;
mod html;
mod media;
mod names;
mod refuse;
mod run;
mod unclosed;
mod unused;
mod value;
mod weigh;

pub use alone::check_text;
pub use html::{Html, Piece};
pub use run::{Overrides, WrittenPage, run};
