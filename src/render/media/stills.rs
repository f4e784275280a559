//! Renders stills into the store: one frame of each video, in the sizes that pages need.
//!
//! In: the plan's frames and stills, the store. Out: the stored file of each still, and placeholders. A video whose stills are all in the
//! store is not opened. The pixel library renders frames like photos.

use std::collections::BTreeMap;

use super::arguments::{self, Input};
use super::work::{self, Outcome, Trouble, do_all};
use super::{deep, photos, transcodes};
use crate::cache::{Store, StoredFile};
use crate::diagnostic::{Code, Diagnostic, Failure, Report, Stop};
use crate::ffmpeg::{self, Job};
use crate::machine::Share;
use crate::machine::caught::caught;
use crate::machine::gate::Gate;
use crate::machine::progress::Progress;
use crate::plan::{Plan, PlannedFrame, Still};
use crate::site::{Site, VideoFile, VideoId};
use pixels::{Parallelism, Placeholder, Recipe, Sequential};

/// Positions of candidate frames, in twentieths of the duration. The first frame with visible content is taken. The very first is tried
/// first: the video then starts with the frame that the poster showed.
const PLACES: [u64; 6] = [0, 1, 3, 6, 10, 15];

/// Least mean brightness of a frame, and least distance between its dark and its bright parts, on a scale to 255. Frames below are black or
/// of a single colour.
const BRIGHT: u64 = 24;
const CONTRAST: u64 = 24;

