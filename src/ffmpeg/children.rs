//! Children that do not outlive this process.
//!
//! The kernel ends whoever gets SIGTERM and leaves its children running. So each child is known here, and from the first one
//! on SIGHUP, SIGINT and SIGTERM end the children before they end this process, as they would have without children.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How long to wait between two looks at a child that must be about to end.
pub(super) const PAUSE: Duration = Duration::from_millis(5);

static CHILDREN: Mutex<Children> = Mutex::new(Children { running: BTreeMap::new(), next: 0, closed: false });

struct Children {
    running: BTreeMap<u64, KnownChildren>,
    next: u64,
    /// This process is about to end.
    closed: bool,
}

struct KnownChildren {
    child: Arc<Mutex<Child>>,
    /// What it writes: of no use if it is ended.
    output: Option<PathBuf>,
}

/// A child that is known here until it is dropped. It is ended then if it has not ended by itself.
pub(super) struct GuardedChild {
    number: u64,
    child: Arc<Mutex<Child>>,
}

/// Starts a child.
pub(super) fn spawn(command: &mut Command, output: Option<&Path>) -> io::Result<GuardedChild> {
    watch();
    // Under the lock: a child is either not started, or known when all are ended.
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
    /// Does something with the child; not for long, because nobody else can end it meanwhile.
    pub(super) fn with<T>(&self, f: impl FnOnce(&mut Child) -> T) -> T {
        f(&mut locked(&self.child))
    }

    /// Its number.
    pub(super) fn id(&self) -> u32 {
        self.with(|child| child.id())
    }

    /// How it ended, if it has.
    pub(super) fn status(&self) -> io::Result<Option<ExitStatus>> {
        let status = self.with(Child::try_wait)?;
        if status.is_some() {
            await_end();
        }
        Ok(status)
    }

    /// Ends it, if it has not ended.
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

/// If this process is about to end, that is waited for: that a child was ended with it is no failure of the child, and must not be told
/// before the signal has its effect. Not for ever, because a signal may have none.
fn await_end() {
    const LOOKS: u32 = 400;
    for _ in 0..LOOKS {
        if !locked(&CHILDREN).closed {
            return;
        }
        thread::sleep(PAUSE);
    }
}

/// Ends a child and its own children, if it has not ended, and waits until it is gone. Not for ever: a process that waits for a
/// disk which does not answer cannot be ended.
fn end(child: &mut Child) {
    const LOOKS: u32 = 400;
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    end_children_of(child.id());
    // Whoever has ended cannot be killed any more, which is what is wanted.
    let _ = child.kill();
    for _ in 0..LOOKS {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        thread::sleep(PAUSE);
    }
}

/// Ends what a wrapper's script has started, which would go on without it.
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

/// Ends all children, and lets no more be started.
#[cfg(unix)]
fn end_all() {
    let mut children = locked(&CHILDREN);
    children.closed = true;
    for KnownChildren { child, output } in children.running.values() {
        end(&mut locked(child));
        if let Some(output) = output {
            // What cannot be removed now is removed by the next run that has the cache alone.
            let _ = crate::machine::fs::remove_file(output);
        }
    }
}

/// What is behind these locks is valid after every single operation.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(not(unix))]
fn watch() {}

/// Sees to it, once, that signals end the children.
#[cfg(unix)]
fn watch() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    // If that is not possible, a signal ends this process only; a terminal sends it to the children as well.
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

    /// Calls `before` when this process gets a signal that ends it, and then lets the signal end it.
    pub(super) fn watch(before: fn()) -> io::Result<()> {
        let (mut woken, waker) = UnixStream::pair()?;
        let which = Arc::new(AtomicUsize::new(0));
        let ignored = ignored(&crate::machine::fs::read_to_string("/proc/self/status").unwrap_or_default());
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            // Who starts a build with `nohup` wants it to go on.
            if ignored & (1 << (signal - 1)) == 0 {
                flag::register_usize(signal, Arc::clone(&which), signal.unsigned_abs() as usize)?;
                low_level::pipe::register(signal, waker.try_clone()?)?;
            }
        }
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            if woken.read_exact(&mut [0]).is_ok() {
                before();
                let signal = which.load(Ordering::SeqCst) as i32;
                // It ends this process; if it cannot, the build goes on and fails, because its children are gone.
                let _ = low_level::emulate_default_handler(signal);
            }
        })?;
        Ok(())
    }

    /// The signals that this process ignores, as Linux tells them: one bit each.
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
