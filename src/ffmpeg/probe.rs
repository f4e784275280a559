//! Reading a file's properties with ffprobe.

use std::ffi::OsString;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::filters::{Curve, HighRange};
use super::program::is_avconv;
use super::run::{Job, capture};
use super::source::InputFile;
use super::trouble::FfmpegError;
use pixels::Size;

/// Properties of a video needed for its layout and conversion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// Size as displayed: after rotation, and with square pixels.
    pub size: Size,
    /// Duration in milliseconds; 0 if unknown.
    pub duration: u64,
    /// Index of the video stream.
    pub stream: u32,
    /// Codec of the video stream.
    pub video: String,
    /// Pixel format.
    pub pixels: String,
    /// Codec of the sound, if there is any.
    pub audio: Option<String>,
    /// Time of the recording that the file states, in seconds since the epoch.
    #[serde(default)]
    pub created: Option<i64>,
    /// Whether frames consist of two fields, taken one after the other.
    pub is_interlaced: bool,
    /// The high dynamic range of the pictures; `None` for that of ordinary screens.
    pub range: Option<HighRange>,
}

/// Longest answer in bytes; enough for thousands of streams.
const LONGEST_ANSWER: u64 = 4 << 20;

/// Largest width or height in pixels; no encoder accepts more.
const LARGEST: u64 = 65_535;

#[derive(Deserialize)]
struct ProbeAnswer {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: ProbedFormat,
}

#[derive(Deserialize, Default)]
struct ProbedFormat {
    duration: Option<String>,
    #[serde(default)]
    tags: FormatTags,
}

#[derive(Deserialize, Default)]
struct FormatTags {
    creation_time: Option<String>,
}

#[derive(Deserialize)]
struct Stream {
    index: Option<u32>,
    codec_type: Option<String>,
    codec_name: Option<String>,
    width: Option<u64>,
    height: Option<u64>,
    sample_aspect_ratio: Option<String>,
    pix_fmt: Option<String>,
    field_order: Option<String>,
    color_transfer: Option<String>,
    color_primaries: Option<String>,
    color_space: Option<String>,
    duration: Option<String>,
    #[serde(default)]
    disposition: Disposition,
    #[serde(default)]
    side_data_list: Vec<SideData>,
    #[serde(default)]
    tags: Tags,
}

#[derive(Deserialize, Default)]
struct Disposition {
    #[serde(default)]
    attached_pic: i64,
}

#[derive(Deserialize)]
struct SideData {
    rotation: Option<f64>,
}

/// Tags of a stream: versions before 5 print the rotation here.
#[derive(Deserialize, Default)]
struct Tags {
    rotate: Option<String>,
}

/// Entries requested from ffprobe. They include no free text of the file but its time, which could be of any length.
const ENTRIES: &str = "format=duration:format_tags=creation_time:stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,pix_fmt,duration,\
                       field_order,color_transfer,color_primaries,color_space:\
                       stream_disposition=attached_pic:stream_tags=rotate:stream_side_data=rotation";

/// Probes a file; `None` if it contains no moving pictures. ffprobe's own defaults bound how much it reads to find the streams
/// (5 MB or 5 seconds of the film).
///
/// # Errors
/// If the program does not exist or cannot read the file.
pub fn probe(program: &str, source: &InputFile, timeout: Duration) -> Result<Option<Probe>, FfmpegError> {
    let asked: &[&str] = match is_avconv(program) {
        true => &["-v", "error", "-of", "json", "-show_format", "-show_streams"],
        false => &["-hide_banner", "-v", "error", "-of", "json", "-show_entries", ENTRIES],
    };
    let mut arguments: Vec<OsString> = asked.iter().map(OsString::from).collect();
    arguments.extend(source.probed(program));
    Ok(parse(&capture(Job { program, arguments: &arguments, timeout }, LONGEST_ANSWER)?))
}

fn parse(answer: &[u8]) -> Option<Probe> {
    let ProbeAnswer { streams, format } = serde_json::from_slice(answer).ok()?;
    let is = |stream: &&Stream, kind: &str| stream.codec_type.as_deref() == Some(kind);
    // The cover of an album is a video stream among sounds.
    let video = streams.iter().find(|stream| is(stream, "video") && stream.disposition.attached_pic == 0)?;
    let audio = streams.iter().find(|stream| is(stream, "audio"));
    let duration = [&format.duration, &video.duration].into_iter().flatten().find_map(|text| milliseconds(text));
    Some(Probe {
        size: display(video)?,
        duration: duration.unwrap_or(0),
        stream: video.index?,
        video: video.codec_name.clone().unwrap_or_default(),
        pixels: video.pix_fmt.clone().unwrap_or_default(),
        audio: audio.map(|stream| stream.codec_name.clone().unwrap_or_default()),
        created: format.tags.creation_time.as_deref().and_then(created),
        is_interlaced: is_interlaced(video),
        range: high_range(video),
    })
}

/// Whether frames consist of fields. ffprobe does not tell the order of fields in DV, of which all but few have them.
fn is_interlaced(stream: &Stream) -> bool {
    match stream.field_order.as_deref() {
        Some("tt" | "bb" | "tb" | "bt") => true,
        Some("progressive") => false,
        _ => stream.codec_name.as_deref() == Some("dvvideo"),
    }
}

fn high_range(stream: &Stream) -> Option<HighRange> {
    let curve = match stream.color_transfer.as_deref()? {
        "smpte2084" => Curve::Pq,
        "arib-std-b67" => Curve::Hlg,
        _ => return None,
    };
    let tags = [&stream.color_primaries, &stream.color_space].map(|tag| tag.as_deref().unwrap_or("unknown"));
    Some(HighRange { curve, is_tagged: !tags.contains(&"unknown") })
}

