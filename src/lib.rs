//! cimaise turns folders of photographs and a little YAML into a static website that tells their story.
//!
//! The library does what the program does, without a terminal: [`build`], [`check`], [`privacy`], [`verify`] and [`deploy`] each take
//! [`Options`] and a [`Machine`], and put diagnostics into a [`Report`].
//!
//! ```no_run
//! use cimaise::{Format, Machine, Options, Report, build};
//!
//! let mut report = Report::default();
//! let built = build(&Options::new("photos"), &Machine::silent(), &mut report);
//! if let Ok(built) = &built {
//!     println!("{} photos, {} files", built.photos, built.published.files);
//! }
//! cimaise::print(&report, Format::Short, &mut std::io::stderr())?;
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! A build is one line of stages. Each stage takes the value of the one before it and hands on a new one; no value changes afterwards,
//! and nothing later asks anything earlier:
//!
//! 1. `source::read`: settings files become typed values that remember where they were written.
//! 2. `site::resolve`: names become photos, defaults are filled in, headers are read, the order is settled.
//! 3. `overrides::run`: templates of the site's own are run; what they ask for has to be planned. Pure.
//!    `plan::plan_with`: every file of the output is named and sized. Pure.
//! 4. `render::media`: the bytes of every rendition are brought into the store.
//! 5. `render::pages`: pages are written as text. Pure.
//! 6. `publish`: the output folder is brought up to date, so that at every instant each page links only to files that exist.
//!
//! Within a stage all problems are collected in the report; between stages the line stops if there was an error.
//! `docs/architecture.md` describes what each stage reads, remembers and refuses.
//!
//! # Stability
//!
//! The items below are the library: they change with the minor version while that is 0. [`testing`] is for the project's own tests and
//! fuzz targets, and changes at any time.

#![allow(unreachable_pub)]

mod cache;
mod cli;
mod commands;
mod compose;
mod dates;
mod deploy;
mod diagnostic;
mod ffmpeg;
mod lock;
mod machine;
mod media_type;
mod overrides;
#[allow(dead_code, unused_imports)]
mod plan;
mod privacy;
mod publish;
mod render;
mod serve;
mod site;
mod source;
mod tasks;
pub mod testing;
mod verify;

pub use cli::run;
pub use commands::Exit;
pub use deploy::Sent;
pub use diagnostic::{Diagnostic, Failure, Format, Place, Report, Severity, Stop, print};
pub use machine::progress::{Progress, Silent};
pub use machine::{Limits, Machine};
pub use privacy::{LeakyFile, PrivacyListing, Scan, ShownText};
pub use publish::Published;
pub use tasks::{Built, Checked, Options, build, check, deploy, privacy, verify};
pub use verify::{Checks, Finding, Verified};
