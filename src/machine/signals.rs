//! Signals to the first process of a container.
//!
//! The kernel does not end process number 1 on signals without a handler: Ctrl-C would do nothing, and `podman stop` would wait ten
//! seconds and then kill the process. Any other process ends by default. Ending at once is safe: a build may be killed at any moment.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

/// Makes the usual signals end this process if it is number 1, with the exit code that shells use for a signal.
pub(super) fn end_first_process() {
    if std::process::id() == 1 {
        // Without handlers the container still ends, but later.
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
