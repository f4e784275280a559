//! The state of videos and sounds while galleries are resolved.

use crate::diagnostic::{Code, Diagnostic, Report, Span};
use crate::site::model::Conversion;
use crate::site::read::ReadFiles;
use crate::site::videos::Toolbox;
use crate::site::videos::VideoPolicy;

/// State that is carried from one video or sound to the next.
pub(super) struct VideoState<'a> {
    pub(super) toolbox: &'a mut Toolbox,
    pub(super) policy: VideoPolicy,
    /// Conversion of each sound; `None` if it needs none.
    pub(super) sounds: Vec<Option<Conversion>>,
    /// Conversion for all sounds that need one; computed once, so that a problem with it is reported once.
    pub(super) of_sounds: Option<Option<Conversion>>,
    /// Position of the first skipped video, and the number of skipped videos.
    left_out: Option<(Span, usize)>,
    /// Problems with the options that have been reported; those of the site would otherwise be repeated for each
    /// video.
    pub(super) reported: Vec<Diagnostic>,
    /// Whether the author was told that a high dynamic range cannot be converted.
    pub(super) is_range_told: bool,
}

impl<'a> VideoState<'a> {
    pub(super) fn new(toolbox: &'a mut Toolbox, policy: VideoPolicy, files: &ReadFiles) -> Self {
        let (of_sounds, left_out, reported) = (None, None, Vec::new());
        Self {
            toolbox,
            policy,
            sounds: vec![None; files.sounds.list.len()],
            of_sounds,
            left_out,
            reported,
            is_range_told: false,
        }
    }

    pub(super) fn are_skipped(&self) -> bool {
        self.policy == VideoPolicy::Skipped
    }

    pub(super) fn leave_out(&mut self, span: Span) {
        let (_, count) = self.left_out.get_or_insert((span, 0));
        *count += 1;
    }

    /// Reports skipped videos. Returns the conversion of each sound.
    pub(super) fn finish(self, report: &mut Report) -> Vec<Option<Conversion>> {
        if let Some((span, count)) = self.left_out {
            let what = match count {
                1 => "skipped 1 video".to_owned(),
                count => format!("skipped {count} videos"),
            };
            let warning = Diagnostic::new(Code::VideoSkipped, format!("{what} because of `--skip-video`")).at(span);
            report.push(warning.help("to show videos, install ffmpeg and build without `--skip-video`"));
        }
        self.sounds
    }
}
