//! `Image`, `Video` and `Audio`: access to media from templates. Requests are recorded, and planned later.
//!
//! Returned links are percent-encoded and relative to the folder of the given gallery: plain file names for files in it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minijinja::value::{Object, ObjectRepr};
use minijinja::{Error, ErrorKind, State, Value};
use percent_encoding::percent_decode_str;

use super::refuse::refuse;
use super::value::FieldMap;
use crate::diagnostic::{FileId, Span};
use crate::plan::{self, Audience, Audiences, OutputPath, PhotoRequest, Requests, VideoRequest};
use crate::site::{Found, GalleryId, Named, PhotoId, PictureOptions, Site, SoundId, VideoId};
use crate::source::{self, Geometry, SitePath, Spanned};
use pixels::Metadata;

/// The site, and the media that templates request from it.
#[derive(Debug)]
pub(super) struct MediaRequests {
    pub(super) site: Site,
    asked: Mutex<Asked>,
}

/// The requests of templates so far.
#[derive(Debug, Default)]
struct Asked {
    requests: Requests,
    /// Number of requested sizes for each photo.
    photos: BTreeMap<PhotoId, usize>,
    videos: BTreeMap<VideoId, usize>,
}

/// Limit for the number of sizes of one photo or video.
const MOST_SIZES: usize = 64;

impl MediaRequests {
    pub(super) fn new(site: Site) -> Arc<Self> {
        Arc::new(Self { site, asked: Mutex::default() })
    }

    /// Returns all requests so far.
    pub(super) fn requests(&self) -> Requests {
        self.open().requests.clone()
    }

    fn open(&self) -> MutexGuard<'_, Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self, wanted: PhotoRequest) -> Result<OutputPath, Error> {
        let mut asked = self.open();
        let is_new = asked.requests.photos.insert(wanted);
        let sizes = asked.photos.entry(wanted.photo).or_default();
        *sizes += usize::from(is_new);
        if *sizes > MOST_SIZES {
            return Err(too_many(self.site.photos[wanted.photo.index()].path.as_str()));
        }
        Ok(plan::photo_file(&self.site, &wanted))
    }

    /// Returns the folder that a `link` refers to.
    fn folder(&self, link: &Value) -> Result<SitePath, Error> {
        let text = link.as_str().unwrap_or_default().trim_matches('/');
        let known = |text: &str| {
            let path = SitePath::root().join(text)?;
            let galleries = &self.site.galleries;
            (path == SitePath::root() || galleries.binary_search_by(|gallery| gallery.path.cmp(&path)).is_ok())
                .then_some(path)
        };
        let decoded = percent_decode_str(text).decode_utf8_lossy();
        let found = link.as_str().and_then(|_| known(text).or_else(|| known(&decoded)));
        found.ok_or_else(|| {
            let help = "the first argument of `get` is `link`, or the `link` of one of `galleries`";
            refuse(format!("`{link}` is no gallery"), help)
        })
    }

    /// Refuses media that is encrypted: templates print file names, and the names of encrypted files are not known yet.
    fn check_audience(&self, folder: &SitePath) -> Result<(), Error> {
        let place = self.site.galleries.binary_search_by(|gallery| gallery.path.cmp(folder)).ok();
        let gallery = place.and_then(|place| u32::try_from(place).ok()).map(GalleryId);
        match Audiences::of_media(&self.site, gallery) {
            Audience::Everybody => Ok(()),
            Audience::Holders(_) => Err(refuse(
                "templates cannot get at the media of a gallery with `protect: media`",
                "print its sections as cimaise does, with `cimaise.section(section)`, or write `protect: pages`",
            )),
        }
    }

    /// Finds the file that a value names. `None` if the file could not be read.
    fn find<T>(
        &self,
        folder: &SitePath,
        value: &Value,
        kind: &str,
        find: impl Fn(&Named, &SitePath, &str) -> Found<T>,
    ) -> Result<Option<T>, Error> {
        let name = match value.downcast_object_ref::<FieldMap>() {
            Some(fields) => fields.get("name").cloned().unwrap_or_default(),
            None => value.clone(),
        };
        if !name.is_true() {
            let help =
                "ask first whether it is there, as in `{% if gallery.cover %}`; covers behind a password are not";
            return Err(refuse(format!("no {kind} is named"), help));
        }
        let name = name.as_str().map_or_else(|| name.to_string(), str::to_owned);
        let Some(written) = &self.site.written else { return Ok(None) };
        match find(&written.files, folder, &name) {
            Found::File(id) => Ok(Some(id)),
            Found::Unread => Ok(None),
            Found::Unknown => {
                let gallery = if folder.as_str().is_empty() { "the root" } else { folder.as_str() };
                let message = format!("`{name}` is no {kind} that the settings of `{gallery}` name");
                Err(refuse(message, "templates can use what stands as a file's name in `settings.yaml`"))
            }
        }
    }

    fn photo(self: &Arc<Self>, folder: SitePath, value: &Value) -> Result<Value, Error> {
        let photo = self.find(&folder, value, "photo", Named::photo)?;
        let Some(written) = &self.site.written else { return Ok(Value::UNDEFINED) };
        let options = match value.downcast_object_ref::<FieldMap>() {
            Some(fields) => own_options(fields, written.templates[0].file)?,
            None => source::PictureOptions::default(),
        };
        let options = written.picture_options(&options);
        Ok(Value::from_object(TemplatePhoto { requests: self.clone(), folder, photo, options }))
    }
}

