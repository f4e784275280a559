//! Reading the files that the site shows: digests of all, headers of photos, what videos and sounds are.
//!
//! What the ledger knows is not read again. The rest is read once, by several threads; the results, and what is said
//! about them, do not depend on which thread was first.

use std::io::{self, Read as _, Seek, SeekFrom};
use std::path::PathBuf;
use std::time::Duration;

use rayon::prelude::*;

use crate::cache::{Digest, Entry, Ledger};
use crate::diagnostic::{Diagnostic, Failure, cure_reading, install, too_much_memory};
use crate::ffmpeg::{self, Probe, Trouble};
use crate::machine::Machine;
use crate::machine::caught::caught;
use crate::machine::fs::{self, File};
use crate::machine::gate::Gate;
use crate::machine::memory::{BESIDE_PICTURES, Limit};
use crate::machine::progress::Progress;
use crate::site::attachments::Attached;
use crate::site::facts::{Facts, What};
use crate::site::scan::{LONGEST_PHOTO, Scanner};
use crate::site::used::Used;
use crate::site::{Attachment, Photo, SoundKind, VideoFile};
use crate::source::{FileEntry, SitePath};
use pixels::{About, Format, Header};

/// How much of a sound's beginning and end is looked at.
const ENDS: u64 = 1 << 16;

/// All that was read.
#[derive(Default)]
pub(super) struct Files {
    pub(super) photos: Read<Photo>,
    pub(super) videos: Read<VideoFile>,
    pub(super) sounds: Read<SoundFile>,
    pub(super) attachments: Vec<Attachment>,
    /// What is wrong with them: photos, videos, sounds, attachments, each in the order of their paths.
    pub(super) problems: Vec<Diagnostic>,
}

/// A file of sound.
pub(super) struct SoundFile {
    pub(super) path: SitePath,
    pub(super) absolute: PathBuf,
    pub(super) digest: Digest,
    pub(super) len: u64,
    /// `None` if browsers may not play it.
    pub(super) kind: Option<SoundKind>,
    /// Whether it tells where it was recorded.
    pub(super) tells_place: bool,
}

/// How videos are looked into.
pub(super) enum Probing {
    /// By this program, which may make no progress for `timeout`.
    With { program: String, timeout: Duration },
    /// Not at all: none is listed, without a word.
    Skipped,
    /// They are listed, and nothing is known of them.
    Unknown,
    /// They cannot be: what is to be said of each.
    Impossible(Diagnostic),
}

/// Files of one kind. What could not be read is left out, so that the rest can still be rendered; the problems tell.
pub(super) struct Read<T> {
    /// In the order of their paths.
    pub(super) list: Vec<T>,
    /// By the number in [`Used`]: the place in the list.
    places: Vec<Option<u32>>,
}

impl<T> Default for Read<T> {
    fn default() -> Self {
        Self { list: Vec::new(), places: Vec::new() }
    }
}

impl<T> Read<T> {
    /// The place of a file in the list, by its number in [`Used`]; `None` if it could not be read.
    pub(super) fn place(&self, number: usize) -> Option<u32> {
        self.places.get(number).copied().flatten()
    }
}

impl<T> FromIterator<Option<T>> for Read<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(files: I) -> Self {
        let mut read = Self::default();
        for file in files {
            let place = u32::try_from(read.list.len()).expect("fewer than 2^32 files");
            read.places.push(file.is_some().then_some(place));
            read.list.extend(file);
        }
        read
    }
}

