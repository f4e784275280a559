//! A mistake in a codec costs one photo, not the build.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside [`caught`].
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Calls `work` on another thread's behalf: if it panics, nothing is printed, and the panic goes on.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    let outer = GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.unwrap_or_else(|payload| panic::resume_unwind(payload))
}

/// Calls `work`; if it panics, returns what the panic said, in one line, and nothing is printed.
///
/// `work` must not leave anything half done that outlives it.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                hook(info);
            }
        }));
    });
    panic::catch_unwind(AssertUnwindSafe(|| quietly(work))).map_err(|payload| message(&*payload))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("panic without a message").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message_in_one_line() {
        assert_eq!(caught(|| 7), Ok(7));
        assert_eq!(caught(|| panic!("first\n  second")), Err::<(), _>("first second".to_owned()));
        assert_eq!(caught(|| panic!("number {}", 3)), Err::<(), _>("number 3".to_owned()));
        assert_eq!(caught(|| panic::panic_any(3)), Err::<(), _>("panic without a message".to_owned()));
    }
}
