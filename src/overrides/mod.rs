//! The site's own templates: what they print, and which files they ask for.
//!
//! In: a [`Site`](crate::site::Site) with templates. Out: [`Overrides`]: for each page what the author's templates say instead of
//! cimaise's, and every size of a photo that they asked for. It runs before there is a plan, because what templates ask for has to be
//! planned; so it prints marks where something stands that is known only later, and pages put that in.
//! Pure: templates read no file but each other, know no clock, and are stopped if they do not end.

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
mod unused;
mod value;
mod weigh;

pub use alone::check_text;
pub use html::{Html, Piece};
pub use run::{Overrides, WrittenPage, run};