/// The three objects that give templates access to media.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MediaGetter {
    Image,
    Video,
    Audio,
}

/// The object `Image`, `Video` or `Audio` in a template.
#[derive(Debug)]
pub(super) struct GetterObject {
    pub(super) kind: MediaGetter,
    pub(super) requests: Arc<MediaRequests>,
}

impl Object for GetterObject {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, _: &[Value]) -> Result<Value, Error> {
        let kind = format!("{:?}", self.kind);
        let help = format!("write `{kind}.get(link, value)`, and print what its methods return; see docs/templates.md");
        Err(refuse(format!("`{kind}(..)` is a call of prosopopée's"), help))
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        if method != "get" {
            return Err(Error::from(ErrorKind::UnknownMethod));
        }
        let [link, value] = args else {
            return Err(refuse(
                format!("`{:?}.get` takes two arguments, and got {}", self.kind, args.len()),
                format!("write `{:?}.get(link, value)`", self.kind),
            ));
        };
        let folder = self.requests.folder(link)?;
        self.requests.check_audience(&folder)?;
        let requests = self.requests.clone();
        match self.kind {
            MediaGetter::Image => requests.photo(folder, value),
            MediaGetter::Video => {
                let video = requests.find(&folder, value, "video", Named::video)?;
                Ok(Value::from_object(TemplateVideo { requests, folder, video }))
            }
            MediaGetter::Audio => {
                let sound = requests.find(&folder, value, "sound", Named::sound)?;
                Ok(Value::from_object(TemplateSound { requests, folder, sound }))
            }
        }
    }
}

/// The result of `Image.get`. `photo` is `None` if the photo could not be read; then all links are empty.
#[derive(Debug)]
struct TemplatePhoto {
    requests: Arc<MediaRequests>,
    folder: SitePath,
    photo: Option<PhotoId>,
    options: PictureOptions,
}

impl TemplatePhoto {
    fn link(&self, within: Option<Geometry>) -> Result<Value, Error> {
        let Some(photo) = self.photo else { return Ok(Value::from("")) };
        let file = self.requests.ask(PhotoRequest { photo, options: self.options, within })?;
        Ok(Value::from(file.url_from(&self.folder)))
    }
}

impl Object for TemplatePhoto {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let size = || Some(plan::photo_size(&self.requests.site, self.photo?, &self.options));
        match key.as_str()? {
            "ratio" => Some(Value::from(size().map_or(1.0, |size| f64::from(size.width) / f64::from(size.height)))),
            _ => None,
        }
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        match method {
            "copy" => self.link(None),
            "thumbnail" => self.link(Some(bounds(method, args)?)),
            "generate_thumbnail" => Err(prosopopee(method, args)),
            _ => Err(Error::from(ErrorKind::UnknownMethod)),
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.photo.map(|photo| self.requests.site.photos[photo.index()].path.name());
        f.write_str(name.unwrap_or_default())
    }
}

/// The result of `Video.get`.
#[derive(Debug)]
struct TemplateVideo {
    requests: Arc<MediaRequests>,
    folder: SitePath,
    video: Option<VideoId>,
}

impl TemplateVideo {
    /// Requests the video at a size, or a still of it, and returns the link.
    fn link(&self, within: Geometry, is_still: bool) -> Result<String, Error> {
        let within = match within {
            Geometry::Within { width, height } => (width, height),
            Geometry::Percent(_) | Geometry::Cover { .. } => (None, None),
        };
        let written = self.requests.site.written.as_ref().filter(|_| is_still);
        let still = written.map(|written| PictureOptions {
            metadata: Metadata::None,
            auto_orient: true,
            resize: None,
            ..written.picture_options(&source::PictureOptions::default())
        });
        let Some(video) = self.video else { return Ok(String::new()) };
        let wanted = VideoRequest { video, within, still };
        let Some(path) = plan::video_file(&self.requests.site, &wanted) else { return Ok(String::new()) };
        let mut asked = self.requests.open();
        let is_new = asked.requests.videos.insert(wanted);
        let sizes = asked.videos.entry(video).or_default();
        *sizes += usize::from(is_new);
        if *sizes > MOST_SIZES {
            return Err(too_many(self.requests.site.videos[video.index()].path.as_str()));
        }
        Ok(path.url_from(&self.folder))
    }
}

