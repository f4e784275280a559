//! Converts videos and sounds into the store.
//!
//! In: the plan's transcodes, the store. Out: the stored file of each transcode. ffmpeg makes the missing ones, as many in parallel as
//! there are jobs. It writes to a temporary file, which gets its final name when it is complete.

use std::io;
use std::path::Path;

use super::arguments::{self, Input};
use super::work::{self, NO_BUDGET, Outcome, Trouble, do_all};
use crate::cache::{Digest, Store, StoredFile};
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop, cure, cure_reading};
use crate::ffmpeg::{self, Job};
use crate::machine::progress::{Progress, Silent};
use crate::plan::{Plan, Transcode, TranscodeSource};
use crate::site::Site;

/// The source of a transcode.
struct TranscodeInput<'a> {
    /// The kind of source for messages: "video" or "sound".
    what: &'static str,
    shown: &'a str,
    digest: Digest,
    /// Duration in milliseconds; 0 if unknown.
    duration: u64,
    file: &'a Path,
    /// Index of the video stream; `None` for a sound.
    pictures: Option<u32>,
    has_sound: bool,
}

impl<'a> TranscodeInput<'a> {
    fn of(site: &'a Site, source: TranscodeSource) -> Self {
        match source {
            TranscodeSource::Video(id) => {
                let video = &site.videos[id.index()];
                Self {
                    what: "video",
                    shown: video.path.as_str(),
                    digest: video.digest,
                    duration: video.probe.duration,
                    file: &video.absolute,
                    pictures: Some(video.probe.stream),
                    has_sound: video.probe.audio.is_some(),
                }
            }
            TranscodeSource::Sound(id) => {
                let sound = &site.sounds[id.index()];
                Self {
                    what: "sound",
                    shown: sound.path.as_str(),
                    digest: sound.digest,
                    duration: 0,
                    file: &sound.absolute,
                    pictures: None,
                    has_sound: true,
                }
            }
        }
    }

    /// Returns the number of progress steps: the duration in seconds, at least 1.
    fn steps(&self) -> u64 {
        self.duration.div_ceil(1000).max(1)
    }

    /// Returns the longest plausible duration of a transcode in milliseconds, if the duration of the source is known: ten times that, and
    /// an hour. Durations in files are unreliable; the limit only stops a program that would never end.
    fn longest(&self) -> Option<u64> {
        const HOUR: u64 = 3_600_000;
        (self.duration > 0).then(|| self.duration.saturating_mul(10).saturating_add(HOUR))
    }
}

