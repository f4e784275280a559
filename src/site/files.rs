//! Reading the files that the site shows: digests of all, headers of photos, what videos and sounds are.
//!
//! What the ledger knows is not read again. The rest is read once, by several threads; the results, and what is said
//! about them, do not depend on which thread was first.

use std::io::{self, Read as _, Seek, SeekFrom};
use std::path::PathBuf;
use std::time::Duration;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cache::{Digest, Entry, Ledger};
use crate::diagnostic::{Diagnostic, cure_reading};
use crate::ffmpeg::{self, Probe, Trouble};
use crate::image::{self, About, Format, Header};
use crate::machine::caught::caught;
use crate::machine::fs::{self, File};
use crate::progress::Progress;
use crate::site::attachments::Attached;
use crate::site::gate::Gate;
use crate::site::used::Used;
use crate::site::{Attachment, Clip, Photo, SoundKind};
use crate::source::{FileEntry, SitePath};

/// A photo is held in memory as a whole, so there has to be an end to its length: 1 GiB.
const LONGEST_PHOTO: u64 = 1 << 30;

/// How much of photos is held at once while they are looked into: 64 MiB, which keeps disks and digests busy.
const AT_ONCE: u64 = 64 << 20;

/// How much of a sound's beginning and end is looked at.
const ENDS: u64 = 1 << 16;

/// What the ledger remembers of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Facts {
    /// Of a photo: what has to be known to render it, and what it says about itself.
    Photo(Box<(Header, About)>),
    /// Of a video.
    Film(Probe),
    /// Of a sound; `None` if browsers may not play it.
    Sound(Option<SoundKind>),
}

/// All that was read.
#[derive(Default)]
pub(super) struct Files {
    pub(super) photos: Read<Photo>,
    pub(super) clips: Read<Clip>,
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
pub(super) fn read(
    used: &Used<'_>,
    attached: &Attached<'_>,
    probing: &Probing,
    ledger: &mut Ledger<Facts>,
    progress: &dyn Progress,
) -> Files {
    let count = used.photos().len() + used.clips().len() + used.sounds().len() + attached.len();
    progress.begin("photos read", count as u64);
    let attached_files: Vec<_> = attached.values().copied().collect();
    let mut reading = Reading { ledger, progress, problems: Vec::new() };
    let gate = Gate::new(AT_ONCE);
    let photos = reading.all(
        used.photos(),
        &|file| read_photo(file, &gate),
        |facts| matches!(facts, Some(Facts::Photo(photo)) if photo.0.stored.pixels() > 0),
    );
    let clips = match probing {
        Probing::With { program, timeout } => {
            let read = |file: &FileEntry| read_film(file, program, *timeout);
            reading.all(used.clips(), &read, |facts| matches!(facts, Some(Facts::Film(film)) if film.size.pixels() > 0))
        }
        Probing::Unknown => reading.all(used.clips(), &read_nothing, |_| true),
        Probing::Skipped => vec![None; used.clips().len()],
        Probing::Impossible(why) => {
            let problems = used.clips().iter().map(|(path, _)| why.clone().in_file(path.as_str()));
            reading.problems.extend(problems);
            vec![None; used.clips().len()]
        }
    };
    let sounds = reading.all(used.sounds(), &read_sound, |facts| matches!(facts, Some(Facts::Sound(_))));
    let attachments = reading.all(&attached_files, &read_any, |_| true);
    let mut problems = reading.problems;
    progress.end();

    let photos = used.photos().iter().zip(photos).map(|((path, file), entry)| {
        let Entry { digest, facts } = entry?;
        let Some(Facts::Photo(facts)) = facts else { return None };
        let (header, about) = *facts;
        problems.extend(wrong_extension(path, header.format));
        problems.extend(bad_profile(path, &header));
        problems.extend(unread(path, &about));
        let (path, absolute) = ((*path).clone(), file.absolute.clone());
        Some(Photo { path, absolute, digest, len: file.stat.len, header, about })
    });
    let photos = photos.collect();
    let clips = used.clips().iter().zip(clips).map(|((path, file), entry)| {
        let Entry { digest, facts } = entry?;
        let film = if let Some(Facts::Film(film)) = facts { film } else { unknown() };
        Some(Clip { path: (*path).clone(), absolute: file.absolute.clone(), digest, len: file.stat.len, film })
    });
    let sounds = used.sounds().iter().zip(sounds).map(|((path, file), entry)| {
        let Entry { digest, facts } = entry?;
        let kind = if let Some(Facts::Sound(kind)) = facts { kind } else { None };
        Some(SoundFile { path: (*path).clone(), absolute: file.absolute.clone(), digest, len: file.stat.len, kind })
    });
    let attachments = attached.iter().zip(attachments).filter_map(|((to, (path, file)), entry)| {
        let (path, to, absolute) = ((*path).clone(), to.clone(), file.absolute.clone());
        Some(Attachment { path, to, absolute, digest: entry?.digest, len: file.stat.len })
    });
    let attachments = attachments.collect();
    Files { photos, clips: clips.collect(), sounds: sounds.collect(), attachments, problems }
}

struct Reading<'a> {
    ledger: &'a mut Ledger<Facts>,
    progress: &'a dyn Progress,
    problems: Vec<Diagnostic>,
}

