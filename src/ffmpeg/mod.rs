//! ffmpeg and ffprobe as child processes.
//!
//! In: a program and a list of arguments, never a shell command. Out: its output, its progress and its exit status. Files are recognised
//! here before any program opens them. Children are ended when they make no progress, and when this process is asked to end. Must not
//! know what a video is used for, or where its bytes go.

mod children;
mod container;
mod effort;
mod filters;
mod probe;
mod program;
mod refusal;
mod run;
mod said;
mod source;
mod trouble;
mod watch;

#[cfg(test)]
pub(crate) use container::Container;
pub use filters::{Curve, Filters, HighRange, Preparation, filters};
pub use probe::{Probe, probe};
pub use program::{Encoders, encoders, is_avconv, probe_beside};
pub use run::{Job, capture, convert};
pub use source::{InputFile, named};
pub use trouble::FfmpegError;
