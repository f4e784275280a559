//! The machine: threads, memory, progress, file system.
//!
//! In: paths, limits. Out: a [`Machine`] with threads, memory and progress; files, folders and errors. All other modules reach the file
//! system through [`fs`], which is `std::fs` with a seam: tests make any single call fail, and then check the result. No other setup
//! is needed. Must not know what a file or a thread is for.

mod allocator;
mod budget;
pub mod caught;
pub mod container;
pub mod descriptors;
pub mod fault;
pub mod fs;
pub mod gate;
pub mod jobs;
pub mod memory;
pub mod mounts;
pub mod progress;
mod share;
#[cfg(unix)]
mod signals;
pub mod threads;
pub mod user;

pub use share::{Limits, Machine, Share};

/// Sets up what a program needs and a library must not touch: signals end it even as the first process of a container, and an uncaught
/// panic prints one sentence for the user.
pub(crate) fn prepare_program() {
    #[cfg(unix)]
    signals::end_first_process();
    caught::speak();
}
