//! Reads a video: its digest, and the facts that ffprobe reports.

use std::time::Duration;

use crate::cache::LedgerEntry;
use crate::diagnostic::{Code, Diagnostic, Place, install};
use crate::ffmpeg::{self, FfmpegError, Probe};
use crate::site::model::VideoFile;
use crate::site::read::common::{bad, read_digest};
use crate::site::read::facts::{Facts, What};
use crate::site::read::list::{FileList, Listed};
use crate::site::read::reader::{FileReader, Unread};
use crate::source::FileEntry;

/// The way to probe videos.
pub(in crate::site) enum Probing {
    /// With this program, which is stopped after `timeout` without progress.
    With { program: String, timeout: Duration },
    /// Videos are neither probed nor listed.
    Skipped,
    /// Videos are listed without being probed.
    Unknown,
    /// Videos cannot be probed; contains the diagnostic for each of them.
    Impossible(Diagnostic),
}

/// Reads all videos.
pub(in crate::site) fn read_all(
    files: &[Listed<'_>],
    reader: &mut FileReader<'_>,
    probing: &Probing,
) -> FileList<VideoFile> {
    let entries = match probing {
        Probing::With { program, timeout } => reader.all(
            files,
            &|file| read_video(file, program, *timeout),
            |facts| matches!(&facts.what, Some(What::Video(probe)) if probe.size.pixels() > 0),
        ),
        Probing::Unknown => reader.all(files, &|file| Ok(read_nothing(file)?), |_| true),
        Probing::Skipped => vec![None; files.len()],
        // The settings name a program that does not exist; the videos are not the cause.
        Probing::Impossible(why) if matches!(why.place, Place::Span(_)) => {
            reader.problems.push(why.clone());
            vec![None; files.len()]
        }
        Probing::Impossible(why) => {
            reader.problems.extend(files.iter().map(|(path, _)| why.clone().in_file(path.as_str())));
            vec![None; files.len()]
        }
    };
    FileList::of(files, entries, video)
}

fn video((path, file): Listed<'_>, entry: LedgerEntry<Facts>) -> Option<VideoFile> {
    let what = entry.facts.and_then(|facts| facts.what);
    let probe = if let Some(What::Video(probe)) = what { probe } else { unknown() };
    Some(VideoFile { path: path.clone(), absolute: file.absolute.clone(), digest: entry.digest, probe })
}

/// Returns the facts about a video without reading all of it; `None` if there is a problem, which [`read_all`] reports.
pub(super) fn probed(file: &FileEntry, probing: &Probing) -> Option<Facts> {
    let Probing::With { program, timeout } = probing else { return None };
    let source = ffmpeg::InputFile::open(&file.absolute).ok()?;
    let probe = ffmpeg::probe(program, &source, *timeout).ok()??;
    Some(Facts::of(What::Video(probe)))
}

fn read_video(file: &FileEntry, program: &str, timeout: Duration) -> Result<LedgerEntry<Facts>, Unread> {
    let digest = read_digest(file)?;
    match ffmpeg::InputFile::open(&file.absolute).and_then(|source| ffmpeg::probe(program, &source, timeout)) {
        Ok(Some(probe)) => Ok(LedgerEntry { digest, facts: Some(Facts::of(What::Video(probe))) }),
        Ok(None) => Err(bad(Code::VideoNotAVideo, "the file contains no moving pictures").into()),
        Err(FfmpegError::NotFound) => {
            let message = format!("cannot inspect the video: `{program}` was not found");
            let error = Diagnostic::new(Code::VideoNoFfmpeg, message);
            let help =
                format!("`ffprobe` is part of ffmpeg: {}; or skip videos with `--skip-video`", install("ffmpeg"));
            Err(error.help(help).into())
        }
        Err(FfmpegError::Refused(instead)) => Err(instead.diagnostic("video").into()),
        Err(FfmpegError::Stalled(stall)) => {
            let message = format!("cannot inspect the video: {stall}");
            Err(Diagnostic::new(Code::VideoNotConverted, message).help(stall.help()).into())
        }
        Err(trouble) => Err(match trouble.exhaustion(program) {
            Some(failure) => Unread::Machine(failure),
            None => bad(Code::VideoNotConverted, &format!("cannot inspect the video: {trouble}")).into(),
        }),
    }
}

/// Reads only the digest of a video.
fn read_nothing(file: &FileEntry) -> Result<LedgerEntry<Facts>, Diagnostic> {
    Ok(LedgerEntry { digest: read_digest(file)?, facts: Some(Facts::default()) })
}

/// Returns a placeholder with the most common size.
fn unknown() -> Probe {
    let size = pixels::Size { width: 1920, height: 1080 };
    Probe {
        size,
        duration: 0,
        stream: 0,
        video: String::new(),
        pixels: String::new(),
        audio: None,
        created: None,
        is_interlaced: false,
        range: None,
    }
}