/// Reads what `used` lists; the ledger learns what was read.
///
/// # Errors
/// If the machine has nothing left to run a program with.
pub(super) fn read(
    used: &Used<'_>,
    attached: &Attached<'_>,
    probing: &Probing,
    machine: &Machine<'_>,
    ledger: &mut Ledger<Facts>,
) -> Result<Files, Failure> {
    let count = used.photos().len() + used.videos().len() + used.sounds().len() + attached.len();
    let (share, progress) = (machine.share(), machine.progress());
    progress.begin("photos read", count as u64);
    let attached_files: Vec<_> = attached.values().copied().collect();
    let scanner = Scanner::new(&share);
    let read_photo = |file: &FileEntry| read_photo(file, &scanner.gate, share.limit.as_ref());
    let mut reader = Reader { ledger, progress, problems: Vec::new(), failure: None };
    let photos = reader.all(
        used.photos(),
        &|file| Ok(read_photo(file)?),
        |facts| matches!(&facts.what, Some(What::Photo(photo)) if photo.0.stored.pixels() > 0),
    );
    let videos = match probing {
        Probing::With { program, timeout } => {
            let read = |file: &FileEntry| read_film(file, program, *timeout);
            reader.all(
                used.videos(),
                &read,
                |facts| matches!(&facts.what, Some(What::Video(probe)) if probe.size.pixels() > 0),
            )
        }
        Probing::Unknown => reader.all(used.videos(), &|file| Ok(read_nothing(file)?), |_| true),
        Probing::Skipped => vec![None; used.videos().len()],
        Probing::Impossible(why) => {
            let problems = used.videos().iter().map(|(path, _)| why.clone().in_file(path.as_str()));
            reader.problems.extend(problems);
            vec![None; used.videos().len()]
        }
    };
    let known = |facts: &Facts| matches!(facts.what, Some(What::Sound(_))) && facts.place.is_some();
    let sounds = reader.all(used.sounds(), &|file| Ok(read_sound(file, &scanner)?), known);
    let attachments = reader.all(&attached_files, &|file| Ok(read_any(file, &scanner)?), |facts| facts.place.is_some());
    progress.end();
    if let Some(failure) = reader.failure {
        return Err(failure);
    }
    let mut problems = reader.problems;

    let photos = used.photos().iter().zip(photos).map(|((path, file), entry)| {
        let Entry { digest, facts } = entry?;
        let Some(What::Photo(facts)) = facts?.what else { return None };
        let (header, about) = *facts;
        problems.extend(wrong_extension(path, header.format));
        problems.extend(bad_profile(path, &header));
        problems.extend(unread(path, &about));
        let (path, absolute) = ((*path).clone(), file.absolute.clone());
        Some(Photo { path, absolute, digest, len: file.stat.len, header, about })
    });
    let photos = photos.collect();
    let videos = used.videos().iter().zip(videos).map(|((path, file), entry)| {
        let Entry { digest, facts } = entry?;
        let probe = if let Some(What::Video(probe)) = facts.and_then(|facts| facts.what) { probe } else { unknown() };
        Some(VideoFile { path: (*path).clone(), absolute: file.absolute.clone(), digest, probe })
    });
    let sounds = used.sounds().iter().zip(sounds).map(|((path, file), entry)| {
        let Entry { digest, facts } = entry?;
        let tells_place = facts.as_ref().is_some_and(Facts::tells_place);
        let kind = if let Some(What::Sound(kind)) = facts.and_then(|facts| facts.what) { kind } else { None };
        let (path, absolute) = ((*path).clone(), file.absolute.clone());
        Some(SoundFile { path, absolute, digest, len: file.stat.len, kind, tells_place })
    });
    let attachments = attached.iter().zip(attachments).filter_map(|((to, (path, file)), entry)| {
        let (path, to, absolute) = ((*path).clone(), to.clone(), file.absolute.clone());
        let Entry { digest, facts } = entry?;
        Some(Attachment {
            path,
            to,
            absolute,
            digest,
            len: file.stat.len,
            tells_place: facts.as_ref().is_some_and(Facts::tells_place),
        })
    });
    let attachments = attachments.collect();
    Ok(Files { photos, videos: videos.collect(), sounds: sounds.collect(), attachments, problems })
}

struct Reader<'a> {
    ledger: &'a mut Ledger<Facts>,
    progress: &'a dyn Progress,
    problems: Vec<Diagnostic>,
    /// The first of the machine.
    failure: Option<Failure>,
}

/// Why a file was not read.
enum Unread {
    /// Its author can mend it.
    Source(Diagnostic),
    Machine(Failure),
}

impl From<Diagnostic> for Unread {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Source(diagnostic)
    }
}

