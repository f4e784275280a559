//! Templates of a site's own: any text, no abort, no long wait, no more memory than templates may take, and every place inside the text.

#![no_main]

use cimaise::diagnostic::Place;
use cimaise::overrides::check_text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for diagnostic in check_text(&text).diagnostics() {
        if let Place::Span(span) = diagnostic.place {
            assert!(span.start <= span.end && span.end as usize <= text.len(), "{diagnostic:?}");
        }
    }
});
