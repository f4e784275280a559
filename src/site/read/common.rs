//! What reading has in common for all kinds of files.

use std::io;

use crate::cache::Digest;
use crate::diagnostic::{Diagnostic, cure_reading};
use crate::source::FileEntry;

pub(super) fn read_digest(file: &FileEntry) -> Result<Digest, Diagnostic> {
    let (digest, len) = Digest::and_len_of_file(&file.absolute).map_err(unreadable(file))?;
    read_whole(file, len)?;
    not_empty(digest)
}

pub(super) fn not_empty(digest: Digest) -> Result<Digest, Diagnostic> {
    if digest == Digest::of(b"") { Err(damaged("the file is empty")) } else { Ok(digest) }
}

/// A hash of fewer bytes than the file has must not be remembered: the next run would believe it.
pub(super) fn read_whole(file: &FileEntry, len: u64) -> Result<(), Diagnostic> {
    if len == file.stat.len {
        return Ok(());
    }
    let error = Diagnostic::error(format!("{len} bytes were read of a file of {} bytes", file.stat.len));
    Err(error.help("build again when nothing writes to the file any more; if that does not help, check the disk"))
}

pub(super) fn unreadable(file: &FileEntry) -> impl Fn(io::Error) -> Diagnostic {
    move |error| {
        let help = cure_reading(&error, &file.absolute, "replace the file, or remove its name from the settings");
        Diagnostic::error(format!("cannot read the file: {error}")).help(help)
    }
}

pub(super) fn damaged(message: &str) -> Diagnostic {
    Diagnostic::error(message).help("replace the file, or remove its name from the settings")
}
