//! Reading metadata and removing it: any bytes, no panic, and the metadata that is kept contains no secrets.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixels::{Metadata, Recipe, LeakKind, leaks, read_about, read_header, render};

fuzz_target!(|bytes: &[u8]| {
    let about = read_about(bytes);
    let _ = (about.caption.pick("fr"), leaks(bytes));
    let Ok(header) = read_header(bytes) else { return };
    for metadata in [Metadata::None, Metadata::Credit, Metadata::AllButLocation, Metadata::All] {
        let Ok(kept) = render(bytes, &header, &[Recipe::Keep { metadata }]) else { continue };
        let told = leaks(&kept[0]).expect("a kept picture is a picture");
        // Words that the author wrote may contain anything, including a path.
        let secrets = told.iter().any(|leak| leak.kind != LeakKind::Path);
        assert!(!secrets || metadata == Metadata::All, "{metadata:?}: {told:?}");
    }
});
