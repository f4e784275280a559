//! The same as `render`, for HEIC alone. The decoder is a dependency: findings are failures that escape the guard around each
//! photo (an abort, a stack overflow, a hang, too much memory), or are in code of ours.

#![no_main]

use cimaise_fuzz::{forgive_dependencies, render_all};
use libfuzzer_sys::fuzz_target;
use pixels::Format;

fuzz_target!(init: forgive_dependencies(), |bytes: &[u8]| render_all(bytes, |format| format == Format::Heic));
