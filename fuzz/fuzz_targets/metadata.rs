//! Reading metadata and taking it out: any bytes, no panic, and what is kept of a file tells nobody's secrets.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pixels::{Metadata, Recipe, Secret, leaks, read_about, read_header, render};

fuzz_target!(|bytes: &[u8]| {
    let about = read_about(bytes);
    let _ = (about.caption.pick("fr"), leaks(bytes));
    let Ok(header) = read_header(bytes) else { return };
    for metadata in [Metadata::None, Metadata::Credit, Metadata::AllButLocation, Metadata::All] {
        let Ok(kept) = render(bytes, &header, &[Recipe::Keep { metadata }]) else { continue };
        let told = leaks(&kept[0]).expect("a kept picture is a picture");
        // Words that their author wrote may hold anything, a path too.
        let secrets = told.iter().any(|leak| leak.secret != Secret::Path);
        assert!(!secrets || metadata == Metadata::All, "{metadata:?}: {told:?}");
    }
});