impl Reader<'_> {
    /// Asks the ledger for each file, and reads it if the answer is not `enough`.
    fn all(
        &mut self,
        files: &[(&SitePath, &FileEntry)],
        read: &(dyn Fn(&FileEntry) -> Result<Entry<Facts>, Unread> + Sync),
        enough: fn(&Facts) -> bool,
    ) -> Vec<Option<Entry<Facts>>> {
        let (ledger, progress) = (&*self.ledger, self.progress);
        let answers: Vec<_> = files
            .par_iter()
            .map(|(path, file)| {
                let known = ledger.get(path.as_str(), &file.stat);
                let answer = match known.filter(|entry| entry.facts.as_ref().is_some_and(enough)) {
                    Some(entry) => (Ok(entry.clone()), false),
                    None => (read(file).map(|new| Facts::merged(new, known)), true),
                };
                progress.advance(1);
                answer
            })
            .collect();
        let mut entries = Vec::with_capacity(files.len());
        for ((path, file), (answer, new)) in files.iter().zip(answers) {
            if let (Ok(entry), true) = (&answer, new) {
                // The stat is older than the reading, as the ledger asks.
                self.ledger.record(path.as_str(), file.stat, entry.clone());
            }
            entries.push(answer.map_err(|why| self.note(path, why)).ok());
        }
        entries
    }
}

impl Reader<'_> {
    fn note(&mut self, path: &SitePath, why: Unread) {
        match why {
            Unread::Source(problem) => self.problems.push(problem.in_file(path.as_str())),
            Unread::Machine(failure) => self.failure = self.failure.take().or(Some(failure)),
        }
    }
}

fn read_photo(file: &FileEntry, gate: &Gate, limit: Option<&Limit>) -> Result<Entry<Facts>, Diagnostic> {
    if file.stat.len > LONGEST_PHOTO {
        let mebibytes = file.stat.len >> 20;
        let error = Diagnostic::error(format!("the file is too long for a picture: {mebibytes} MiB of at most 1024"));
        return Err(error.help("save it in a format that compresses"));
    }
    let need = file.stat.len.saturating_add(BESIDE_PICTURES);
    if let Some(limit) = limit.filter(|limit| need > limit.bytes) {
        return Err(too_much_memory("reading this photo", need, limit));
    }
    let _passed = gate.pass(file.stat.len);
    let bytes = fs::read(&file.absolute).map_err(unreadable(file))?;
    read_whole(file, bytes.len() as u64)?;
    // A fault in a decoder must cost one photo and not the run.
    let read = || Ok(Facts::of(What::Photo(Box::new((pixels::read_header(&bytes)?, pixels::read_about(&bytes))))));
    let facts = caught(read).map_err(|panic| damaged("the decoder of this picture failed").cause(panic))?.map_err(
        |error: pixels::Error| match &error {
            pixels::Error::UnsupportedFormat { found } => Diagnostic::error(error.to_string()).help(found.help),
            pixels::Error::UnsupportedKind { .. } => {
                Diagnostic::error(error.to_string()).help("save it as JPEG, PNG, WebP or TIFF")
            }
            pixels::Error::NoPreview => Diagnostic::error(error.to_string())
                .help("export it as JPEG from the program that develops your RAW files"),
            pixels::Error::TooLarge(_) | pixels::Error::TooMuchMemory => {
                Diagnostic::error(error.to_string()).help("save a smaller version of it")
            }
            _ => damaged(&error.to_string()),
        },
    )?;
    Ok(Entry { digest: Digest::of(&bytes), facts: Some(facts) })
}

fn read_film(file: &FileEntry, program: &str, timeout: Duration) -> Result<Entry<Facts>, Unread> {
    let digest = read_digest(file)?;
    match ffmpeg::Source::open(&file.absolute).and_then(|source| ffmpeg::probe(program, &source, timeout)) {
        Ok(Some(probe)) => Ok(Entry { digest, facts: Some(Facts::of(What::Video(probe))) }),
        Ok(None) => Err(damaged("there are no moving pictures in it").into()),
        Err(Trouble::NotFound) => {
            let error =
                Diagnostic::error(format!("the video cannot be looked into: there is no `{program}` on this machine"));
            let help = format!("it comes with ffmpeg: {}, or build without videos: `--skip-video`", install("ffmpeg"));
            Err(error.help(help).into())
        }
        Err(Trouble::Refused(instead)) => Err(instead.diagnostic("video").into()),
        Err(Trouble::Stalled(stall)) => {
            Err(Diagnostic::error(format!("the video cannot be read: {stall}")).help(stall.help()).into())
        }
        Err(trouble) => Err(match trouble.exhaustion(program) {
            Some(failure) => Unread::Machine(failure),
            None => damaged(&format!("the video cannot be read: {trouble}")).into(),
        }),
    }
}

