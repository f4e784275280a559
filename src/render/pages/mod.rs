//! Writing pages.
//!
//! In: a [`Site`](crate::site::Site), its [`Plan`](crate::plan::Plan) and the placeholders. Out: [`Pages`]: HTML, and the style sheets,
//! scripts and icons that it links to. Pure. Links only to what the plan or the pages themselves hold.
//!
//! A page works under the content security policy `default-src 'self'`: what differs from picture to picture is in a style sheet of
//! the page's own, never in an attribute. What authors wrote as HTML is printed unchanged.

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

#[cfg(test)]
pub use page_file::PageFile;
pub use pages::{Pages, render};
