//! Conversion settings for videos and sounds: the author's options, with defaults filled in.
//!
//! In: `ffmpeg` and `ffmpeg_audio`, overridden by the options of one video, and the encoders that the program has.
//! Out: a [`Conversion`], or the problem with the options.

use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::ffmpeg::{Encoders, Filters};
use crate::site::model::{Codecs, Conversion, Tool};
use crate::source::{FfmpegOptions, Spanned};
use pixels::Size;

/// Video encoders for mp4, which every browser plays, in order of preference.
const H264: [&str; 2] = ["libx264", "libopenh264"];
const AAC: [&str; 2] = ["aac", "libfdk_aac"];
const VP8: [&str; 2] = ["libvpx", "libvpx-vp9"];
const VORBIS: [&str; 2] = ["libvorbis", "libopus"];
const MP3: [&str; 2] = ["libmp3lame", "libshine"];

/// récitale's defaults for libvpx.
const BITRATE: &str = "3900k";
const SOUND_BITRATE: &str = "100k";
const OTHER: [&str; 8] = ["-qmin", "10", "-qmax", "42", "-maxrate", "500k", "-bufsize", "1500k"];

/// Returns the options for one video: its own, with those of the site as defaults.
pub(in crate::site) fn laid_over(own: &FfmpegOptions, site: &FfmpegOptions) -> FfmpegOptions {
    let either = |pick: fn(&FfmpegOptions) -> &Option<Spanned<String>>| {
        let written = |text: &&Spanned<String>| !text.value.trim().is_empty();
        pick(own).as_ref().filter(written).or(pick(site).as_ref().filter(written)).cloned()
    };
    FfmpegOptions {
        timeout: site.timeout,
        binary: either(|options| &options.binary),
        loglevel: either(|options| &options.loglevel),
        format: either(|options| &options.format),
        resolution: either(|options| &options.resolution),
        vbitrate: either(|options| &options.vbitrate),
        abitrate: either(|options| &options.abitrate),
        audio: either(|options| &options.audio),
        video: either(|options| &options.video),
        other: either(|options| &options.other),
        extension: either(|options| &options.extension),
    }
}

/// Returns the conversion of a video by `binary`, which has these encoders.
///
/// # Errors
/// The problem with the options, or the missing encoder.
pub(in crate::site) fn of_video(
    given: &FfmpegOptions,
    binary: &str,
    encoders: &Encoders,
) -> Result<Conversion, Diagnostic> {
    let (video, audio) = (text(&given.video), text(&given.audio));
    let extension = given.extension.as_ref().map(extension).transpose()?;
    let format = match (text(&given.format), extension.as_deref().and_then(container), video, audio) {
        (Some(format), ..) => format,
        (None, Some(format), ..) => format,
        (None, None, Some(video), _) if is_for_webm(video) => "webm",
        (None, None, Some("libtheora"), _) => "ogg",
        (None, None, None, Some(audio)) if VORBIS.contains(&audio) => "webm",
        (None, None, None, None) if encoders.first(&H264).is_none() || encoders.first(&AAC).is_none() => "webm",
        _ => "mp4",
    };
    let (usual_video, usual_audio): (&[&str], &[&str]) = match format {
        "webm" => (&VP8, &VORBIS),
        "ogg" | "ogv" => (&["libtheora"], &VORBIS),
        _ => (&H264, &AAC),
    };
    let whose = given.format.as_ref().or(given.extension.as_ref()).map(|format| format.span);
    let video = choose("video", &given.video, usual_video, whose, encoders)?;
    let audio = choose("audio", &given.audio, usual_audio, whose, encoders)?;
    let measured = matches!(video.as_str(), "libx264" | "libx265" | "libtheora" | "copy");
    let vbitrate = given.vbitrate.as_ref();
    let other = match &given.other {
        Some(other) => shell_words::split(&other.value).map_err(|problem| {
            Diagnostic::new(Code::SettingsInvalidValue, format!("cannot split `other` into arguments: {problem}"))
                .at(other.span)
                .help("write arguments as in a shell, like `-crf 20 -preset slow`")
        })?,
        // récitale's limits are tuned for its bitrate.
        None if video == VP8[0] && vbitrate.is_none() => OTHER.map(str::to_owned).into(),
        None => Vec::new(),
    };
    Ok(Conversion {
        tool: tool(given, binary),
        extension: extension.unwrap_or_else(|| usual_extension(format)),
        bounds: given.resolution.as_ref().map(resolution).transpose()?,
        codecs: Codecs {
            format: format.to_owned(),
            video_bitrate: vbitrate
                .map_or((!measured).then_some(BITRATE), |rate| Some(rate.value.trim()))
                .map(str::to_owned),
            audio_bitrate: text(&given.abitrate).or((audio == VORBIS[0]).then_some(SOUND_BITRATE)).map(str::to_owned),
            video: Some(video),
            audio,
            other,
        },
    })
}

