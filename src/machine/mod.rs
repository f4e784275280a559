//! What the program asks of the machine, and how the machine may refuse.
//!
//! In: paths, numbers of threads. Out: files, folders, threads, limits of memory, and errors. All other modules reach the file system
//! through [`fs`], which is `std::fs` with a seam: tests make any single call fail, and then look at what is left. Must not know what
//! a file or a thread is for.

pub mod caught;
pub mod container;
pub mod fault;
pub mod fs;
pub mod memory;
pub mod mounts;
pub mod threads;
pub mod user;
