//! Reads the files that the site shows: digests, headers of photos, facts about videos and sounds.
//!
//! In: lists of files. Out: [`ReadFiles`]. Files with sufficient facts in the ledger are not read again. Must not
//! know where a file is shown.

use crate::cache::Ledger;
use crate::diagnostic::{Diagnostic, Failure};
use crate::machine::Machine;
use crate::site::model::{Attachment, Photo, VideoFile};
use crate::site::read::depth::{Depth, read_parts};
use crate::site::read::facts::Facts;
use crate::site::read::list::{FileList, ToRead};
use crate::site::read::reader::FileReader;
use crate::site::read::scan::Scanner;
use crate::site::read::sound_file::SoundFile;
use crate::site::read::video::Probing;
use crate::site::read::{attachment, photo, sound_file, video};

/// The results of reading.
#[derive(Default)]
pub(in crate::site) struct ReadFiles {
    pub(in crate::site) photos: FileList<Photo>,
    pub(in crate::site) videos: FileList<VideoFile>,
    pub(in crate::site) sounds: FileList<SoundFile>,
    pub(in crate::site) attachments: Vec<Attachment>,
    /// Photos that could not be read, sorted by path.
    pub(in crate::site) photo_problems: Vec<Diagnostic>,
    /// Problems with videos, sounds and attachments, each sorted by path, then warnings about photos.
    pub(in crate::site) problems: Vec<Diagnostic>,
}

/// Reads all files, and records the facts in the ledger.
///
/// # Errors
/// If the machine has no resources left to run a program.
pub(in crate::site) fn read(
    files: &ToRead<'_>,
    probing: &Probing,
    depth: Depth<'_>,
    machine: &Machine<'_>,
    ledger: &mut Ledger<Facts>,
) -> Result<ReadFiles, Failure> {
    let count = files.photos.len() + files.videos.len() + files.sounds.len() + files.attached.len();
    machine.progress().begin("photos read", count as u64);
    read_parts(files, probing, depth, ledger);
    let scanner = Scanner::new(&machine.share());
    let mut reader = FileReader::new(ledger, machine);
    let photos = photo::read_all(files.photos, &mut reader, &scanner);
    let photo_problems = std::mem::take(&mut reader.problems);
    let videos = video::read_all(files.videos, &mut reader, probing);
    let sounds = sound_file::read_all(files.sounds, &mut reader, &scanner);
    let attachments = attachment::read_all(files.attached, &mut reader, &scanner);
    machine.progress().end();
    let mut problems = reader.finish()?;
    problems.extend(photos.list.iter().flat_map(photo::warnings));
    Ok(ReadFiles { photos, videos, sounds, attachments, photo_problems, problems })
}
