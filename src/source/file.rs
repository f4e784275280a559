//! One settings file: from disk to a valid text.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, FileId, Report, Span, cure_reading};
use crate::machine::fs;

/// Maximum size of a settings file in bytes. The settings for a thousand photos need a tenth of it.
const LARGEST: u64 = 1 << 20;

/// Reads the file `absolute`, which diagnostics call `shown`. `None` if it cannot be used, with the problem reported;
/// `encoding` is the code for a file that is not UTF-8.
pub(super) fn load(absolute: &Path, shown: &str, encoding: Code, report: &mut Report) -> Option<FileId> {
    let bytes = match fs::read_limited(absolute, LARGEST) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            report.push(
                Diagnostic::new(Code::YamlTooLarge, format!("the file is larger than {} KiB", LARGEST >> 10))
                    .in_file(shown)
                    .help("cimaise does not read larger settings; split a long gallery into several"),
            );
            return None;
        }
        Err(cause) => {
            let error = Diagnostic::new(Code::FileUnreadable, format!("cannot read the file: {cause}"));
            report.push(error.in_file(shown).help(cure_reading(&cause, absolute, "replace it with a text file")));
            return None;
        }
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let wrong = match std::str::from_utf8(bytes) {
        Ok(text) => return Some(report.map.add(shown, text)),
        Err(error) => error.valid_up_to(),
    };
    let file = report.map.add(shown, String::from_utf8_lossy(bytes));
    let start = u32::try_from(wrong).unwrap_or(u32::MAX);
    report.push(
        Diagnostic::new(encoding, "the file is not UTF-8 text")
            .at(Span { file, start, end: start + '\u{fffd}'.len_utf8() as u32 })
            .help("save the file as UTF-8 in your editor"),
    );
    None
}
