//! Reads XMP files beside pictures and videos, and puts their statements in the place of the files' own.
//!
//! In: photos and videos that were read. Out: the same photos with the words, marks, times and turns of their sidecars. A sidecar that cannot be
//! read causes a warning.

use std::collections::BTreeMap;

use crate::cache::{Digest, LedgerEntry};
use crate::diagnostic::{Code, Diagnostic};
use crate::machine::caught::caught;
use crate::machine::fs;
use crate::site::lookup::Sidecars;
use crate::site::model::Photo;
use crate::site::read::common::unreadable;
use crate::site::read::facts::{Facts, What};
use crate::site::read::list::Listed;
use crate::site::read::reader::{FileReader, Unread};
use crate::source::{FileEntry, SitePath};
use pixels::Sidecar;

/// Maximum length of a sidecar in bytes: 4 MiB.
const LONGEST: u64 = 4 << 20;

/// Sidecars by the path of the file that they describe.
pub(in crate::site) type Statements = BTreeMap<SitePath, (Sidecar, bool)>;

/// Reads the sidecars of these files. The second part of a statement tells whether the sidecar is that of the file alone.
pub(super) fn read_all<'a>(
    files: impl Iterator<Item = Listed<'a>>,
    sidecars: &Sidecars<'_>,
    reader: &mut FileReader<'_>,
) -> Statements {
    let pairs: Vec<_> = files.filter_map(|(path, _)| Some((path, sidecars.beside(path)?))).collect();
    let lists: BTreeMap<&SitePath, &FileEntry> = pairs.iter().map(|(_, beside)| (beside.path, beside.file)).collect();
    let lists: Vec<Listed<'_>> = lists.into_iter().collect();
    let is_read = |facts: &Facts| matches!(facts.what, Some(What::Sidecar(_)));
    let entries = reader.all(&lists, &read_one, is_read);
    let read = lists.iter().zip(entries).filter_map(|((path, _), entry)| match entry?.facts?.what {
        Some(What::Sidecar(sidecar)) => Some((*path, *sidecar)),
        _ => None,
    });
    let read: BTreeMap<&SitePath, Sidecar> = read.collect();
    let stated = |path: &SitePath, exact| Some((read.get(path)?.clone(), exact));
    pairs.iter().filter_map(|(path, beside)| Some(((*path).clone(), stated(beside.path, beside.exact)?))).collect()
}

fn read_one(file: &FileEntry) -> Result<LedgerEntry<Facts>, Unread> {
    let ignored = |reason: String| {
        let warning = Diagnostic::new(Code::PhotoUnreadableMetadata, format!("cannot read the XMP file: {reason}"));
        warning.help("write the metadata again with your photo program; until then, what the file says is missing")
    };
    let bytes = fs::read_limited(&file.absolute, LONGEST).map_err(|error| unreadable(file)(error).as_warning())?;
    let bytes = bytes.ok_or_else(|| ignored("it is longer than 4 MiB".to_owned()))?;
    let parsed = caught(|| Sidecar::parse(&bytes)).unwrap_or_else(|_| Err("it is damaged".to_owned()));
    let sidecar = parsed.map_err(ignored)?;
    Ok(LedgerEntry { digest: Digest::of(&bytes), facts: Some(Facts::of(What::Sidecar(Box::new(sidecar)))) })
}

/// Puts the statements of a sidecar in the place of the photo's own.
pub(super) fn apply(photo: Photo, statements: &Statements) -> Photo {
    let Some((sidecar, exact)) = statements.get(&photo.path) else { return photo };
    let mut header = photo.header;
    if let Some(turn) = sidecar.orientation.filter(|turn| *exact && *turn != header.orientation) {
        header.orientation = turn;
        header.turned_beside = true;
    }
    Photo { about: photo.about.with(sidecar), header, ..photo }
}
