//! Removing metadata from a file: any bytes, no panic; the result is the same picture, and removing it again changes
//! nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixels::{Metadata, Recipe, read_header, render};

fuzz_target!(|bytes: &[u8]| {
    let Ok(header) = read_header(bytes) else { return };
    let Ok(once) = render(bytes, &header, &[Recipe::Keep { metadata: Metadata::Credit }]) else { return };
    let kept = read_header(&once[0]).expect("a kept picture has a header");
    assert_eq!((kept.format, kept.stored, kept.orientation), (header.format, header.stored, header.orientation));
    let twice =
        render(&once[0], &kept, &[Recipe::Keep { metadata: Metadata::Credit }]).expect("a kept picture can be kept");
    assert!(once == twice);
});
