//! A site's own templates: any text, no abort, no long wait, no more memory than templates may take, and every position inside the text.

#![no_main]

use cimaise::Place;
use cimaise::testing::check_template;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for diagnostic in check_template(&text).diagnostics() {
        if let Place::Span(span) = diagnostic.place {
            assert!(span.start <= span.end && span.end as usize <= text.len(), "{diagnostic:?}");
        }
    }
});
