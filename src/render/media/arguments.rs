//! Arguments for ffmpeg.
//!
//! Every argument that affects the result comes from the recipe; a change here that affects the result must raise `ARGUMENTS` in
//! `plan::keys`. The author's own arguments come last, so that they take precedence.

use std::ffi::OsString;
use std::path::Path;

use crate::ffmpeg::{HighRange, InputFile, is_avconv, named};
use crate::plan::{PlannedFrame, TranscodeRecipe};
use crate::site::Tool;
use pixels::Size;

/// The source of a transcode or a frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'a> {
    pub(super) source: &'a InputFile,
    /// Index of the video stream; `None` for a sound.
    pub(super) pictures: Option<u32>,
    pub(super) has_sound: bool,
}

/// Returns the arguments for a transcode into `output`.
pub(super) fn transcode(
    tool: &Tool,
    recipe: &TranscodeRecipe,
    input: Input<'_>,
    threads: usize,
    output: &Path,
) -> Vec<OsString> {
    let codecs = &recipe.codecs;
    let mut all = begin(tool);
    if !is_avconv(&tool.binary) {
        all.extend(["-progress", "pipe:1", "-nostats"].map(OsString::from));
    }
    all.extend(open(tool, threads, input.source));
    let mut add = |arguments: &[&str]| all.extend(arguments.iter().map(OsString::from));
    if let (Some(stream), Some(encoder)) = (input.pictures, &codecs.video) {
        add(&["-map", &format!("0:{stream}"), "-c:v", encoder]);
        if let Some(size) = recipe.size.filter(|_| encoder != "copy") {
            add(&["-vf", &recipe.preparation.for_film(&scaled(size)), "-pix_fmt", "yuv420p"]);
            if recipe.preparation.range().is_some() {
                add(&[
                    "-color_primaries",
                    "bt709",
                    "-color_trc",
                    "bt709",
                    "-colorspace",
                    "bt709",
                    "-color_range",
                    "tv",
                ]);
            }
        }
        if let Some(rate) = &codecs.video_bitrate {
            add(&["-b:v", rate]);
        }
    }
    if input.has_sound {
        add(&["-map", "0:a:0", "-c:a", &codecs.audio]);
        if let Some(rate) = &codecs.audio_bitrate {
            add(&["-b:a", rate]);
        }
    }
    // Remove locations and camera names. Omit the date and the encoder's version, which would make the output differ between runs.
    add(&["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"]);
    add(&["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]);
    add(&["-threads", &threads.to_string()]);
    if ["mp4", "mov"].contains(&codecs.format.as_str()) {
        // Browsers need the index first, so it is moved to the start of the file.
        add(&["-movflags", "+faststart"]);
    }
    codecs.other.iter().for_each(|argument| add(&[argument]));
    add(&["-f", &codecs.format, "-y"]);
    all.push(named(output));
    all
}

/// Returns the arguments for a frame, written to standard output as a BMP. A high dynamic range stays as it is.
pub(super) fn frame(frame: &PlannedFrame, input: Input<'_>, milliseconds: u64) -> Vec<OsString> {
    let filters = frame.preparation.for_still(&scaled(frame.size));
    still(frame, input, milliseconds, &filters, ["bmp", "bgr24"])
}

/// Returns the arguments for a frame of high dynamic range, written to standard output as a PNG of 16 bits. Its samples are those of the
/// film, as red, green and blue.
pub(super) fn deep_frame(frame: &PlannedFrame, range: HighRange, input: Input<'_>, milliseconds: u64) -> Vec<OsString> {
    let matrix = if range.is_tagged { "auto" } else { "bt2020" };
    let options = format!("+accurate_rnd+full_chroma_int:in_color_matrix={matrix}");
    let scale = scaled_with(frame.size, &options) + ",format=rgb48be";
    still(frame, input, milliseconds, &frame.preparation.for_still(&scale), ["png", "rgb48be"])
}

fn still(
    frame: &PlannedFrame,
    input: Input<'_>,
    milliseconds: u64,
    filters: &str,
    [encoder, pixels]: [&str; 2],
) -> Vec<OsString> {
    let tool = &frame.tool;
    let mut all = begin(tool);
    // Raw streams without a container cannot be seeked, not even to their start.
    if milliseconds > 0 {
        all.extend(["-ss", &format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000)].map(OsString::from));
    }
    all.extend(open(tool, 1, input.source));
    let stream = format!("0:{}", input.pictures.unwrap_or(0));
    let rest = ["-map", &stream, "-frames:v", "1", "-vf", filters, "-c:v", encoder, "-pix_fmt", pixels];
    all.extend(rest.map(OsString::from));
    all.extend(["-f", "image2pipe", "pipe:1"].map(OsString::from));
    all
}

fn begin(tool: &Tool) -> Vec<OsString> {
    let mut all = vec!["-loglevel".into(), OsString::from(&tool.loglevel)];
    if !is_avconv(&tool.binary) {
        all.extend(["-hide_banner", "-nostdin"].map(OsString::from));
    }
    all
}

/// Returns the arguments that open the source. ffmpeg turns a rotated video upright, if the version supports that, and drops its rotation
/// flag.
fn open(tool: &Tool, threads: usize, source: &InputFile) -> Vec<OsString> {
    let mut all: Vec<OsString> = ["-threads", &threads.to_string()].map(OsString::from).into();
    all.extend(source.input(&tool.binary));
    all
}

fn scaled(size: Size) -> String {
    scaled_with(size, "")
}

/// The same with further flags and options of the filter.
fn scaled_with(size: Size, more: &str) -> String {
    format!("scale={}:{}:flags=lanczos{more},setsar=1", size.width, size.height)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::ffmpeg::{Container, Filters, Preparation};
    use crate::plan::StillId;
    use crate::site::{Codecs, VideoId};

    fn recipe(video: Option<&str>) -> TranscodeRecipe {
        TranscodeRecipe {
            size: video.map(|_| Size { width: 64, height: 36 }),
            codecs: Codecs {
                format: "mp4".into(),
                video: video.map(Into::into),
                audio: "aac".into(),
                video_bitrate: Some("900k".into()),
                audio_bitrate: None,
                other: vec!["-crf".into(), "20; rm -r /".into()],
            },
            preparation: Preparation::default(),
        }
    }

    fn joined(binary: &str, video: Option<&str>, has_sound: bool) -> String {
        let tool = Tool {
            binary: binary.into(),
            loglevel: "warning".into(),
            timeout: Duration::from_secs(60),
            filters: Filters::default(),
        };
        let source = InputFile::known("/a/-b c.mkv", Container::Matroska);
        let input = Input { source: &source, pictures: video.map(|_| 2), has_sound };
        let all = transcode(&tool, &recipe(video), input, 3, Path::new("/store/x"));
        all.iter().map(|argument| argument.to_string_lossy()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn a_video_is_scaled_stripped_and_ready_to_be_streamed() {
        assert_eq!(
            joined("ffmpeg", Some("libx264"), true),
            "-loglevel|warning|-hide_banner|-nostdin|-progress|pipe:1|-nostats|-threads|3|\
             -f|matroska|-format_whitelist|matroska|-protocol_whitelist|file|-i|file:/a/-b c.mkv|-map|0:2|-c:v|libx264|-vf|scale=64:36:flags=lanczos,setsar=1|-pix_fmt|yuv420p|\
             -b:v|900k|-map|0:a:0|-c:a|aac|-map_metadata|-1|-map_chapters|-1|-sn|-dn|-fflags|+bitexact|\
             -flags:v|+bitexact|-flags:a|+bitexact|-threads|3|-movflags|+faststart|-crf|20; rm -r /|\
             -f|mp4|-y|file:/store/x"
        );
    }

    #[test]
    fn what_is_not_there_is_not_asked_for() {
        let silent = joined("ffmpeg", Some("libx264"), false);
        assert!(!silent.contains("0:a:0") && !silent.contains("aac"), "{silent}");
        let sound = joined("ffmpeg", None, true);
        assert!(!sound.contains("-c:v") && !sound.contains("-vf") && !sound.contains("-b:v"), "{sound}");
        let copied = joined("ffmpeg", Some("copy"), true);
        assert!(!copied.contains("-vf") && !copied.contains("-pix_fmt"), "{copied}");
    }

    #[test]
    fn avconv_is_asked_for_nothing_that_it_does_not_know() {
        let all = joined("/usr/bin/avconv", Some("libx264"), true);
        let unknown = ["-nostdin", "-progress", "-protocol_whitelist", "-format_whitelist", "-hide_banner"];
        assert!(unknown.iter().all(|option| !all.contains(option)), "{all}");
    }

    #[test]
    fn the_first_frame_is_not_searched_for() {
        let tool = Tool {
            binary: "ffmpeg".into(),
            loglevel: "error".into(),
            timeout: Duration::from_secs(60),
            filters: Filters::default(),
        };
        let source = InputFile::known("/a", Container::H264);
        let input = Input { source: &source, pictures: Some(0), has_sound: false };
        let (video, survey) = (VideoId::at(0), StillId::at(0));
        let size = Size { width: 64, height: 36 };
        let planned = PlannedFrame { video, tool, size, preparation: Preparation::default(), survey };
        let asked = |at| frame(&planned, input, at).contains(&"-ss".into());
        assert!(!asked(0) && asked(1));
    }
}
