//! What the program asks of the machine, and how the machine may refuse.
//!
//! In: paths, limits. Out: a [`Machine`] with threads, memory and progress; files, folders and errors. All other modules reach the file
//! system through [`fs`], which is `std::fs` with a seam: tests make any single call fail, and then look at what is left. Nothing has to
//! be set up elsewhere. Must not know what a file or a thread is for.

mod allocator;
mod budget;
pub mod caught;
pub mod container;
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

/// What a program of ours needs, and a library must not do: signals end it even as the first process of a container, and a panic that
/// nobody catches is one sentence for its user.
pub(crate) fn prepare_program() {
    #[cfg(unix)]
    signals::end_first_process();
    caught::speak();
}
