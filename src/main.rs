//! The program: allocator, arguments, exit code. The library contains everything else.

use std::process::ExitCode;

/// Replacement for musl's allocator, which makes a build with two threads a quarter slower (see `docs/performance.md`). The second
/// condition is for `benches/allocators.py`, which measures the difference.
#[cfg(all(target_env = "musl", not(cimaise_libc_malloc)))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cimaise::run(std::env::args_os()).into()
}
