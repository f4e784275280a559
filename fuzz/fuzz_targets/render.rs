//! Rendering small pictures of any format: any bytes, no panic of ours, no more memory than was reckoned, and results of
//! exactly the size that was asked for. Panics of other people's decoders are caught for each photo, and forgiven here.

#![no_main]

use cimaise_fuzz::{forgive_dependencies, render_all};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: forgive_dependencies(), |bytes: &[u8]| render_all(bytes, |_| true));
