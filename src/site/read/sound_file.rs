//! Reads a sound: digest, kind, and whether it reveals where it was recorded.

use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;

use crate::cache::{Digest, LedgerEntry};
use crate::diagnostic::{Code, Diagnostic};
use crate::ffmpeg::{self, FfmpegError};
use crate::machine::fs::File;
use crate::site::read::common::{bad, not_empty, unreadable};
use crate::site::read::facts::{Facts, What};
use crate::site::read::list::{FileList, Listed};
use crate::site::read::reader::FileReader;
use crate::site::read::scan::Scanner;
use crate::site::read::sound::SoundKind;
use crate::source::{FileEntry, SitePath};

/// Length in bytes of the beginning and the end of a sound that are examined.
const ENDS: u64 = 1 << 16;

/// A source sound, before its conversion is known.
pub(in crate::site) struct SoundFile {
    pub(in crate::site) path: SitePath,
    pub(in crate::site) absolute: PathBuf,
    pub(in crate::site) digest: Digest,
    pub(in crate::site) len: u64,
    /// Kind; `None` if browsers may not be able to play it.
    pub(in crate::site) kind: Option<SoundKind>,
    /// Whether the file contains the location where it was recorded.
    pub(in crate::site) tells_place: bool,
}

/// Reads all sounds.
pub(in crate::site) fn read_all(
    files: &[Listed<'_>],
    reader: &mut FileReader<'_>,
    scanner: &Scanner,
) -> FileList<SoundFile> {
    let entries = reader.all(files, &|file| Ok(read_sound(file, scanner)?), |facts| {
        matches!(facts.what, Some(What::Sound(_))) && facts.place.is_some()
    });
    FileList::of(files, entries, sound)
}

fn sound((path, file): Listed<'_>, entry: LedgerEntry<Facts>) -> Option<SoundFile> {
    let tells_place = entry.facts.as_ref().is_some_and(Facts::tells_place);
    let what = entry.facts.and_then(|facts| facts.what);
    let kind = if let Some(What::Sound(kind)) = what { kind } else { None };
    let (path, absolute) = (path.clone(), file.absolute.clone());
    Some(SoundFile { path, absolute, digest: entry.digest, len: file.stat.len, kind, tells_place })
}

/// Returns the facts at the ends of a sound. Whether the sound tells a location is known once all of it has been read.
pub(super) fn recognised(file: &FileEntry) -> Option<Facts> {
    Some(Facts::telling(Some(What::Sound(kind(file).ok()?)), &[]))
}

fn read_sound(file: &FileEntry, scanner: &Scanner) -> Result<LedgerEntry<Facts>, Diagnostic> {
    let (digest, leaks) = scanner.read(&file.absolute).map_err(unreadable(file))?;
    not_empty(digest)?;
    Ok(LedgerEntry { digest, facts: Some(Facts::telling(Some(What::Sound(kind(file)?)), &leaks)) })
}

/// Returns the kind of a sound; `None` if the sound has to be converted.
fn kind(file: &FileEntry) -> Result<Option<SoundKind>, Diagnostic> {
    let (head, tail) = ends(file).map_err(unreadable(file))?;
    let kind = SoundKind::of(&head, &tail);
    if kind.is_none() {
        // The sound has to be converted, so its format must be one that may be passed to ffmpeg.
        ffmpeg::InputFile::open(&file.absolute).map_err(|trouble| match trouble {
            FfmpegError::Refused(instead) => instead.diagnostic("sound"),
            trouble => bad(Code::SoundNotConverted, &format!("cannot read the sound: {trouble}")),
        })?;
    }
    Ok(kind)
}

fn ends(file: &FileEntry) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut open = File::open(&file.absolute)?;
    open.by_ref().take(ENDS).read_to_end(&mut head)?;
    open.seek(SeekFrom::Start(file.stat.len.saturating_sub(ENDS)))?;
    open.take(ENDS).read_to_end(&mut tail)?;
    let is_short = |end: &[u8]| (end.len() as u64) < file.stat.len.min(ENDS);
    if is_short(&head) || is_short(&tail) { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok((head, tail)) }
}
