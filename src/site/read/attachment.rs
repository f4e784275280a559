//! Reads a file that is published unchanged: digest, and whether it reveals where it was made.

use crate::cache::LedgerEntry;
use crate::diagnostic::Diagnostic;
use crate::site::model::Attachment;
use crate::site::read::common::unreadable;
use crate::site::read::facts::Facts;
use crate::site::read::list::{Attached, Listed};
use crate::site::read::reader::FileReader;
use crate::site::read::scan::Scanner;
use crate::source::{FileEntry, SitePath};

/// Reads all attachments.
pub(super) fn read_all(attached: &Attached<'_>, reader: &mut FileReader<'_>, scanner: &Scanner) -> Vec<Attachment> {
    let files: Vec<_> = attached.values().copied().collect();
    let entries = reader.all(&files, &|file| Ok(read_any(file, scanner)?), |facts| facts.place.is_some());
    let read = attached.iter().zip(entries);
    read.filter_map(|((to, listed), entry)| Some(attachment(to, *listed, entry?))).collect()
}

fn attachment(to: &SitePath, (path, file): Listed<'_>, entry: LedgerEntry<Facts>) -> Attachment {
    Attachment {
        path: path.clone(),
        to: to.clone(),
        absolute: file.absolute.clone(),
        digest: entry.digest,
        len: file.stat.len,
        tells_place: entry.facts.as_ref().is_some_and(Facts::tells_place),
    }
}

/// Reads a file that is published unchanged, and that may be empty.
fn read_any(file: &FileEntry, scanner: &Scanner) -> Result<LedgerEntry<Facts>, Diagnostic> {
    let (digest, leaks) = scanner.read(&file.absolute).map_err(unreadable(file))?;
    Ok(LedgerEntry { digest, facts: Some(Facts::telling(None, &leaks)) })
}
