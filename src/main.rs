//! The program: allocator, arguments, exit code. Everything else is in the library.

use std::process::ExitCode;

/// musl's own allocator makes a build with two threads take a quarter longer (see `docs/performance.md`). The second condition
/// is for `benches/allocators.py`, which measures just that.
#[cfg(all(target_env = "musl", not(cimaise_libc_malloc)))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cimaise::run(std::env::args_os()).into()
}
