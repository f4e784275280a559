//! Renders pages.
//!
//! In: a [`Site`](crate::site::Site), its [`Plan`](crate::plan::Plan) and the placeholders. Out: [`Pages`]: HTML, with the style sheets,
//! scripts and icons it needs. Pure. Links only to files in the plan or in [`Pages`].
//!
//! A page works under the content security policy `default-src 'self'`: styles of single pictures are in a style sheet for the page, never
//! in attributes. Authors' HTML is printed unchanged.

mod assets;
mod context;
mod date;
mod feeds;
mod ink;
mod language;
mod locked;
mod look;
mod page_file;
#[expect(clippy::module_inception, reason = "what the stage makes")]
mod pages;
mod preview;
mod ratio;
mod sheet;
mod themes;
mod views;
mod written;

#[cfg(test)]
mod asset_tests;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use page_file::PageFile;
pub use pages::{PageRenderer, Pages, RenderedPage, render, shared_files};