/// Size of the pictures as displayed.
fn display(stream: &Stream) -> Option<Size> {
    let (mut width, mut height) = (stream.width?, stream.height?);
    if let Some((across, down)) = stream.sample_aspect_ratio.as_deref().and_then(ratio) {
        width = (width.checked_mul(across)?.checked_add(down / 2)? / down).max(1);
    }
    let rotation = stream.side_data_list.iter().find_map(|data| data.rotation);
    let rotation = rotation.or_else(|| stream.tags.rotate.as_deref()?.parse().ok()).unwrap_or(0.0);
    // Odd multiples of a quarter turn swap the sides. Cameras only write quarter turns.
    if ((rotation / 90.0).round() % 2.0).abs() > 0.5 {
        (width, height) = (height, width);
    }
    let side = |side: u64| u32::try_from(side).ok().filter(|_| (1..=LARGEST).contains(&side));
    Some(Size { width: side(width)?, height: side(height)? })
}

/// Parses a ratio such as `4:3`; `0:1` means unknown.
fn ratio(text: &str) -> Option<(u64, u64)> {
    let (across, down) = text.split_once(':')?;
    let (across, down) = (across.parse().ok()?, down.parse().ok()?);
    (across > 0 && down > 0).then_some((across, down))
}

/// Parses the time of a recording. Cameras without a clock write the beginning of 1904 or 1970.
fn created(text: &str) -> Option<i64> {
    let time: jiff::Timestamp = text.parse().ok()?;
    Some(time.as_second()).filter(|second| *second > 86_400)
}

fn milliseconds(seconds: &str) -> Option<u64> {
    let seconds: f64 = seconds.parse().ok()?;
    // At most a year, so that sums cannot overflow.
    (seconds > 0.0 && seconds < 31_536_000.0).then_some((seconds * 1000.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(video: &str) -> Option<Probe> {
        let answer = format!(
            r#"{{"streams": [
                {{"index": 0, "codec_type": "video", "codec_name": "png", "width": 9, "height": 9, "disposition": {{"attached_pic": 1}}}},
                {{"index": 1, "codec_type": "audio", "codec_name": "aac"}},
                {{"index": 2, "codec_type": "video", "codec_name": "h264", "pix_fmt": "yuv420p", {video}}}],
                "format": {{"duration": "2.5"}}}}"#
        );
        parse(answer.as_bytes())
    }

    #[test]
    fn what_is_told_of_the_stream_with_the_pictures_counts() {
        let probe = of(r#""width": 1920, "height": 1080"#).expect("a video");
        assert_eq!((probe.size.width, probe.size.height, probe.duration, probe.stream), (1920, 1080, 2500, 2));
        assert_eq!((&*probe.video, &*probe.pixels, probe.audio.as_deref()), ("h264", "yuv420p", Some("aac")));
    }

    #[test]
    fn the_size_is_turned_and_has_square_pixels() {
        let size = |more: &str| {
            let size = of(&format!(r#""width": 720, "height": 576{more}"#)).expect("a video").size;
            (size.width, size.height)
        };
        assert_eq!(size(""), (720, 576));
        assert_eq!(size(r#", "sample_aspect_ratio": "0:1""#), (720, 576));
        assert_eq!(size(r#", "sample_aspect_ratio": "64:45""#), (1024, 576));
        assert_eq!(size(r#", "side_data_list": [{}, {"rotation": -90}]"#), (576, 720));
        assert_eq!(size(r#", "side_data_list": [{"rotation": 180}]"#), (720, 576));
        assert_eq!(size(r#", "tags": {"rotate": "270"}"#), (576, 720));
    }

    #[test]
    fn the_time_of_the_recording_is_read_if_the_camera_had_a_clock() {
        assert_eq!(created("2024-05-01T10:00:00.000000Z"), Some(1_714_557_600));
        assert_eq!(["1970-01-01T00:00:00Z", "1904-01-01T00:00:00Z", "yesterday", ""].map(created), [None; 4]);
    }

    #[test]
    fn fields_and_high_ranges_are_recognised_by_their_tags() {
        let of = |more: &str| {
            let probe = of(&format!(r#""width": 720, "height": 576{more}"#)).expect("a video");
            (probe.is_interlaced, probe.range)
        };
        assert_eq!(of(r#", "field_order": "progressive", "color_transfer": "bt709""#), (false, None));
        assert_eq!(of(r#", "field_order": "unknown""#), (false, None));
        assert!(of(r#", "field_order": "bb""#).0 && of(r#", "field_order": "tb""#).0);
        let tagged = r#", "color_transfer": "arib-std-b67", "color_primaries": "bt2020", "color_space": "bt2020nc""#;
        assert_eq!(of(tagged).1, Some(HighRange { curve: Curve::Hlg, is_tagged: true }));
        let bare = r#", "color_transfer": "smpte2084", "color_primaries": "bt2020""#;
        assert_eq!(of(bare).1, Some(HighRange { curve: Curve::Pq, is_tagged: false }));
    }

    #[test]
    fn an_answer_without_pictures_is_none() {
        assert_eq!(parse(b"{}"), None);
        assert_eq!(parse(b""), None);
        assert_eq!(of(r#""width": 0, "height": 1080"#), None);
        assert_eq!(of(r#""width": 1, "height": 99999999"#), None);
    }
}
