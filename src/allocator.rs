//! What becomes of memory that is not used any more.
//!
//! Allocators keep it for the thread that gave it back, in the belief that it will be wanted again, which saves page faults. With
//! several threads that have each worked on a large photo once, that is more than all photos in work take together.

/// With so much for each thread, 192 MiB, nothing is said: what threads keep of the largest photos is less.
const ROOMY: u64 = 192 << 20;

/// Says that memory is to be given back to the system at once, if `threads` have so little of it, in bytes. Takes 6 % longer to build
/// 60 photos, and half of the memory. To be called before there are threads.
pub(crate) fn settle(threads: usize, memory: u64) {
    if memory / (threads.max(1) as u64) < ROOMY {
        give_back_at_once();
    }
}

/// glibc's takes memory of blocks from this size on from the system, and raises the size whenever such a block is given back; not, once
/// it has been told a size.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "a declaration of glibc's mallopt")]
fn give_back_at_once() {
    use std::ffi::c_int;

    // SAFETY: this is its declaration in malloc.h. It changes numbers that the allocator looks at, under its lock, and touches no memory
    // of ours.
    unsafe extern "C" {
        safe fn mallopt(parameter: c_int, value: c_int) -> c_int;
    }
    const M_MMAP_THRESHOLD: c_int = -3;
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
}

/// mimalloc's wait a while before what is free is given back.
#[cfg(target_env = "musl")]
#[expect(unsafe_code, reason = "a declaration of mimalloc's mi_option_set")]
fn give_back_at_once() {
    use std::ffi::{c_int, c_long};

    // Linked with the program.
    use mimalloc as _;

    // SAFETY: this is its declaration in mimalloc.h. It changes a number that the allocator looks at, and touches no memory of ours; a
    // number that is none of an option is ignored.
    unsafe extern "C" {
        safe fn mi_option_set(option: c_int, value: c_long);
    }
    mi_option_set(MI_OPTION_PURGE_DELAY, 0);
}

/// In version 2.
#[cfg(target_env = "musl")]
const MI_OPTION_PURGE_DELAY: std::ffi::c_int = 15;

/// What other allocators do is up to them.
#[cfg(not(any(all(target_os = "linux", target_env = "gnu"), target_env = "musl")))]
fn give_back_at_once() {}

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
        give_back_at_once();
        assert_eq!(mi_option_get(MI_OPTION_PURGE_DELAY), 0);
    }
}
