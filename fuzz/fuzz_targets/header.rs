//! Reading a picture's header: any bytes, no panic, and no size beyond the limits.

#![no_main]

use cimaise::image::{limits, read_header};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(header) = read_header(bytes) {
        assert!(header.stored.width > 0 && header.stored.height > 0);
        assert!(header.stored.long_edge() <= limits::MAX_SIDE && header.stored.pixels() <= limits::MAX_PIXELS);
    }
});
