use std::time::Duration;

use super::*;
use crate::site::testing::spanned;

fn encoders(names: &str) -> Encoders {
    let lines = names.split_whitespace().map(|name| format!(" V..... {name} x\n"));
    Encoders::parse(&format!(" ------\n{}", lines.collect::<String>()))
}

const ALL: &str = "libx264 aac libvpx libvpx-vp9 libvorbis libopus libmp3lame libaom-av1 flac";

fn options(keys: &[(&str, &str)]) -> FfmpegOptions {
    let value = |name: &str| keys.iter().find(|(key, _)| *key == name).map(|(_, value)| spanned(*value));
    FfmpegOptions {
        binary: value("binary"),
        loglevel: value("loglevel"),
        format: value("format"),
        resolution: value("resolution"),
        vbitrate: value("vbitrate"),
        abitrate: value("abitrate"),
        audio: value("audio"),
        video: value("video"),
        other: value("other"),
        extension: value("extension"),
        timeout: None,
    }
}

fn video(keys: &[(&str, &str)]) -> Conversion {
    of_video(&options(keys), "ffmpeg", &encoders(ALL)).unwrap_or_else(|error| panic!("{}", error.message))
}

/// Returns container, encoders and extension as one text.
fn kind(keys: &[(&str, &str)]) -> String {
    let Conversion { codecs, extension, .. } = video(keys);
    format!("{} {} {} {extension}", codecs.format, codecs.video.unwrap_or_default(), codecs.audio)
}

#[test]
fn without_a_word_it_is_what_every_browser_plays() {
    let conversion = video(&[]);
    assert_eq!(kind(&[]), "mp4 libx264 aac mp4");
    assert_eq!((conversion.codecs.video_bitrate, conversion.codecs.other.len()), (None, 0));
    assert_eq!(
        conversion.tool,
        Tool {
            binary: "ffmpeg".into(),
            loglevel: "error".into(),
            timeout: Duration::from_secs(60),
            filters: Filters::default()
        }
    );
}

#[test]
fn an_ffmpeg_without_h264_makes_what_recitale_makes() {
    let few = encoders("libvpx libvorbis mpeg4 aac");
    let codecs = of_video(&FfmpegOptions::default(), "ffmpeg", &few).expect("possible").codecs;
    assert_eq!((&*codecs.format, codecs.video.as_deref(), &*codecs.audio), ("webm", Some("libvpx"), "libvorbis"));
    assert_eq!((codecs.video_bitrate.as_deref(), codecs.audio_bitrate.as_deref()), (Some("3900k"), Some("100k")));
    assert_eq!(codecs.other, OTHER);
}

#[test]
fn one_word_of_the_author_says_what_goes_with_it() {
    assert_eq!(kind(&[("format", "webm")]), "webm libvpx libvorbis webm");
    assert_eq!(kind(&[("extension", ".WebM")]), "webm libvpx libvorbis webm");
    assert_eq!(kind(&[("video", "libvpx-vp9")]), "webm libvpx-vp9 libvorbis webm");
    assert_eq!(kind(&[("video", "libaom-av1"), ("format", "mp4")]), "mp4 libaom-av1 aac mp4");
    assert_eq!(kind(&[("audio", "libopus")]), "webm libvpx libopus webm");
    assert_eq!(kind(&[("extension", "m4v")]), "mp4 libx264 aac m4v");
    assert_eq!(kind(&[("format", "matroska")]), "matroska libx264 aac mkv");
}

#[test]
fn the_limits_of_recitale_do_not_hold_for_bitrates_of_the_author() {
    let codecs = video(&[("video", "libvpx"), ("vbitrate", " 8000k ")]).codecs;
    assert_eq!((codecs.video_bitrate.as_deref(), codecs.other.len()), (Some("8000k"), 0));
    assert_eq!(video(&[("video", "libvpx"), ("other", "-crf '4'")]).codecs.other, ["-crf", "4"]);
}

#[test]
fn a_missing_encoder_is_named_with_its_key() {
    let message = |keys: &[(&str, &str)], there: &str| {
        of_video(&options(keys), "ffmpeg", &encoders(there)).expect_err("refused").message
    };
    assert_eq!(
        message(&[("video", "libx265")], ALL),
        "the installed ffmpeg has no encoder `libx265`, which `video` names"
    );
    assert_eq!(
        message(&[("format", "webm")], "libx264 aac"),
        "the installed ffmpeg has no encoder `libvpx` or `libvpx-vp9`"
    );
    assert_eq!(message(&[("audio", "x")], ALL), "the installed ffmpeg has no encoder `x`, which `audio` names");
    assert_eq!(message(&[], ""), "the installed ffmpeg has no encoder `libvpx` or `libvpx-vp9`");
}

#[test]
fn sizes_extensions_and_arguments_are_checked() {
    assert_eq!(video(&[("resolution", "1280x720")]).bounds, Some(Size { width: 1280, height: 720 }));
    for (key, value) in [
        ("resolution", "720p"),
        ("resolution", "0x720"),
        ("extension", "a/b"),
        ("extension", "."),
        ("other", "-vf \"scale"),
    ] {
        let error = of_video(&options(&[(key, value)]), "ffmpeg", &encoders(ALL)).expect_err(value);
        assert!(error.message.contains(if key == "other" { key } else { value }), "{}", error.message);
    }
}

#[test]
fn a_video_comes_before_the_site_and_empty_texts_count_as_nothing() {
    let site = options(&[("format", "webm"), ("vbitrate", "1000k"), ("binary", "avconv")]);
    let both = laid_over(&options(&[("vbitrate", "2000k"), ("binary", " ")]), &site);
    assert_eq!(both, options(&[("format", "webm"), ("vbitrate", "2000k"), ("binary", "avconv")]));
}

#[test]
fn sounds_become_mp3_or_what_the_author_asks_for() {
    let sound = |keys: &[(&str, &str)]| {
        let Conversion { codecs, extension, .. } =
            of_sound(&options(keys), "ffmpeg", &encoders(ALL)).unwrap_or_else(|error| panic!("{}", error.message));
        format!("{} {} {extension}", codecs.format, codecs.audio)
    };
    assert_eq!(sound(&[]), "mp3 libmp3lame mp3");
    assert_eq!(sound(&[("audio", "libvorbis")]), "ogg libvorbis ogg");
    assert_eq!(sound(&[("extension", "opus")]), "ogg libopus opus");
    assert_eq!(sound(&[("extension", "m4a")]), "mp4 aac m4a");
    assert_eq!(sound(&[("audio", "libmp3lame"), ("extension", "mp3")]), "mp3 libmp3lame mp3");
}
