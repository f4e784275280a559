//! The same as `render`, of nothing but TIFF. The decoder is somebody else's: what fails here is what escapes the guard around each
//! photo (an abort, a stack that overflows, a hang, too much memory), or code of ours.

#![no_main]

use cimaise_fuzz::{forgive_dependencies, render_all};
use libfuzzer_sys::fuzz_target;
use pixels::Format;

fuzz_target!(init: forgive_dependencies(), |bytes: &[u8]| render_all(bytes, |format| format == Format::Tiff));
