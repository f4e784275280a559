//! Being ended from outside, where the kernel would not do it.
//!
//! The first process of a container, number 1, ignores every signal that it has no handler for: Ctrl-C would do nothing,
//! and `podman stop` would wait ten seconds and then kill. Any other process is ended by the kernel, with nothing done
//! here. Ending at once is safe: a build may be killed at any moment.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

/// Lets the usual signals end this process if it is the first one, with the exit code by which shells tell of a signal.
pub(crate) fn end_first_process() {
    if std::process::id() == 1 {
        // If it cannot be done, the container still ends, only later.
        let _ = end_on(&[SIGHUP, SIGINT, SIGTERM]);
    }
}

fn end_on(signals: &[i32]) -> io::Result<()> {
    let always = Arc::new(AtomicBool::new(true));
    for &signal in signals {
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&always))?;
    }
    Ok(())
}
