//! Helpers for reading files of all kinds.

use std::io;

use crate::cache::Digest;
use crate::diagnostic::{Code, Diagnostic, cure_reading};
use crate::source::FileEntry;

pub(super) fn read_digest(file: &FileEntry) -> Result<Digest, Diagnostic> {
    let (digest, len) = Digest::and_len_of_file(&file.absolute).map_err(unreadable(file))?;
    read_whole(file, len)?;
    not_empty(digest)
}

pub(super) fn not_empty(digest: Digest) -> Result<Digest, Diagnostic> {
    if digest == Digest::of(b"") { Err(bad(Code::FileEmpty, "the file is empty")) } else { Ok(digest) }
}

/// Rejects files that were read only in part: the ledger must not remember such a digest, since the next run would
/// trust it.
pub(super) fn read_whole(file: &FileEntry, len: u64) -> Result<(), Diagnostic> {
    if len == file.stat.len {
        return Ok(());
    }
    let error = Diagnostic::new(
        Code::FileUnreadable,
        format!("only {len} of the {} bytes of the file can be read", file.stat.len),
    );
    Err(error.help("run the build again when no program writes to the file; if this error returns, check the disk"))
}

pub(super) fn unreadable(file: &FileEntry) -> impl Fn(io::Error) -> Diagnostic {
    move |error| {
        let help = cure_reading(&error, &file.absolute, "replace the file, or remove its name from the settings");
        Diagnostic::new(Code::FileUnreadable, format!("cannot read the file: {error}")).help(help)
    }
}

/// Describes a picture that cannot be shown.
pub(super) fn refused(error: &pixels::Error) -> Diagnostic {
    use pixels::Error as E;
    let with = |code, help: &str| Diagnostic::new(code, error.to_string()).help(help);
    match error {
        E::UnsupportedFormat { found } => with(Code::PhotoUnsupported, found.help),
        E::UnsupportedKind { .. } => with(Code::PhotoUnsupported, "save the picture as JPEG, PNG, WebP or TIFF"),
        E::NoPreview => with(Code::PhotoNoPreview, "export the photo as JPEG from your RAW program"),
        E::TooLarge(_) | E::TooMuchMemory => with(Code::PhotoTooLarge, "save a smaller version of the picture"),
        E::Empty => bad(Code::FileEmpty, &error.to_string()),
        E::NotAPicture => bad(Code::PhotoNotAPicture, &error.to_string()),
        _ => bad(Code::PhotoDamaged, &error.to_string()).as_error(),
    }
}

/// Describes a file that has to be replaced.
pub(super) fn bad(code: Code, message: &str) -> Diagnostic {
    Diagnostic::new(code, message).help("replace the file, or remove its name from the settings")
}