/// Renders all stills that the store does not contain.
pub(super) fn render(
    site: &Site,
    plan: &Plan,
    store: &Store,
    share: &Share,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<Outcome, Stop> {
    let held: Vec<Option<StoredFile>> = plan.stills.iter().map(|still| store.get(still.key)).collect();
    // Frames and groups of stills are in the same order.
    let groups = plan.stills.chunk_by(|a, b| a.video == b.video);
    let mut first = 0;
    let mut work = Vec::new();
    for (frame, stills) in plan.frames.iter().zip(groups) {
        let missing: Vec<usize> = (first..first + stills.len()).filter(|number| held[*number].is_none()).collect();
        first += stills.len();
        if !missing.is_empty() {
            work.push((frame, missing));
        }
    }
    if work.is_empty() {
        return work::outcome(held, Vec::new(), report);
    }
    let weights: Vec<u64> = work.iter().map(|(frame, _)| weight(frame)).collect();
    progress.begin("posters", work.len() as u64);
    let results = do_all(&weights, share.jobs, share.memory, &|number, threads| {
        let (frame, missing) = &work[number];
        let stills: Vec<&Still> = missing.iter().map(|&number| &plan.stills[number]).collect();
        let result = make(&site.videos[frame.video.index()], frame, &stills, store, threads);
        progress.advance(1);
        result
    });
    progress.end();
    let mut made = Vec::new();
    for ((_, missing), result) in work.iter().zip(results) {
        match result {
            Some(Ok(files)) => made.extend(missing.iter().copied().zip(files.into_iter().map(|file| Some(Ok(file))))),
            Some(Err(trouble)) => made.push((missing[0], Some(Err(trouble)))),
            None => made.push((missing[0], None)),
        }
    }
    work::outcome(held, made, report)
}

/// Returns the memory in bytes for the stills of a frame: two frames during the choice, or one frame and the pixels rendered from it. Frames
/// of a high range have samples of 16 bits.
fn weight(frame: &PlannedFrame) -> u64 {
    let bytes = longest(frame);
    let depth = if frame.preparation.range().is_some() { 2 } else { 1 };
    (2 * bytes).max(depth * (bytes + pixels::memory_for_frame(frame.size)))
}

/// Returns an upper bound for the length of a frame in bytes: four per pixel, although a BMP has three, and a header.
fn longest(frame: &PlannedFrame) -> u64 {
    frame.size.pixels() * 4 + 4096
}

/// Reads the placeholder of each video; `files` are the stored files of the plan's stills.
pub(super) fn placeholders(plan: &Plan, files: &[StoredFile]) -> Result<BTreeMap<VideoId, Placeholder>, Failure> {
    let survey = |frame: &PlannedFrame| Ok((frame.video, photos::survey(&files[frame.survey.index()])?.placeholder));
    plan.frames.iter().map(survey).collect()
}

/// Renders the missing stills of one video on the calling thread, once `gate` admits the memory for them.
pub(super) fn make_some(site: &Site, plan: &Plan, video: VideoId, store: &Store, gate: &Gate) -> Result<(), Trouble> {
    let Some(frame) = plan.frames.iter().find(|frame| frame.video == video) else { return Ok(()) };
    let missing = plan.stills.iter().filter(|still| still.video == video && store.get(still.key).is_none());
    let missing: Vec<&Still> = missing.collect();
    if missing.is_empty() {
        return Ok(());
    }
    let _passed = gate.pass(weight(frame));
    make(&site.videos[video.index()], frame, &missing, store, &Sequential).map(drop)
}

fn make(
    video: &VideoFile,
    frame: &PlannedFrame,
    stills: &[&Still],
    store: &Store,
    threads: &dyn Parallelism,
) -> Result<Vec<StoredFile>, Trouble> {
    transcodes::unchanged("video", video.path.as_str(), &video.absolute, video.digest)?;
    let bytes = extract(video, frame)?;
    let recipes: Vec<Recipe> = stills.iter().map(|still| still.recipe.clone()).collect();
    let render = || {
        let header = pixels::read_header(&bytes)?;
        pixels::render_with(&bytes, &header, &recipes, threads)
    };
    let outputs = caught(render);
    Err(match outputs {
        Ok(Ok(outputs)) if outputs.len() == stills.len() => {
            let put = |(still, bytes): (&&Still, Vec<u8>)| store.put(still.key, &bytes).map_err(Trouble::Machine);
            return stills.iter().zip(outputs).map(put).collect();
        }
        Ok(Ok(_)) => unusable(video, "some sizes are missing", None),
        Ok(Err(cause)) => unusable(video, &cause.to_string(), None),
        Err(panic) => unusable(video, "the decoder of cimaise failed", Some(panic.to_string())),
    })
}

fn unusable(video: &VideoFile, why: &str, cause: Option<String>) -> Trouble {
    let error = Diagnostic::new(Code::VideoNoStill, format!("cannot extract a picture from the video: {why}"));
    let error =
        error.in_file(video.path.as_str()).help("check that the file plays, or remove its name from the settings");
    Trouble::Source(Diagnostic { cause, ..error })
}

/// Returns the frame that represents a video, as the pixel library reads it.
fn extract(video: &VideoFile, frame: &PlannedFrame) -> Result<Vec<u8>, Trouble> {
    let failed = |trouble: &ffmpeg::FfmpegError| {
        transcodes::failed("video", video.path.as_str(), &frame.tool.binary, &video.absolute, trouble)
    };
    let source = ffmpeg::InputFile::open(&video.absolute).map_err(|trouble| failed(&trouble))?;
    let input = Input { source: &source, pictures: Some(video.probe.stream), has_sound: false };
    let (at, bytes) = choose(video, frame, input, &failed)?;
    let Some(range) = frame.preparation.range() else { return Ok(bytes) };
    let arguments = arguments::deep_frame(frame, range, input, at);
    let job = Job { program: &frame.tool.binary, arguments: &arguments, timeout: frame.tool.timeout };
    let bytes = ffmpeg::capture(job, 2 * longest(frame)).map_err(|trouble| failed(&trouble))?;
    Ok(deep::tag(bytes, range.curve))
}

/// Returns the first frame with visible content, or else the brightest frame with the most contrast, and its place in milliseconds.
fn choose(
    video: &VideoFile,
    frame: &PlannedFrame,
    input: Input<'_>,
    failed: &dyn Fn(&ffmpeg::FfmpegError) -> Trouble,
) -> Result<(u64, Vec<u8>), Trouble> {
    let limit = longest(frame);
    let mut best: Option<(u64, (u64, Vec<u8>))> = None;
    for place in PLACES {
        let at = video.probe.duration * place / 20;
        if place > 0 && at == 0 {
            break;
        }
        let arguments = arguments::frame(frame, input, at);
        let job = Job { program: &frame.tool.binary, arguments: &arguments, timeout: frame.tool.timeout };
        let bytes = match ffmpeg::capture(job, limit) {
            Ok(bytes) if bytes.is_empty() => continue,
            Ok(bytes) => bytes,
            // Once a frame was extracted, later failures are not worth an error, and not worth waiting for several timeouts.
            Err(ffmpeg::FfmpegError::Stalled(_)) if best.is_some() => break,
            Err(_) if best.is_some() => continue,
            Err(trouble) => return Err(failed(&trouble)),
        };
        let (bright, contrast) = look(&bytes);
        if bright >= BRIGHT && contrast >= CONTRAST {
            return Ok((at, bytes));
        }
        if best.as_ref().is_none_or(|(shown, _)| bright + contrast > *shown) {
            best = Some((bright + contrast, (at, bytes)));
        }
    }
    best.map(|(_, found)| found).ok_or_else(|| unusable(video, "there is no frame in it", None))
}

/// Returns the mean of all samples of a BMP, and the distance between the darkest and the brightest twentieth. The header and the padding
/// of rows have too few bytes to matter.
fn look(bmp: &[u8]) -> (u64, u64) {
    let mut counts = [0_u64; 256];
    bmp.iter().for_each(|&byte| counts[usize::from(byte)] += 1);
    let total = (bmp.len() as u64).max(1);
    let mean = counts.iter().zip(0_u64..).map(|(count, value)| count * value).sum::<u64>() / total;
    let below = |share: u64| {
        let mut sum = 0;
        counts.iter().position(|count| {
            sum += count;
            sum * 20 >= total * share
        })
    };
    let (dark, bright) = (below(1).unwrap_or(0) as u64, below(19).unwrap_or(0) as u64);
    (mean, bright.saturating_sub(dark))
}

#[cfg(test)]
mod tests {
    use super::look;

    #[test]
    fn black_and_plain_frames_are_told_from_pictures() {
        assert_eq!(look(&[0; 1000]), (0, 0));
        assert_eq!(look(&[255; 1000]), (255, 0));
        let picture: Vec<u8> = (0..=255).cycle().take(25_600).collect();
        assert_eq!(look(&picture), (127, 231));
        assert_eq!(look(&[]), (0, 0));
    }
}