/// Converts all files that the store does not contain. A source that cannot be converted is an error in the report; the others are
/// converted.
pub(super) fn render(
    site: &Site,
    plan: &Plan,
    store: &Store,
    jobs: usize,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<Outcome, Stop> {
    let held: Vec<Option<StoredFile>> = plan.transcodes.iter().map(|transcode| store.get(transcode.key)).collect();
    let missing: Vec<(usize, &Transcode, TranscodeInput<'_>)> = plan
        .transcodes
        .iter()
        .enumerate()
        .filter(|(number, _)| held[*number].is_none())
        .map(|(number, transcode)| (number, transcode, TranscodeInput::of(site, transcode.source)))
        .collect();
    if missing.is_empty() {
        return work::outcome(held, Vec::new(), report);
    }
    let at_once = jobs.clamp(1, missing.len());
    let threads = (jobs / at_once).max(1);
    let pixels = |transcode: &Transcode| transcode.recipe.size.map_or(1, |size| size.pixels().max(1));
    // The sum cannot overflow the budget: a day of the largest video is far below it.
    let weights: Vec<u64> = missing.iter().map(|(_, transcode, source)| source.steps() * pixels(transcode)).collect();
    progress.begin("seconds of video", missing.iter().map(|(_, _, source)| source.steps()).sum());
    let results = do_all(&weights, at_once, NO_BUDGET, &|number, _| {
        let (_, transcode, source) = &missing[number];
        make(transcode, source, store, threads, progress)
    });
    progress.end();
    let results = missing.iter().map(|(number, ..)| *number).zip(results).collect();
    work::outcome(held, results, report)
}

/// Converts one file with this many threads.
pub(super) fn make_one(site: &Site, transcode: &Transcode, store: &Store, threads: usize) -> Result<(), Trouble> {
    make(transcode, &TranscodeInput::of(site, transcode.source), store, threads, &Silent).map(drop)
}

fn make(
    transcode: &Transcode,
    source: &TranscodeInput<'_>,
    store: &Store,
    threads: usize,
    progress: &dyn Progress,
) -> Result<StoredFile, Trouble> {
    unchanged(source.what, source.shown, source.file, source.digest)?;
    let (tool, failed) = (&transcode.tool, |output: &Path, trouble: ffmpeg::FfmpegError| {
        failed(source.what, source.shown, &transcode.tool.binary, output, &trouble)
    });
    let opened = ffmpeg::InputFile::open(source.file).map_err(|trouble| failed(source.file, trouble))?;
    let input = Input { source: &opened, pictures: source.pictures, has_sound: source.has_sound };
    let written = store.begin(transcode.key).map_err(Trouble::Machine)?;
    let arguments = arguments::transcode(tool, &transcode.recipe, input, threads, written.path());
    let (mut told, steps) = (0, source.steps());
    let job = Job { program: &tool.binary, arguments: &arguments, timeout: tool.timeout };
    let result = ffmpeg::convert(job, written.path(), source.longest(), &mut |milliseconds| {
        let done = (milliseconds / 1000).clamp(told, steps);
        progress.advance(done - told);
        told = done;
    });
    progress.advance(steps - told);
    result.map_err(|trouble| failed(written.path(), trouble))?;
    store.keep(transcode.key, written).map_err(Trouble::Machine)
}

/// Checks that a source is still the file that the plan was made for.
pub(super) fn unchanged(what: &str, shown: &str, file: &Path, digest: Digest) -> Result<(), Trouble> {
    let error = |message: String, help: &str| {
        Trouble::Source(Diagnostic::new(Code::FileUnreadable, message).in_file(shown).help(help))
    };
    let now = Digest::of_file(file).map_err(|cause| {
        let help = cure_reading(&cause, file, "check that the file exists and is readable");
        error(format!("cannot read the {what}: {cause}"), &help)
    })?;
    match now == digest {
        true => Ok(()),
        false => {
            let message = format!("the {what} changed during the build");
            let error = Diagnostic::new(Code::FileChanged, message).in_file(shown);
            Err(Trouble::Doubted(Box::new((file.to_owned(), error.help("run the build again")))))
        }
    }
}

/// Classifies a failure of ffmpeg: a failure of the machine, such as a full disk, or an error in the source or the options.
pub(super) fn failed(what: &str, shown: &str, binary: &str, output: &Path, trouble: &ffmpeg::FfmpegError) -> Trouble {
    if let ffmpeg::FfmpegError::Failed { said, .. } = trouble
        && said.iter().any(|line| line.contains("No space left on device"))
    {
        return Trouble::Machine(Failure::on("write", output)(io::ErrorKind::StorageFull.into()));
    }
    if let Some(failure) = trouble.exhaustion(binary) {
        return Trouble::Machine(failure);
    }
    let code = if what == "video" { Code::VideoNotConverted } else { Code::SoundNotConverted };
    let error = Diagnostic::new(code, format!("cannot convert the {what}: {trouble}"));
    let known = if let ffmpeg::FfmpegError::Io(cause) = trouble { cure(cause) } else { None };
    let error = match (trouble, known) {
        (_, Some(known)) => error.help(known),
        (ffmpeg::FfmpegError::Refused(instead), _) => instead.diagnostic(what),
        (ffmpeg::FfmpegError::Stalled(stall), _) => error.help(stall.help()),
        _ => error.help(format!(
            "check that the file plays, and check the options in `settings.ffmpeg`; the text is the last output of `{binary}`"
        )),
    };
    Trouble::Source(error.in_file(shown))
}