impl Object for TemplateVideo {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let size = self.video.map(|video| self.requests.site.videos[video.index()].probe.size);
        let ratio = size.map_or(16.0 / 9.0, |size| f64::from(size.width) / f64::from(size.height.max(1)));
        (key.as_str()? == "ratio").then(|| Value::from(ratio))
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        let link = match method {
            "reencode" => self.link(bounds(method, args)?, false)?,
            "thumbnail" => self.link(bounds(method, args)?, true)?,
            "generate_thumbnail" => return Err(prosopopee(method, args)),
            "copy" => return Err(refuse("videos have no `copy`", "write `.reencode((None, 900))`")),
            _ => return Err(Error::from(ErrorKind::UnknownMethod)),
        };
        Ok(Value::from(link))
    }
}

/// The result of `Audio.get`.
#[derive(Debug)]
struct TemplateSound {
    requests: Arc<MediaRequests>,
    folder: SitePath,
    sound: Option<SoundId>,
}

impl Object for TemplateSound {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, _: &[Value]) -> Result<Value, Error> {
        match method {
            "reencode" => {
                self.requests.open().requests.sounds.extend(self.sound);
                let link = self.sound.map(|sound| plan::sound_file(&self.requests.site, sound).url_from(&self.folder));
                Ok(Value::from(link.unwrap_or_default()))
            }
            "copy" => Err(refuse("sounds have no `copy`", "write `.reencode()`")),
            _ => Err(Error::from(ErrorKind::UnknownMethod)),
        }
    }
}

fn too_many(name: &str) -> Error {
    let message = format!("templates ask for more than {MOST_SIZES} sizes of `{name}`");
    refuse(message, "ask for the same few sizes everywhere")
}

fn prosopopee(method: &str, args: &[Value]) -> Error {
    let size = args.first().and_then(Value::as_str).unwrap_or("x900");
    let side = |side: &str| side.parse::<u32>().map_or_else(|_| "None".to_owned(), |side| side.to_string());
    let (width, height) = size.split_once('x').unwrap_or((size, ""));
    let help = format!("write `.thumbnail(({}, {}))`", side(width), side(height));
    refuse(format!("`{method}` is a call of prosopopée's"), help)
}

/// Reads the single argument `(width, height)`, either of which may be `None`.
fn bounds(method: &str, args: &[Value]) -> Result<Geometry, Error> {
    let wrong = |found: &str| {
        let message = format!("`{method}` takes a size `(width, height)`, and got {found}");
        refuse(message, format!("write it as `.{method}((None, 900))`, with two brackets; one of both may be `None`"))
    };
    let [size] = args else { return Err(wrong(&format!("{} arguments", args.len()))) };
    let sides: Vec<Value> = match size.try_iter() {
        Ok(sides) if size.as_str().is_none() => sides.take(3).collect(),
        _ => return Err(wrong(&format!("`{size}`"))),
    };
    let side = |side: &Value| match side {
        none if none.is_none() || none.is_undefined() => Ok(None),
        side => {
            let whole = f64::try_from(side.clone()).ok().filter(|side| (1.0..=1e6).contains(side));
            whole.map(|side| Some(side as u32)).ok_or_else(|| wrong(&format!("`{size}`")))
        }
    };
    match &sides[..] {
        [width, height] => Ok(Geometry::Within { width: side(width)?, height: side(height)? }),
        _ => Err(wrong(&format!("`{size}`"))),
    }
}

/// Reads picture options such as `quality`, next to the name of a photo.
fn own_options(fields: &FieldMap, file: FileId) -> Result<source::PictureOptions, Error> {
    // The position in the settings is not known here, and not needed.
    let span = Span { file, start: 0, end: 0 };
    let given = |key: &str| fields.get(key).filter(|value| !value.is_none());
    let wrong = |key: &str, expected: &str, value: &Value| {
        refuse(format!("expected {expected} for `{key}`, found `{value}`"), "mend it where the photo is named")
    };
    let flag = |key: &str| match given(key) {
        None => Ok(None),
        Some(value) => match value.as_str() {
            None => Ok(Some(Spanned::new(value.is_true(), span))),
            Some("yes" | "on" | "true") => Ok(Some(Spanned::new(true, span))),
            Some("no" | "off" | "false") => Ok(Some(Spanned::new(false, span))),
            Some(_) => Err(wrong(key, "`true` or `false`", value)),
        },
    };
    let quality = match given("quality") {
        None => None,
        Some(value) => {
            let number = value.to_string().trim().parse::<u8>().ok().filter(|number| (1..=100).contains(number));
            Some(number.ok_or_else(|| wrong("quality", "a whole number from 1 to 100", value))?)
        }
    };
    let resize = match given("resize") {
        None => None,
        Some(value) => {
            let geometry = Geometry::parse(&value.to_string());
            Some(geometry.map_err(|_| wrong("resize", "a size like `50%` or `1800x1200`", value))?)
        }
    };
    Ok(source::PictureOptions {
        quality: quality.map(|quality| Spanned::new(quality, span)),
        auto_orient: flag("auto-orient")?,
        strip: flag("strip")?,
        resize: resize.map(|resize| Spanned::new(resize, span)),
        progressive: flag("progressive")?,
    })
}