/// Returns the conversion of a sound with the options of `ffmpeg_audio`.
///
/// # Errors
/// The problem with the options, or the missing encoder.
pub(in crate::site) fn of_sound(
    given: &FfmpegOptions,
    binary: &str,
    encoders: &Encoders,
) -> Result<Conversion, Diagnostic> {
    let written = given.extension.as_ref().map(extension).transpose()?;
    let extension = written.as_deref().unwrap_or_else(|| text(&given.audio).map_or("mp3", extension_of_sound));
    let (format, usual): (&str, &[&str]) = match extension {
        "mp3" => ("mp3", &MP3),
        "ogg" | "oga" => ("ogg", &VORBIS),
        "opus" => ("ogg", &["libopus"]),
        "m4a" | "mp4" => ("mp4", &AAC),
        "aac" => ("adts", &AAC),
        "flac" => ("flac", &["flac"]),
        "wav" => ("wav", &["pcm_s16le"]),
        "webm" => ("webm", &["libopus", "libvorbis"]),
        other => (other, &MP3),
    };
    let whose = given.extension.as_ref().map(|extension| extension.span);
    let audio = choose("audio", &given.audio, usual, whose, encoders)?;
    let codecs = Codecs {
        format: format.to_owned(),
        video: None,
        audio,
        video_bitrate: None,
        audio_bitrate: None,
        other: Vec::new(),
    };
    Ok(Conversion { tool: tool(given, binary), codecs, extension: extension.to_owned(), bounds: None })
}

/// Returns the file extension for the output of an audio encoder.
pub(in crate::site) fn extension_of_sound(encoder: &str) -> &'static str {
    match encoder {
        "libvorbis" | "vorbis" => "ogg",
        "libopus" | "opus" => "opus",
        "aac" | "libfdk_aac" => "m4a",
        "flac" => "flac",
        pcm if pcm.starts_with("pcm_") => "wav",
        _ => "mp3",
    }
}

fn text(given: &Option<Spanned<String>>) -> Option<&str> {
    given.as_ref().map(|text| text.value.trim())
}

fn tool(given: &FfmpegOptions, binary: &str) -> Tool {
    let loglevel = text(&given.loglevel).unwrap_or("error").to_owned();
    Tool { binary: binary.to_owned(), loglevel, timeout: timeout(given), filters: Filters::default() }
}

/// Returns the time without progress after which a program is stopped; one minute by default.
pub(in crate::site) fn timeout(given: &FfmpegOptions) -> Duration {
    Duration::from_secs(given.timeout.map_or(60, |timeout| timeout.value.into()))
}

/// Returns the encoder that the author chose under `key`, or else the first available of `usual`; `whose` is the
/// position of the setting that chose the container, if any.
fn choose(
    key: &str,
    given: &Option<Spanned<String>>,
    usual: &[&str],
    whose: Option<Span>,
    encoders: &Encoders,
) -> Result<String, Diagnostic> {
    if let Some(given) = given {
        let name = given.value.trim();
        if encoders.has(name) {
            return Ok(name.to_owned());
        }
        let error = Diagnostic::new(
            Code::VideoNoEncoder,
            format!("the installed ffmpeg has no encoder `{name}`, which `{key}` names"),
        );
        let there = match encoders.first(usual) {
            Some(there) => format!("remove `{key}`, or write `{key}: {there}`; "),
            None => String::new(),
        };
        return Err(error.at(given.span).help(format!("{there}`ffmpeg -encoders` lists the available encoders")));
    }
    if let Some(name) = encoders.first(usual) {
        return Ok(name.to_owned());
    }
    let error = Diagnostic::new(
        Code::VideoNoEncoder,
        format!("the installed ffmpeg has no encoder `{}`", usual.join("` or `")),
    );
    let help =
        format!("install an ffmpeg with this encoder, or name another with `{key}`; `ffmpeg -encoders` lists them");
    let error = error.help(help);
    Err(whose.map_or(error.clone(), |span| error.at(span)))
}

fn is_for_webm(encoder: &str) -> bool {
    ["vp8", "vp9", "vpx", "av1"].iter().any(|codec| encoder.contains(codec))
}

/// Returns the usual container for an extension.
fn container(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "webm" => "webm",
        "mp4" | "m4v" => "mp4",
        "mov" => "mov",
        "ogv" | "ogg" => "ogg",
        "mkv" => "matroska",
        _ => return None,
    })
}

fn usual_extension(format: &str) -> String {
    match format {
        "ogg" => "ogv".to_owned(),
        "matroska" => "mkv".to_owned(),
        format => format.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase(),
    }
}

/// Parses an extension (`webm`); a leading dot is accepted.
fn extension(given: &Spanned<String>) -> Result<String, Diagnostic> {
    let extension = given.value.trim().trim_start_matches('.').to_ascii_lowercase();
    if (1..=8).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Ok(extension);
    }
    let error = Diagnostic::new(
        Code::SettingsInvalidValue,
        format!("expected a file extension for `extension`, found `{}`", given.value.trim()),
    );
    Err(error.at(given.span).help("write up to eight letters and digits, like `webm` or `mp4`"))
}

/// Parses a resolution (`1280x720`), in pixels.
fn resolution(given: &Spanned<String>) -> Result<Size, Diagnostic> {
    let side = |text: &str| text.trim().parse::<u32>().ok().filter(|side| (2..=16_384).contains(side));
    let sides = given.value.trim().split_once(['x', 'X', '×']);
    let size = sides.and_then(|(width, height)| Some(Size { width: side(width)?, height: side(height)? }));
    size.ok_or_else(|| {
        let error = Diagnostic::new(
            Code::SettingsInvalidValue,
            format!("expected a size for `resolution`, found `{}`", given.value.trim()),
        );
        error.at(given.span).help("write width and height in pixels, like `1280x720`")
    })
}

#[cfg(test)]
#[path = "conversion_tests.rs"]
mod tests;
