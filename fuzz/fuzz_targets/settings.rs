//! Reading settings and printing their mistakes: any bytes, no panic, no long wait, and every position inside the
//! file.

#![no_main]

use cimaise::testing::{SettingsKind, check_settings};
use cimaise::{Format, Place, print};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for kind in [SettingsKind::Root, SettingsKind::Gallery] {
        let report = check_settings(&text, kind);
        for diagnostic in report.diagnostics() {
            if let Place::Span(span) = diagnostic.place {
                assert!(span.start <= span.end && span.end as usize <= text.len(), "{diagnostic:?}");
            }
        }
        for format in [Format::Human { color: true, width: Some(80) }, Format::Short, Format::Json] {
            let mut out = Vec::new();
            print(&report, format, &mut out).expect("a vector can be written");
            if format == Format::Short {
                let lines = out.iter().filter(|&&byte| byte == b'\n').count();
                assert_eq!(lines, report.diagnostics().len(), "one line each");
            }
        }
    }
});
