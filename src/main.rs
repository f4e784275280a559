//! The program: allocator, arguments, exit code. Everything else is in the library.

use std::process::ExitCode;

/// musl's own allocator makes a build with two threads take a quarter longer (see `docs/performance.md`).
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cimaise::cli::run(std::env::args_os()).into()
}
