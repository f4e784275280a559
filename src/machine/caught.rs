//! Panics: panics of decoders cost one file and are silent; all others are bugs of the program.
//!
//! In: work that may panic. Out: its result, or a [`Panic`] with message and position, and nothing printed. A panic that is not caught
//! prints one sentence that asks for a report. Must not know what the work is.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    /// Whether this thread is inside [`caught`] or [`quietly`].
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    /// Position of the last panic inside them.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Whether the process is the command-line program, so that messages are for its user.
static SPEAKS: AtomicBool = AtomicBool::new(false);

/// Whether the user asked for details.
static VERBOSE: AtomicBool = AtomicBool::new(false);

/// Message of a panic in one line, and its position in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panic {
    message: String,
    place: Option<String>,
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{} ({place})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Panic {}

/// Calls `work` on behalf of another thread: a panic prints nothing, and continues to the place where it is [`caught`].
pub fn quietly<T>(work: impl FnOnce() -> T) -> T {
    watch();
    let outer = GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.unwrap_or_else(|payload| panic::resume_unwind(Box::new(read(payload))))
}

/// Calls `work`; if it panics, returns the message, and nothing is printed.
///
/// `work` must not leave anything half done that outlives it.
///
/// # Errors
/// The panic of `work`.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    panic::catch_unwind(AssertUnwindSafe(|| quietly(work))).map_err(read)
}

/// Makes every uncaught panic print one sentence for the user of the program. Position and backtrace are printed as well if
/// `RUST_BACKTRACE` is set, or after [`speak_in_detail`].
pub fn speak() {
    watch();
    SPEAKS.store(true, Ordering::Relaxed);
}

/// Makes panics print details, because the user asked for them.
pub fn speak_in_detail() {
    VERBOSE.store(true, Ordering::Relaxed);
}

/// Installs the panic hook, once.
fn watch() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if GUARDED.get() {
                PLACE.set(info.location().map(ToString::to_string));
            } else if SPEAKS.load(Ordering::Relaxed) {
                ask_for_a_report(info, &others);
            } else {
                others(info);
            }
        }));
    });
}

fn ask_for_a_report(info: &PanicHookInfo<'_>, others: &dyn Fn(&PanicHookInfo<'_>)) {
    use std::io::Write as _;
    let backtrace = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0");
    if backtrace || VERBOSE.load(Ordering::Relaxed) {
        others(info);
    }
    // A closed terminal is no reason for a second panic.
    let _ = std::io::stderr().write_all(format!("{}\n", sentence()).as_bytes());
}

fn sentence() -> String {
    format!(
        "error: cimaise {} found a mistake in itself and stops; please report this at {}/issues, with the command and what \
         `--verbose` prints",
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_REPOSITORY")
    )
}

fn read(payload: Box<dyn Any + Send>) -> Panic {
    let payload = match payload.downcast::<Panic>() {
        // The panic went through `quietly`.
        Ok(panic) => return *panic,
        Err(payload) => payload,
    };
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let words: Vec<&str> = text.unwrap_or("panic without a message").split_whitespace().collect();
    Panic { message: words.join(" "), place: PLACE.take() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message<T>(work: impl FnOnce() -> T) -> String {
        caught(work).err().expect("a panic").message
    }

    #[test]
    fn a_panic_becomes_its_message_in_one_line() {
        assert_eq!(caught(|| 7), Ok(7));
        assert_eq!(message(|| panic!("first\n  second")), "first second");
        assert_eq!(message(|| panic!("number {}", 3)), "number 3");
        assert_eq!(message(|| panic::panic_any(3)), "panic without a message");
    }

    #[test]
    fn a_panic_says_where_it_was_also_when_it_was_on_another_thread() {
        let here = caught(|| panic!("x")).expect_err("a panic").to_string();
        assert!(here.starts_with("x (src/machine/caught.rs:"), "{here}");
        let there = caught(|| {
            std::thread::scope(|scope| match scope.spawn(|| quietly(|| panic!("y"))).join() {
                Ok(()) => {}
                Err(payload) => panic::resume_unwind(payload),
            });
        });
        let there = there.expect_err("a panic").to_string();
        assert!(there.starts_with("y (src/machine/caught.rs:"), "{there}");
    }

    #[test]
    fn what_nobody_catches_asks_for_a_report_with_the_version() {
        let sentence = sentence();
        assert!(sentence.contains(env!("CARGO_PKG_VERSION")) && sentence.contains("/issues"), "{sentence}");
        assert!(!sentence.contains('\n'));
    }
}
