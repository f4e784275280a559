//! What is known of videos and sounds while galleries are resolved.

use crate::diagnostic::{Diagnostic, Report, Span};
use crate::site::model::Conversion;
use crate::site::read::ReadFiles;
use crate::site::resolve::video_policy::VideoPolicy;
use crate::site::videos::Toolbox;

/// What is remembered between one video and the next.
pub(super) struct VideoState<'a> {
    pub(super) toolbox: &'a mut Toolbox,
    pub(super) policy: VideoPolicy,
    /// For each sound: how it is converted.
    pub(super) sounds: Vec<Option<Conversion>>,
    /// How all sounds are converted that have to be; what is wrong with that is said once.
    pub(super) of_sounds: Option<Option<Conversion>>,
    /// What was left out: where the first was named, and how many there are.
    left_out: Option<(Span, usize)>,
    /// What was found wrong with the options: that of the site would be told for each video.
    pub(super) reported: Vec<Diagnostic>,
}

impl<'a> VideoState<'a> {
    pub(super) fn new(toolbox: &'a mut Toolbox, policy: VideoPolicy, files: &ReadFiles) -> Self {
        let (of_sounds, left_out, reported) = (None, None, Vec::new());
        Self { toolbox, policy, sounds: vec![None; files.sounds.list.len()], of_sounds, left_out, reported }
    }

    pub(super) fn are_skipped(&self) -> bool {
        self.policy == VideoPolicy::Skipped
    }

    pub(super) fn leave_out(&mut self, span: Span) {
        let (_, count) = self.left_out.get_or_insert((span, 0));
        *count += 1;
    }

    /// What is said once for the whole site. Out: how each sound is converted.
    pub(super) fn finish(self, report: &mut Report) -> Vec<Option<Conversion>> {
        if let Some((span, count)) = self.left_out {
            let what = match count {
                1 => "1 video is left out".to_owned(),
                count => format!("{count} videos are left out"),
            };
            let warning = Diagnostic::warning(format!("{what}, as `--skip-video` says")).at(span);
            report.push(warning.help("install ffmpeg and build without `--skip-video` to show it"));
        }
        self.sounds
    }
}
