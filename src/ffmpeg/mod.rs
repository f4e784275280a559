//! ffmpeg and ffprobe as child processes.
//!
//! In: a program and a list of arguments, never a line for a shell. Out: what it printed, how far it is, and how it ended.
//! Children are ended when this process is asked to end. Must not know what a video is used for, or where its bytes go.

mod children;
mod probe;
mod program;
mod run;

pub use probe::{Probe, probe};
pub use program::{Encoders, encoders, is_avconv, probe_beside};
pub use run::{Trouble, capture, convert};
