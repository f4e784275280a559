//! Conversion of videos and sounds: settings and programs.
//!
//! In: options as written, and the encoders of a program. Out: a [`Conversion`](super::Conversion). Must not convert
//! anything.

pub(super) mod conversion;
mod toolbox;
mod video_policy;

pub(super) use toolbox::{Program, Toolbox, missing};
pub use video_policy::VideoPolicy;
