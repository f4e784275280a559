//! Child processes that do not outlive this process.
//!
//! SIGTERM ends this process but not its children. So each child is registered here; once there is one, SIGHUP, SIGINT and SIGTERM end
//! the children before they end this process with their usual effect.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Time between two checks of a child that is about to end.
pub(super) const PAUSE: Duration = Duration::from_millis(5);

static CHILDREN: Mutex<Children> = Mutex::new(Children { running: BTreeMap::new(), next: 0, closed: false });

struct Children {
    running: BTreeMap<u64, KnownChildren>,
    next: u64,
    /// Whether this process is about to end.
    closed: bool,
}

struct KnownChildren {
    child: Arc<Mutex<Child>>,
    /// File that the child writes: useless if the child is ended.
    output: Option<PathBuf>,
}

/// A registered child. Dropping it ends the child if it is still running.
pub(super) struct GuardedChild {
    number: u64,
    child: Arc<Mutex<Child>>,
}

/// Starts and registers a child; `output` is the file that it writes.
pub(super) fn spawn(command: &mut Command, output: Option<&Path>) -> io::Result<GuardedChild> {
    watch();
    // Spawn under the lock: `end_all` sees every child that has been started.
    let mut children = locked(&CHILDREN);
    if children.closed {
        drop(children);
        await_end();
        return Err(io::ErrorKind::Interrupted.into());
    }
    let child = Arc::new(Mutex::new(command.spawn()?));
    let number = children.next;
    children.next += 1;
    children.running.insert(number, KnownChildren { child: Arc::clone(&child), output: output.map(Path::to_owned) });
    Ok(GuardedChild { number, child })
}

impl GuardedChild {
    /// Calls `f` with the child. Keep it short: nobody else can end the child in the meantime.
    pub(super) fn with<T>(&self, f: impl FnOnce(&mut Child) -> T) -> T {
        f(&mut locked(&self.child))
    }

    /// Process number.
    pub(super) fn id(&self) -> u32 {
        self.with(|child| child.id())
    }

    /// Exit status of the child; `None` while it is running.
    pub(super) fn status(&self) -> io::Result<Option<ExitStatus>> {
        let status = self.with(Child::try_wait)?;
        if status.is_some() {
            await_end();
        }
        Ok(status)
    }

    /// Ends the child if it is still running.
    pub(super) fn end(&self) {
        self.with(end);
    }
}

impl Drop for GuardedChild {
    fn drop(&mut self) {
        self.end();
        locked(&CHILDREN).running.remove(&self.number);
    }
}

/// Waits for the end of this process if it is about to end: a child that was ended with the process has not failed, and must not be
/// reported before the signal takes effect. The wait is limited, because the signal may have no effect.
fn await_end() {
    const LOOKS: u32 = 400;
    for _ in 0..LOOKS {
        if !locked(&CHILDREN).closed {
            return;
        }
        thread::sleep(PAUSE);
    }
}

/// Ends a running child and its own children, and waits until the child is gone. The wait is limited: a process blocked on a disk
/// that does not respond cannot be ended.
fn end(child: &mut Child) {
    const LOOKS: u32 = 400;
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    end_children_of(child.id());
    // Killing fails if the child has just ended by itself, which is just as good.
    let _ = child.kill();
    for _ in 0..LOOKS {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        thread::sleep(PAUSE);
    }
}

/// Ends the programs that a wrapper script started; they would continue without it.
#[cfg(target_os = "linux")]
fn end_children_of(process: u32) {
    use rustix::process::{Pid, Signal, kill_process};

    for child in super::effort::family(process).into_iter().skip(1) {
        if let Some(child) = i32::try_from(child).ok().and_then(Pid::from_raw) {
            let _ = kill_process(child, Signal::KILL);
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn end_children_of(_: u32) {}

/// Ends all children, and prevents new ones.
#[cfg(unix)]
fn end_all() {
    let mut children = locked(&CHILDREN);
    children.closed = true;
    for KnownChildren { child, output } in children.running.values() {
        end(&mut locked(child));
        if let Some(output) = output {
            // A file that cannot be removed now is removed by the next run that has exclusive access to the cache.
            let _ = crate::machine::fs::remove_file(output);
        }
    }
}

/// Locks a mutex whose content is valid after every single operation.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(not(unix))]
fn watch() {}

/// Installs, once, the handlers that end the children on signals.
#[cfg(unix)]
fn watch() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    // If that fails, a signal ends this process only; a terminal sends it to the children as well.
    ONCE.call_once(|| drop(signals::watch(end_all)));
}

#[cfg(unix)]
mod signals {
    use std::io::{self, Read};
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::{flag, low_level};

    /// Calls `before` when this process receives a terminating signal, and then lets the signal end the process.
    pub(super) fn watch(before: fn()) -> io::Result<()> {
        let (mut woken, waker) = UnixStream::pair()?;
        let which = Arc::new(AtomicUsize::new(0));
        let ignored = ignored(&crate::machine::fs::read_to_string("/proc/self/status").unwrap_or_default());
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            // A build started with `nohup` must ignore SIGHUP.
            if ignored & (1 << (signal - 1)) == 0 {
                flag::register_usize(signal, Arc::clone(&which), signal.unsigned_abs() as usize)?;
                low_level::pipe::register(signal, waker.try_clone()?)?;
            }
        }
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            if woken.read_exact(&mut [0]).is_ok() {
                before();
                let signal = which.load(Ordering::SeqCst) as i32;
                // This ends the process; if it fails, the build continues and fails, because its children are gone.
                let _ = low_level::emulate_default_handler(signal);
            }
        })?;
        Ok(())
    }

    /// Parses the signals that this process ignores from `/proc/self/status`: one bit each.
    pub(super) fn ignored(status: &str) -> u64 {
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
    }

    #[cfg(test)]
    mod tests {
        use super::ignored;

        #[test]
        fn ignored_signals_are_read_from_the_status() {
            assert_eq!(ignored("Name:\tcimaise\nSigIgn:\t0000000000000001\n"), 1);
            assert_eq!(ignored(""), 0);
        }
    }
}