/// Of a video of which nothing is asked.
fn read_nothing(file: &FileEntry) -> Result<Entry<Facts>, Diagnostic> {
    Ok(Entry { digest: read_digest(file)?, facts: Some(Facts::default()) })
}

/// The usual shape, and nothing else.
fn unknown() -> Probe {
    let size = pixels::Size { width: 1920, height: 1080 };
    Probe { size, duration: 0, stream: 0, video: String::new(), pixels: String::new(), audio: None }
}

fn read_sound(file: &FileEntry, scanner: &Scanner) -> Result<Entry<Facts>, Diagnostic> {
    let (digest, leaks) = scanner.read(&file.absolute).map_err(unreadable(file))?;
    not_empty(digest)?;
    let (head, tail) = ends(file).map_err(unreadable(file))?;
    let kind = SoundKind::of(&head, &tail);
    if kind.is_none() {
        // It has to be converted, so it has to be something that may be.
        ffmpeg::Source::open(&file.absolute).map_err(|trouble| match trouble {
            Trouble::Refused(instead) => instead.diagnostic("sound"),
            trouble => damaged(&format!("the sound cannot be read: {trouble}")),
        })?;
    }
    Ok(Entry { digest, facts: Some(Facts::telling(Some(What::Sound(kind)), &leaks)) })
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

fn read_digest(file: &FileEntry) -> Result<Digest, Diagnostic> {
    let (digest, len) = Digest::and_len_of_file(&file.absolute).map_err(unreadable(file))?;
    read_whole(file, len)?;
    not_empty(digest)
}

fn not_empty(digest: Digest) -> Result<Digest, Diagnostic> {
    if digest == Digest::of(b"") { Err(damaged("the file is empty")) } else { Ok(digest) }
}

/// A hash of fewer bytes than the file has must not be remembered: the next run would believe it.
fn read_whole(file: &FileEntry, len: u64) -> Result<(), Diagnostic> {
    if len == file.stat.len {
        return Ok(());
    }
    let error = Diagnostic::error(format!("{len} bytes were read of a file of {} bytes", file.stat.len));
    Err(error.help("build again when nothing writes to the file any more; if that does not help, check the disk"))
}

/// Of a file that is published as it is, and may be empty.
fn read_any(file: &FileEntry, scanner: &Scanner) -> Result<Entry<Facts>, Diagnostic> {
    let (digest, leaks) = scanner.read(&file.absolute).map_err(unreadable(file))?;
    Ok(Entry { digest, facts: Some(Facts::telling(None, &leaks)) })
}

fn unreadable(file: &FileEntry) -> impl Fn(io::Error) -> Diagnostic {
    move |error| {
        let help = cure_reading(&error, &file.absolute, "replace the file, or remove its name from the settings");
        Diagnostic::error(format!("cannot read the file: {error}")).help(help)
    }
}

fn damaged(message: &str) -> Diagnostic {
    Diagnostic::error(message).help("replace the file, or remove its name from the settings")
}

/// What is shown then may have other colours than it should; nothing else is known of them.
fn bad_profile(path: &SitePath, header: &Header) -> Option<Diagnostic> {
    let warning = Diagnostic::warning("the colour profile is damaged or not for such pixels, and is ignored");
    let help = "open the picture in an editor and save it again, if its colours are not as they should be";
    header.bad_profile.then(|| warning.in_file(path.as_str()).help(help))
}

/// Metadata that is not read is no reason to refuse a photo, but its author will miss what stands there.
fn unread(path: &SitePath, about: &About) -> Option<Diagnostic> {
    let warning = Diagnostic::warning(format!("its XMP is not read: {}", about.unread.as_ref()?));
    Some(warning.in_file(path.as_str()).help("title, caption and credit that stand there are not used"))
}

/// Content decides what a file is; that its name says otherwise is worth knowing.
fn wrong_extension(path: &SitePath, format: Format) -> Option<Diagnostic> {
    let usual = format.extensions();
    let extension = path.extension();
    if extension.is_empty() || usual.iter().any(|usual| extension.eq_ignore_ascii_case(usual)) {
        return None;
    }
    let warning = Diagnostic::warning(format!("the name ends in `.{extension}`, but the content is {format}"));
    // Each maker of cameras has an extension of its own.
    let rename = if format == Format::Raw { String::new() } else { format!("; rename it to `.{}`", usual[0]) };
    Some(warning.in_file(path.as_str()).help(format!("it is read as {format}{rename}")))
}
