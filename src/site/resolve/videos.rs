//! Resolves videos where they are used, and decides which sounds have to be converted.

use std::time::Duration;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::ffmpeg::{Filters, Probe};
use crate::site::model::{Codecs, Conversion, PictureOptions, SoundId, Tool, Video, VideoId, VideoPlace};
use crate::site::policy::defaults;
use crate::site::read::SoundKind;
use crate::site::resolve::media::{Resolver, caption_of};
use crate::site::videos::VideoPolicy;
use crate::site::videos::conversion::{self, laid_over};
use crate::site::videos::{Program, missing};
use crate::source::is_still;
use crate::source::{FfmpegOptions, MediaRef, SitePath, Spanned};
use pixels::Metadata;

/// Maximum duration, in milliseconds, of a video without sound that plays automatically.
const SHORT: u64 = 10_000;

impl Resolver<'_> {
    /// Resolves a video. `caption` takes precedence over its own `text`.
    pub(super) fn video(
        &mut self,
        folder: &SitePath,
        given: &MediaRef,
        caption: Option<&Spanned<String>>,
    ) -> Option<Video> {
        let path = self.find(folder, &given.name)?;
        if is_still(&given.name.value) {
            let warning = Diagnostic::new(
                Code::VideoNotMoving,
                format!("expected a video, found the still picture `{}`", given.name.value),
            )
            .at(given.name.span);
            self.report.push(warning.help("remove `type: video` to show the file as a picture"));
        }
        if self.videos.are_skipped() {
            self.videos.leave_out(given.name.span);
            return None;
        }
        let file = VideoId::at(self.files.videos.place(self.references.videos.number(path)?)?);
        let conversion = self.conversion(given);
        let conversion = conversion.map(|conversion| self.equipped(conversion, Some((file, given.name.span))));
        let probe = &self.files.videos.list[file.index()].probe;
        let controls = given.controls.map(|controls| controls.value);
        let is_loop = probe.audio.is_none() && (probe.video == "gif" || (1..=SHORT).contains(&probe.duration));
        let (gm, site) = (&self.settings.gm, self.settings.images.metadata.map(|metadata| metadata.value));
        let still = defaults::picture_options(gm, site, &given.options);
        Some(Video {
            file,
            controls: controls.unwrap_or(false),
            ambient: controls.is_none() && is_loop,
            conversion: conversion?.into(),
            place: VideoPlace::Page,
            // A frame has no location and no orientation of its own.
            still: PictureOptions { metadata: Metadata::None, auto_orient: true, resize: None, ..still },
            caption: caption_of(given, caption),
            span: given.name.span,
        })
    }

    fn conversion(&mut self, given: &MediaRef) -> Option<Conversion> {
        if self.videos.policy == VideoPolicy::Listed {
            return Some(unknown());
        }
        let options = laid_over(&given.ffmpeg, &self.settings.ffmpeg);
        let Program { binary, encoders } = match self.videos.toolbox.program(&options) {
            Ok(program) => program,
            Err(why) => {
                let span = options.binary.as_ref().map_or(given.name.span, |binary| binary.span);
                let problem = missing("video", &why, "ffmpeg")?;
                self.tell(problem.at(span));
                return None;
            }
        };
        conversion::of_video(&options, &binary, &encoders).map_err(|problem| self.tell(problem)).ok()
    }

    /// Adds the filters of the program to a conversion, if videos of the site need any. Warns, once, if `video` needs one that is missing.
    fn equipped(&mut self, mut conversion: Conversion, video: Option<(VideoId, Span)>) -> Conversion {
        let needy = |probe: &Probe| probe.is_interlaced || probe.range.is_some();
        if self.videos.policy == VideoPolicy::Listed || !self.files.videos.list.iter().any(|video| needy(&video.probe))
        {
            return conversion;
        }
        conversion.tool.filters = self.videos.toolbox.filters(&conversion.tool);
        let can = conversion.tool.filters.tone_mapping || conversion.codecs.video.as_deref() == Some("copy");
        if let Some((id, span)) = video
            && self.files.videos.list[id.index()].probe.range.is_some()
            && !can
            && !std::mem::replace(&mut self.videos.is_range_told, true)
        {
            self.report.push(washed_out(&conversion.tool.binary, span));
        }
        conversion
    }

    /// Returns the conversion of videos without options of their own. Problems with it are reported where a video
    /// needs it.
    pub(super) fn site_conversion(&mut self) -> Option<Conversion> {
        if self.videos.policy != VideoPolicy::Shown || self.files.videos.list.is_empty() {
            return None;
        }
        let options = &self.settings.ffmpeg;
        let Program { binary, encoders } = self.videos.toolbox.program(options).ok()?;
        let conversion = conversion::of_video(options, &binary, &encoders).ok()?;
        Some(self.equipped(conversion, None))
    }

    /// Chooses the conversion of a sound. Returns `false` if the sound cannot be converted.
    pub(super) fn converted_sound(&mut self, sound: SoundId, span: Span) -> bool {
        let timeout = self.settings.ffmpeg.timeout;
        let options = &FfmpegOptions { timeout, ..self.settings.ffmpeg_audio.clone() };
        let kind = self.files.sounds.list[sound.index()].kind;
        if kind.is_some_and(|kind| is_as_wanted(kind, options)) || self.videos.policy == VideoPolicy::Listed {
            return true;
        }
        if self.videos.of_sounds.is_none() {
            let conversion = match self.videos.toolbox.program(options) {
                Ok(Program { binary, encoders }) => conversion::of_sound(options, &binary, &encoders).map_err(Some),
                Err(why) => Err(missing("sound", &why, "ffmpeg_audio").map(|problem| problem.at(span))),
            };
            let problem = |problem: Option<Diagnostic>| problem.into_iter().for_each(|one| self.report.push(one));
            self.videos.of_sounds = Some(conversion.map_err(problem).ok());
        }
        let conversion = self.videos.of_sounds.clone().flatten();
        let possible = conversion.is_some();
        self.videos.sounds[sound.index()] = conversion;
        possible
    }

    fn tell(&mut self, problem: Diagnostic) {
        if !self.videos.reported.contains(&problem) {
            self.videos.reported.push(problem.clone());
            self.report.push(problem);
        }
    }
}

