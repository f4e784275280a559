//! Resolves photos, videos and sounds where they are used: names become identifiers, options and texts become
//! final.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Report, Span};
use crate::site::lookup::named_litter;
use crate::site::model::{Conversion, ImagePolicy, Media, PhotoId, Picture, SoundId};
use crate::site::policy::defaults;
use crate::site::read::ReadFiles;
use crate::site::resolve::left_out::LeftOut;
use crate::site::resolve::references::References;
use crate::site::resolve::settings::SiteSettings;
use crate::site::resolve::video_state::VideoState;
use crate::site::text::{Fragment, Own, PhotoTexts, texts};
use crate::source::is_video;
use crate::source::{self, MediaKind, MediaRef, SitePath, Spanned};
use pixels::{Format, Metadata};

/// The context for resolving the names in the settings of a gallery. Problems are reported as soon as they are found,
/// so messages are in the order of the settings.
pub(super) struct Resolver<'a> {
    pub(super) references: &'a References<'a>,
    pub(super) files: &'a ReadFiles,
    pub(super) settings: &'a source::BuildSettings,
    /// Language of the gallery that is being resolved.
    pub(super) language: String,
    pub(super) policy: &'a ImagePolicy,
    pub(super) report: &'a mut Report,
    /// Position of the first setting that keeps metadata in a picture.
    unstripped: Option<Span>,
    /// RAW files whose small preview has been reported.
    previews: BTreeSet<PhotoId>,
    pub(super) videos: VideoState<'a>,
    /// Whether the site goes on without photos that cannot be read.
    pub(super) leaves_out: bool,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(
        references: &'a References<'a>,
        files: &'a ReadFiles,
        site: &'a SiteSettings<'a>,
        videos: VideoState<'a>,
        left_out: &LeftOut,
        report: &'a mut Report,
    ) -> Self {
        let (settings, policy, language) = (&site.root.settings, &site.images, site.language.clone());
        let (unstripped, previews, leaves_out) = (None, BTreeSet::new(), left_out.is_allowed());
        Self { references, files, settings, language, policy, report, unstripped, previews, videos, leaves_out }
    }

    /// Resolves a photo or a video. `caption` takes precedence over its own `text`.
    pub(super) fn media(
        &mut self,
        folder: &SitePath,
        given: &MediaRef,
        caption: Option<&Spanned<String>>,
    ) -> Option<Media> {
        match given.kind {
            MediaKind::Image => self.picture(folder, given, caption).map(Media::Photo),
            MediaKind::Video => self.video(folder, given, caption).map(Media::Video),
        }
    }

    /// Resolves a photo in a place that does not accept videos.
    pub(super) fn still(&mut self, folder: &SitePath, given: &MediaRef) -> Option<Picture> {
        if given.kind == MediaKind::Video {
            self.report.push(
                Diagnostic::new(Code::VideoNotAllowed, "expected a photo, found a video")
                    .at(given.name.span)
                    .help("name a photo"),
            );
            return None;
        }
        self.picture(folder, given, None)
    }

    /// Resolves a sound.
    pub(super) fn sound(&mut self, folder: &SitePath, name: &Spanned<String>) -> Option<(SoundId, &'a SitePath)> {
        let path = self.find(folder, name)?;
        let sound = self.files.sounds.place(self.references.sounds.number(path)?)?;
        let sound = SoundId::at(sound);
        self.converted_sound(sound, name.span).then_some((sound, path))
    }

    fn picture(&mut self, folder: &SitePath, given: &MediaRef, caption: Option<&Spanned<String>>) -> Option<Picture> {
        let path = self.find(folder, &given.name)?;
        if is_video(&given.name.value) {
            let error = Diagnostic::new(
                Code::VideoNotAllowed,
                format!("expected a photo, found the video `{}`", given.name.value),
            )
            .at(given.name.span);
            self.report
                .push(error.help(format!("to show a video, write `{{name: {}, type: video}}`", given.name.value)));
            return None;
        }
        let (gm, site) = (&self.settings.gm, self.settings.images.metadata.map(|metadata| metadata.value));
        let options = defaults::picture_options(gm, site, &given.options);
        if options.metadata == Metadata::AllButLocation && site != Some(Metadata::AllButLocation) {
            let written = given.options.strip.or(gm.strip);
            self.unstripped = self.unstripped.or(written.map(|strip| strip.span));
        }
        let photo = PhotoId::at(self.files.photos.place(self.references.photos.number(path)?)?);
        self.check_preview(photo);
        let about = &self.files.photos.list[photo.index()].about;
        let own = Own { alt: given.alt.as_ref().map(|alt| alt.value.clone()), caption: caption_of(given, caption) };
        let PhotoTexts { alt, caption, told, of_file } = texts(own, about, self.policy.captions, &self.language);
        Some(Picture { photo, options, alt, caption, told, of_file, span: given.name.span })
    }

    /// Warns, once per file, if the preview in a RAW file is smaller than the largest size: the RAW data has more
    /// pixels.
    fn check_preview(&mut self, photo: PhotoId) {
        let header = &self.files.photos.list[photo.index()].header;
        let size = header.display();
        let (top, fit) = self.policy.ladder.top();
        if header.format == Format::Raw && fit.measure(size) < top && self.previews.insert(photo) {
            let warning = Diagnostic::new(
                Code::PhotoSmallPreview,
                format!(
                    "the preview in this camera RAW file has only {} x {} pixels; the largest size of the site is {top}",
                    size.width, size.height
                ),
            );
            let path = self.files.photos.list[photo.index()].path.to_string();
            let help = "export the photo as JPEG from your RAW program, and name the JPEG instead";
            self.report.push(warning.in_file(path).help(help));
        }
    }

    pub(super) fn find(&mut self, folder: &SitePath, name: &Spanned<String>) -> Option<&'a SitePath> {
        let path = self.references.find(folder, name).map_err(|problem| self.report.push(problem)).ok()?;
        if let Some(warning) = named_litter(path) {
            self.report.push(warning.at(name.span));
        }
        Some(path)
    }

    /// Returns width divided by height, as displayed.
    pub(super) fn ratio(&self, media: &Media) -> f64 {
        match media {
            Media::Photo(picture) => {
                let header = &self.files.photos.list[picture.photo.index()].header;
                let size = picture.options.seen(header);
                f64::from(size.width) / f64::from(size.height)
            }
            Media::Video(video) => {
                let size = self.files.videos.list[video.file.index()].probe.size;
                f64::from(size.width) / f64::from(size.height)
            }
        }
    }

    /// Reports problems of the site as a whole. Returns the conversion of each sound.
    pub(super) fn finish(self) -> Vec<Option<Conversion>> {
        if let Some(span) = self.unstripped {
            let warning = Diagnostic::new(
                Code::PrivacyMetadata,
                "`strip: false` keeps camera metadata, but not location or personal data",
            )
            .at(span);
            let help = "to choose what cimaise keeps, write `images: {metadata: …}` below `settings`: `none`, `credit`, `all-but-location` or `all`";
            self.report.push(warning.help(help));
        }
        self.videos.finish(self.report)
    }
}

pub(super) fn caption_of(given: &MediaRef, caption: Option<&Spanned<String>>) -> Fragment {
    caption.or(given.text.as_ref()).map_or_else(Fragment::default, |text| Fragment::new(text.value.clone()))
}
