//! Reading only a part of large files, so that a site is known before every file has been read.
//!
//! In: the files to read as a whole. Out: entries in the ledger with the facts of the other files, and made-up digests. Of a photo, the
//! header is read; of a video, what ffprobe needs; of a sound, the ends; of other files, nothing. A file whose facts are elsewhere is read
//! as a whole. Must not know who waits.

use std::collections::BTreeSet;
use std::io::Read;

use rayon::prelude::*;

use crate::cache::Ledger;
use crate::machine::caught::caught;
use crate::machine::fs::File;
use crate::site::read::facts::{Facts, What};
use crate::site::read::list::{Listed, ToRead};
use crate::site::read::video::Probing;
use crate::site::read::{sound_file, video};
use crate::source::{FileEntry, SitePath};
use pixels::Format;

/// Number of bytes at the start of a JPEG that nearly always contain its header and metadata. Files up to this length are read as a whole.
const START: u64 = 256 << 10;

/// The part of each file that is read.
#[derive(Debug, Clone, Copy)]
pub enum Depth<'a> {
    /// All of it, for the digest.
    Whole,
    /// The part with the facts, except of these files, which are read as a whole.
    Parts(&'a BTreeSet<SitePath>),
}

/// Reads a part of each file that the ledger does not know.
pub(super) fn read_parts(files: &ToRead<'_>, probing: &Probing, depth: Depth<'_>, ledger: &mut Ledger<Facts>) {
    let attached: Vec<_> = files.attached.values().copied().collect();
    let kinds: [(&[Listed<'_>], &Part<'_>); 4] = [
        (files.photos, &header),
        (files.videos, &|file| video::probed(file, probing)),
        (files.sounds, &sound_file::recognised),
        // Whether such a file tells a location is known once all of it has been read.
        (&attached, &|_| Some(Facts::telling(None, &[]))),
    ];
    for (files, part) in kinds {
        let wanted = |path: &SitePath| match depth {
            Depth::Whole => true,
            Depth::Parts(whole) => whole.contains(path),
        };
        let (whole, parts): (Vec<_>, Vec<_>) = files.iter().copied().partition(|(path, _)| wanted(path));
        whole.iter().for_each(|(path, _)| ledger.forget_partial(path.as_str()));
        read_part_of_each(&parts, part, ledger);
    }
}

/// Reads the part of a file with the facts; `None` if they are elsewhere.
type Part<'a> = dyn Fn(&FileEntry) -> Option<Facts> + Sync + 'a;

fn read_part_of_each(files: &[Listed<'_>], part: &Part<'_>, ledger: &mut Ledger<Facts>) {
    let known = &*ledger;
    let new: Vec<_> = files
        .par_iter()
        .filter(|(path, file)| file.stat.len > START && known.get(path.as_str(), &file.stat).is_none())
        .filter_map(|(path, file)| Some((path.as_str(), file.stat, part(file)?)))
        .collect();
    for (path, stat, facts) in new {
        ledger.record_partial(path, stat, facts);
    }
}

/// Returns the facts in the first bytes of a photo; `None` if they are not there.
fn header(file: &FileEntry) -> Option<Facts> {
    let mut bytes = Vec::new();
    File::open(&file.absolute).ok()?.take(START).read_to_end(&mut bytes).ok()?;
    let read = || pixels::read_header(&bytes).map(|header| (header, pixels::read_about(&bytes)));
    let facts = caught(read).ok()?.ok()?;
    // Only a JPEG has its header and its metadata at the start.
    (facts.0.format == Format::Jpeg).then(|| Facts::of(What::Photo(Box::new(facts))))
}