/// Describes that a video has more tones than the program can convert.
fn washed_out(binary: &str, span: Span) -> Diagnostic {
    let message =
        format!("this video has a high dynamic range (HDR), which `{binary}` cannot convert: it will look washed out");
    let help = "install an ffmpeg with the filters `zscale` and `tonemap`, which `ffmpeg -filters` lists, or export the video as SDR";
    Diagnostic::new(Code::VideoHighRange, message).at(span).help(help)
}

/// Returns whether a sound that browsers play already has the format that the author asks for, if any.
fn is_as_wanted(kind: SoundKind, options: &FfmpegOptions) -> bool {
    let encoder = options.audio.as_ref().map(|audio| audio.value.trim());
    let extension = options.extension.as_ref().map(|extension| extension.value.trim().trim_start_matches('.'));
    match (encoder, extension) {
        (Some(encoder), _) => kind.is_made_by(encoder),
        (None, Some("mp3")) => kind.is_made_by("mp3"),
        (None, Some("m4a" | "aac" | "mp4")) => kind.is_made_by("aac"),
        (None, Some("ogg" | "oga")) => kind.is_made_by("vorbis"),
        (None, Some("opus")) => kind.is_made_by("opus"),
        (None, Some("flac")) => kind.is_made_by("flac"),
        (None, Some("wav")) => kind.is_made_by("pcm_s16le"),
        (None, Some(_)) => false,
        (None, None) => true,
    }
}

/// Returns a placeholder, for runs that only list videos.
fn unknown() -> Conversion {
    let codecs = Codecs {
        format: String::new(),
        video: None,
        audio: String::new(),
        video_bitrate: None,
        audio_bitrate: None,
        other: Vec::new(),
    };
    let tool =
        Tool { binary: String::new(), loglevel: String::new(), timeout: Duration::ZERO, filters: Filters::default() };
    Conversion { tool, codecs, extension: String::new(), bounds: None }
}
