//! cimaise turns folders of photographs and a little YAML into a static website that tells their story.
//!
//! The library offers the functions of the program without a terminal: [`build()`], [`check()`], [`privacy()`], [`verify()`] and [`deploy()`] each
//! take [`Options`] and a [`Machine`], and add diagnostics to a [`Report`].
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
//! A build is a sequence of stages. Each stage takes the value of the previous one and returns a new value. No value changes afterwards,
//! and no stage calls an earlier one:
//!
//! 1. `source::read`: reads settings files into typed values that remember their positions.
//! 2. `site::resolve`: finds the named files, fills in defaults, reads headers, and sorts.
//! 3. `overrides::run`: runs the site's own templates, because the files that they request have to be planned. Pure.
//!    `plan::plan_with`: gives every file of the output its name and size. Pure.
//! 4. `render::media`: renders every file that the store does not contain.
//! 5. `render::pages`: writes pages as text. Pure.
//! 6. `publish`: updates the output folder; at every instant, each page links only to existing files.
//!
//! Within a stage, all problems are collected in the report. After a stage with an error, the build stops. `docs/architecture.md` describes
//! what each stage reads, remembers and refuses.
//!
//! # Stability
//!
//! The items below are the public interface. It may change with the minor version while the major version is 0. [`testing`] is for the
//! project's own tests and fuzz targets, and may change at any time.

#![expect(
    unreachable_pub,
    reason = "modules are private; `pub` means for other modules, and `lib.rs` chooses what leaves the crate"
)]

mod cache;
mod cli;
mod commands;
mod compose;
mod dates;
mod deploy;
mod diagnostic;
mod ffmpeg;
mod live;
mod lock;
mod machine;
mod media_type;
mod overrides;
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
pub use diagnostic::{Code, Diagnostic, Failure, Format, Place, Report, Severity, Stop, print};
pub use machine::progress::{Progress, Silent};
pub use machine::{Limits, Machine};
pub use privacy::{LeakyFile, PrivacyListing, Scan, ShownText};
pub use publish::Published;
pub use site::Unshown;
pub use tasks::{Built, Checked, Explanation, Options, build, check, deploy, privacy, verify};
pub use verify::{Checks, Finding, Verified};
