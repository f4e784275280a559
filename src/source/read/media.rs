//! Reads a photo, video or sound where it is used: a name, or a map with `name`.

use super::Reader;
use super::fields::{MapFields, shortened};
use crate::diagnostic::Code;
use crate::source::yaml::{Node, YamlEntry};
use crate::source::{FfmpegOptions, MediaKind, MediaRef, Spanned, keys};

/// Explains that there is a single timeout for the whole site: it depends on the machine, not on the video.
fn explain_misplaced_timeout(key: &str) -> Option<(String, String)> {
    let help = "move it to `settings.ffmpeg`, where it applies to all videos and sounds";
    (key == "timeout").then(|| ("`timeout` has no effect here".to_owned(), help.to_owned()))
}

impl Reader {
    /// Reads a photo or a video, as a name or a map.
    pub(super) fn media(&mut self, key: &str, node: &Node) -> Option<MediaRef> {
        if node.scalar().is_some_and(|scalar| !scalar.is_null()) {
            let name = self.file_name(key, node)?;
            return Some(MediaRef::named(name.value, MediaKind::Image, name.span));
        }
        if node.map().is_none() {
            let help = "write one name; a list of pictures belongs to `images` of a `pictures-group`";
            self.wrong(key, "a file name or a map with `name`", node, help);
            return None;
        }
        let mut fields = self.fields(key, &keys::MEDIA, node)?;
        let name = fields.require("name", "write `name:` and the name of the file");
        let name = name.and_then(|entry| fields.reader.file_name("name", &entry.node));
        let kind = fields.media_kind();
        let media = MediaRef {
            text: fields.text("text"),
            alt: fields.text("alt"),
            float: fields.text("float"),
            size: fields.text("size"),
            controls: fields.boolean("controls"),
            options: fields.picture_options(),
            ffmpeg: fields.ffmpeg_options(),
            kind,
            // The other keys are read nevertheless, to report their problems.
            name: name.clone().unwrap_or_else(|| Spanned::new(String::new(), node.span)),
        };
        fields.finish(explain_misplaced_timeout);
        name.is_some().then_some(media)
    }

    /// Reads the cover of a gallery; récitale requires a `type` in the map form.
    pub(super) fn cover(&mut self, entry: &YamlEntry) -> Option<MediaRef> {
        if entry.node.map().is_some_and(|entries| !entries.iter().any(|entry| &*entry.key == "type")) {
            self.report(
                Code::CompatRecitale,
                entry.key_span,
                "`cover` has no `type`; cimaise reads an image, récitale fails",
                "add `type: image`, or `type: video`",
            );
        }
        self.media("cover", &entry.node)
    }

    /// Reads the name of a file.
    pub(super) fn file_name(&mut self, key: &str, node: &Node) -> Option<Spanned<String>> {
        let name = self.text(key, node)?;
        if name.value.trim().is_empty() {
            let message = format!("`{key}` is empty");
            self.report(Code::SettingsMissingKey, node.span, message, "write the name of a file in this folder");
            return None;
        }
        Some(name)
    }
}

impl MapFields<'_, '_> {
    /// Reads `type` of a picture.
    fn media_kind(&mut self) -> MediaKind {
        let Some(kind) = self.text("type") else { return MediaKind::Image };
        if let Some((_, known)) = keys::MEDIA_KINDS.iter().find(|(word, _)| *word == kind.value) {
            return *known;
        }
        let message = format!("unknown media type `{}`; using `image`", shortened(&kind.value));
        self.reader.report(Code::SettingsIgnoredValue, kind.span, message, "write `image` or `video`");
        MediaKind::Image
    }

    /// Reads `ffmpeg` or `ffmpeg_audio` in `settings` of the root file.
    pub(super) fn ffmpeg(&mut self, key: &'static str) -> FfmpegOptions {
        let Some(entry) = self.take(key) else { return FfmpegOptions::default() };
        let table = if key == "ffmpeg" { &keys::FFMPEG } else { &keys::FFMPEG_AUDIO };
        let Some(mut fields) = self.reader.fields(key, table, &entry.node) else { return FfmpegOptions::default() };
        let mut options = fields.ffmpeg_options();
        if key == "ffmpeg" {
            let timeout = fields.take("timeout");
            options.timeout = timeout.and_then(|entry| fields.reader.number("timeout", &entry.node, keys::TIMEOUTS));
        }
        fields.finish(explain_misplaced_timeout);
        options
    }

    /// Reads the keys of `ffmpeg`, which are also allowed on a single video.
    pub(super) fn ffmpeg_options(&mut self) -> FfmpegOptions {
        FfmpegOptions {
            binary: self.text("binary"),
            loglevel: self.text("loglevel"),
            format: self.text("format"),
            resolution: self.text("resolution"),
            vbitrate: self.text("vbitrate"),
            abitrate: self.text("abitrate"),
            audio: self.text("audio"),
            video: self.text("video"),
            other: self.text("other"),
            extension: self.text("extension"),
            timeout: None,
        }
    }
}