impl Reading<'_> {
    /// Asks the ledger for each file, and reads it if the answer is not `enough`.
    fn all(
        &mut self,
        files: &[(&SitePath, &FileEntry)],
        read: &(dyn Fn(&FileEntry) -> Result<Entry<Facts>, Diagnostic> + Sync),
        enough: fn(Option<&Facts>) -> bool,
    ) -> Vec<Option<Entry<Facts>>> {
        let (ledger, progress) = (&*self.ledger, self.progress);
        let answers: Vec<_> = files
            .par_iter()
            .map(|(path, file)| {
                let known = ledger.get(path.as_str(), &file.stat).filter(|entry| enough(entry.facts.as_ref()));
                let answer = match known {
                    Some(entry) => (Ok(entry.clone()), false),
                    None => (read(file), true),
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
            entries.push(answer.map_err(|problem| self.problems.push(problem.in_file(path.as_str()))).ok());
        }
        entries
    }
}

fn read_photo(file: &FileEntry, gate: &Gate) -> Result<Entry<Facts>, Diagnostic> {
    if file.stat.len > LONGEST_PHOTO {
        let mebibytes = file.stat.len >> 20;
        let error = Diagnostic::error(format!("the file is too long for a picture: {mebibytes} MiB of at most 1024"));
        return Err(error.help("save it in a format that compresses"));
    }
    let _passed = gate.pass(file.stat.len);
    let bytes = fs::read(&file.absolute).map_err(unreadable)?;
    read_whole(file, bytes.len() as u64)?;
    // A fault in a decoder must cost one photo and not the run.
    let read = || Ok(Facts::Photo(Box::new((image::read_header(&bytes)?, image::read_about(&bytes)))));
    let facts = caught(read).map_err(|panic| damaged("the decoder of this picture failed").cause(panic))?.map_err(
        |error: image::Error| match &error {
            image::Error::UnsupportedFormat { found } => Diagnostic::error(error.to_string()).help(found.help),
            image::Error::UnsupportedKind { .. } => {
                Diagnostic::error(error.to_string()).help("save it as JPEG, PNG, WebP or TIFF")
            }
            image::Error::NoPreview => Diagnostic::error(error.to_string())
                .help("export it as JPEG from the program that develops your RAW files"),
            image::Error::TooLarge(_) | image::Error::TooMuchMemory => {
                Diagnostic::error(error.to_string()).help("save a smaller version of it")
            }
            _ => damaged(&error.to_string()),
        },
    )?;
    Ok(Entry { digest: Digest::of(&bytes), facts: Some(facts) })
}

fn read_film(file: &FileEntry, program: &str, timeout: Duration) -> Result<Entry<Facts>, Diagnostic> {
    let digest = read_digest(file)?;
    match ffmpeg::Source::open(&file.absolute).and_then(|source| ffmpeg::probe(program, &source, timeout)) {
        Ok(Some(film)) => Ok(Entry { digest, facts: Some(Facts::Film(film)) }),
        Ok(None) => Err(damaged("there are no moving pictures in it")),
        Err(Trouble::NotFound) => {
            let error =
                Diagnostic::error(format!("the video cannot be looked into: there is no `{program}` on this machine"));
            Err(error.help("it comes with ffmpeg; install it beside, or build without videos: `--skip-video`"))
        }
        Err(Trouble::Refused(instead)) => Err(instead.diagnostic("video")),
        Err(Trouble::Stalled(stall)) => {
            Err(Diagnostic::error(format!("the video cannot be read: {stall}")).help(stall.help()))
        }
        Err(trouble) => Err(damaged(&format!("the video cannot be read: {trouble}"))),
    }
}

/// Of a video of which nothing is asked.
fn read_nothing(file: &FileEntry) -> Result<Entry<Facts>, Diagnostic> {
    Ok(Entry { digest: read_digest(file)?, facts: None })
}

/// The usual shape, and nothing else.
fn unknown() -> Probe {
    let size = image::Size { width: 1920, height: 1080 };
    Probe { size, duration: 0, stream: 0, video: String::new(), pixels: String::new(), audio: None }
}

fn read_sound(file: &FileEntry) -> Result<Entry<Facts>, Diagnostic> {
    let digest = read_digest(file)?;
    let (head, tail) = ends(file).map_err(unreadable)?;
    let kind = SoundKind::of(&head, &tail);
    if kind.is_none() {
        // It has to be converted, so it has to be something that may be.
        ffmpeg::Source::open(&file.absolute).map_err(|trouble| match trouble {
            Trouble::Refused(instead) => instead.diagnostic("sound"),
            trouble => damaged(&format!("the sound cannot be read: {trouble}")),
        })?;
    }
    Ok(Entry { digest, facts: Some(Facts::Sound(kind)) })
}

fn ends(file: &FileEntry) -> io::Result<(Vec<u8>, Vec<u8>)> {
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut open = File::open(&file.absolute)?;
    open.by_ref().take(ENDS).read_to_end(&mut head)?;
    open.seek(SeekFrom::Start(file.stat.len.saturating_sub(ENDS)))?;
    open.take(ENDS).read_to_end(&mut tail)?;
    Ok((head, tail))
}

fn read_digest(file: &FileEntry) -> Result<Digest, Diagnostic> {
    let digest = any_digest(file)?;
    if digest == Digest::of(b"") {
        return Err(damaged("the file is empty"));
    }
    Ok(digest)
}

/// Of a file that may be empty.
fn any_digest(file: &FileEntry) -> Result<Digest, Diagnostic> {
    let (digest, len) = Digest::and_len_of_file(&file.absolute).map_err(unreadable)?;
    read_whole(file, len)?;
    Ok(digest)
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
fn read_any(file: &FileEntry) -> Result<Entry<Facts>, Diagnostic> {
    Ok(Entry { digest: any_digest(file)?, facts: None })
}

fn unreadable(error: io::Error) -> Diagnostic {
    let help = cure_reading(&error, "replace the file, or remove its name from the settings");
    Diagnostic::error(format!("cannot read the file: {error}")).help(help)
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
