//! Rendering small pictures of any format: any bytes, no panic of ours, no more memory than estimated, and results of
//! exactly the requested size. Panics of dependencies are caught for each photo, and ignored here.

#![no_main]

use cimaise_fuzz::{forgive_dependencies, render_all};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: forgive_dependencies(), |bytes: &[u8]| render_all(bytes, |_| true));
