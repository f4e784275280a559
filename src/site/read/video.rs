//! Reading a video: its digest, and what ffprobe says of it.

use std::time::Duration;

use crate::cache::LedgerEntry;
use crate::diagnostic::{Diagnostic, install};
use crate::ffmpeg::{self, FfmpegError, Probe};
use crate::site::model::VideoFile;
use crate::site::read::common::{damaged, read_digest};
use crate::site::read::facts::{Facts, What};
use crate::site::read::list::{FileList, Listed};
use crate::site::read::reader::{FileReader, Unread};
use crate::source::FileEntry;

/// How videos are probed.
pub(in crate::site) enum Probing {
    /// By this program, which may make no progress for `timeout`.
    With { program: String, timeout: Duration },
    /// Not at all: no video is listed.
    Skipped,
    /// Videos are listed, and nothing is known of them.
    Unknown,
    /// Videos cannot be probed: the diagnostic for each.
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

fn read_video(file: &FileEntry, program: &str, timeout: Duration) -> Result<LedgerEntry<Facts>, Unread> {
    let digest = read_digest(file)?;
    match ffmpeg::InputFile::open(&file.absolute).and_then(|source| ffmpeg::probe(program, &source, timeout)) {
        Ok(Some(probe)) => Ok(LedgerEntry { digest, facts: Some(Facts::of(What::Video(probe))) }),
        Ok(None) => Err(damaged("there are no moving pictures in it").into()),
        Err(FfmpegError::NotFound) => {
            let error =
                Diagnostic::error(format!("the video cannot be looked into: there is no `{program}` on this machine"));
            let help = format!("it comes with ffmpeg: {}, or build without videos: `--skip-video`", install("ffmpeg"));
            Err(error.help(help).into())
        }
        Err(FfmpegError::Refused(instead)) => Err(instead.diagnostic("video").into()),
        Err(FfmpegError::Stalled(stall)) => {
            Err(Diagnostic::error(format!("the video cannot be read: {stall}")).help(stall.help()).into())
        }
        Err(trouble) => Err(match trouble.exhaustion(program) {
            Some(failure) => Unread::Machine(failure),
            None => damaged(&format!("the video cannot be read: {trouble}")).into(),
        }),
    }
}

/// Reads a video of which nothing is asked but its digest.
fn read_nothing(file: &FileEntry) -> Result<LedgerEntry<Facts>, Diagnostic> {
    Ok(LedgerEntry { digest: read_digest(file)?, facts: Some(Facts::default()) })
}

/// The usual shape, and nothing else.
fn unknown() -> Probe {
    let size = pixels::Size { width: 1920, height: 1080 };
    Probe { size, duration: 0, stream: 0, video: String::new(), pixels: String::new(), audio: None }
}
