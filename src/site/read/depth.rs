//! Reading only the headers of photos, so that a site is known before every photo has been read.
//!
//! In: the photos to read as a whole. Out: entries in the ledger with the facts of the other photos, and made-up digests. Photos whose
//! header is not at the start of the file are read as a whole later. Must not know who waits.

use std::collections::BTreeSet;
use std::io::Read;

use rayon::prelude::*;

use crate::cache::Ledger;
use crate::machine::caught::caught;
use crate::machine::fs::File;
use crate::site::read::facts::{Facts, What};
use crate::site::read::list::Listed;
use crate::source::{FileEntry, SitePath};
use pixels::Format;

/// Number of bytes at the start of a JPEG that nearly always contain its header and metadata.
const START: u64 = 256 << 10;

/// The part of each photo that is read.
#[derive(Debug, Clone, Copy)]
pub enum Depth<'a> {
    /// All of it, for the digest.
    Whole,
    /// The header, except of these photos, which are read as a whole.
    Headers(&'a BTreeSet<SitePath>),
}

/// Reads the headers of photos that the ledger does not know.
pub(super) fn read_headers(files: &[Listed<'_>], depth: Depth<'_>, ledger: &mut Ledger<Facts>) {
    let Depth::Headers(whole) = depth else { return };
    whole.iter().for_each(|path| ledger.forget_partial(path.as_str()));
    let known = &*ledger;
    let new: Vec<_> = files
        .par_iter()
        .filter(|(path, file)| !whole.contains(*path) && known.get(path.as_str(), &file.stat).is_none())
        .filter_map(|(path, file)| Some((path.as_str(), file.stat, header(file)?)))
        .collect();
    for (path, stat, facts) in new {
        ledger.record_partial(path, stat, facts);
    }
}

/// Returns the facts in the first bytes of a photo; `None` if they are not there, or if the file is short enough to be read as a whole.
fn header(file: &FileEntry) -> Option<Facts> {
    if file.stat.len <= START {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(&file.absolute).ok()?.take(START).read_to_end(&mut bytes).ok()?;
    let read = || pixels::read_header(&bytes).map(|header| (header, pixels::read_about(&bytes)));
    let facts = caught(read).ok()?.ok()?;
    // Only a JPEG has its header and its metadata at the start.
    (facts.0.format == Format::Jpeg).then(|| Facts::of(What::Photo(Box::new(facts))))
}
