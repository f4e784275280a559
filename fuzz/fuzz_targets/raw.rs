//! The same as `render`, for camera RAW alone: finding the preview, and decoding it. All of that code is ours.

#![no_main]

use cimaise_fuzz::{forgive_dependencies, render_all};
use libfuzzer_sys::fuzz_target;
use pixels::Format;

fuzz_target!(init: forgive_dependencies(), |bytes: &[u8]| render_all(bytes, |format| format == Format::Raw));
