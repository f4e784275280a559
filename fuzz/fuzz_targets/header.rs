//! Reading a picture's header: any bytes, no panic, and no size beyond the limits. Panics in dependencies are caught for each file,
//! and ignored here.

#![no_main]

use cimaise_fuzz::{forgive_dependencies, forgiven};
use libfuzzer_sys::fuzz_target;
use pixels::{limits, read_header};

fuzz_target!(init: forgive_dependencies(), |bytes: &[u8]| {
    if let Some(Ok(header)) = forgiven(|| read_header(bytes)) {
        assert!(header.stored.width > 0 && header.stored.height > 0);
        assert!(header.stored.long_edge() <= limits::MAX_SIDE && header.stored.pixels() <= limits::MAX_PIXELS);
    }
});
