//! The program: allocator, signals, arguments, exit code. Everything else is in the library.

#[cfg(unix)]
mod signals;

use std::process::ExitCode;

/// musl's own allocator makes a build with two threads take a quarter longer (see `docs/performance.md`). The second condition
/// is for `benches/allocators.py`, which measures just that.
#[cfg(all(target_env = "musl", not(cimaise_libc_malloc)))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    #[cfg(unix)]
    signals::end_first_process();
    cimaise::cli::run(std::env::args_os()).into()
}
