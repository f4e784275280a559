//! Limit on the freed memory that the allocator retains.
//!
//! An allocator retains freed memory for the thread that freed it, which saves page faults. Several threads that have each worked on a
//! large photo once retain more than all photos in work take together.

/// From 192 MiB per thread on, the allocator is left alone: threads retain less than that.
const ROOMY: u64 = 192 << 20;

/// Makes the allocator return freed memory to the system at once, if `memory` bytes are little for this many threads. A build of 60
/// photos then takes 6 % longer and half the memory. Call it before any thread is started.
pub(super) fn limit_retention(threads: usize, memory: u64) {
    if memory / (threads.max(1) as u64) < ROOMY {
        return_at_once();
    }
}

/// glibc maps large blocks separately, and raises the size from which a block is large whenever one is freed. Setting that size
/// stops it from rising.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "a declaration of glibc's mallopt")]
fn return_at_once() {
    use std::ffi::c_int;

    // SAFETY: this is its declaration in malloc.h. It changes numbers that the allocator reads, under its lock, and does not access our
    // memory.
    unsafe extern "C" {
        safe fn mallopt(parameter: c_int, value: c_int) -> c_int;
    }
    const M_MMAP_THRESHOLD: c_int = -3;
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

/// mimalloc returns free memory after a delay.
#[cfg(target_env = "musl")]
#[expect(unsafe_code, reason = "a declaration of mimalloc's mi_option_set")]
fn return_at_once() {
    use std::ffi::{c_int, c_long};

    // The library is linked with the program.
    use mimalloc as _;

    // SAFETY: this is its declaration in mimalloc.h. It changes a number that the allocator reads, and does not access our memory. Numbers
    // that are not options are ignored.
    unsafe extern "C" {
        safe fn mi_option_set(option: c_int, value: c_long);
    }
    mi_option_set(MI_OPTION_PURGE_DELAY, 0);
}

/// Number of the option in version 2.
#[cfg(target_env = "musl")]
const MI_OPTION_PURGE_DELAY: std::ffi::c_int = 15;

/// Other allocators are left alone.
#[cfg(not(any(all(target_os = "linux", target_env = "gnu"), target_env = "musl")))]
fn return_at_once() {}

#[cfg(all(test, target_env = "musl"))]
mod tests {
    use std::ffi::{c_int, c_long};

    use super::*;

    #[test]
    #[expect(unsafe_code, reason = "a declaration of mimalloc's mi_option_get")]
    fn the_option_is_the_one_that_is_meant() {
        // SAFETY: as above.
        unsafe extern "C" {
            safe fn mi_option_get(option: c_int) -> c_long;
        }
        assert_eq!(mi_option_get(MI_OPTION_PURGE_DELAY), 10, "milliseconds, unless told otherwise");
        return_at_once();
        assert_eq!(mi_option_get(MI_OPTION_PURGE_DELAY), 0);
    }
}
