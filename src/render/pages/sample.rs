//! An artificial site for tests of pages: every section type, nested galleries, and texts chosen by the test.

use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::date;

use crate::cache::Digest;
use crate::diagnostic::{SourceMap, Span};
use crate::ffmpeg::{Filters, Probe};
use crate::lock::{Keyring, Salt};
use crate::overrides::Overrides;
use crate::plan::{Plan, plan};
use crate::render::media::Placeholders;
use crate::render::pages::{Pages, render};
use crate::site::{
    Aside, Attachment, AttachmentId, Body, Codecs, Conversion, Cover, Fragment, Gallery, GalleryId, ImagePolicy,
    Ladder, Licence, LinkedPicture, Media, MenuItem, OfFile, Overlay, Photo, PhotoId, Picture, PictureOptions, Section,
    SectionKind, Sharing, Site, Sound, SoundId, Style, Tool, Video, VideoFile, VideoId, VideoPlace,
};
use crate::source::{Data, Full, Protect, SitePath, Theme};
use pixels::{About, Format, Header, Metadata, Placeholder, Size};

/// Texts that authors can choose.
pub(super) struct Texts<'a> {
    /// HTML for all fields that accept HTML.
    pub(super) html: &'a str,
    /// Plain text, such as the text alternative of a picture.
    pub(super) plain: &'a str,
    /// Names of files and folders.
    pub(super) name: &'a str,
}

impl Default for Texts<'_> {
    fn default() -> Self {
        Self { html: "A <em>walk</em> &amp; a talk", plain: "Two otters asleep", name: "summer" }
    }
}

fn span() -> Span {
    Span { file: SourceMap::default().add("settings.yaml", ""), start: 0, end: 0 }
}

fn folder(path: &str) -> SitePath {
    SitePath::root().join(path).expect("a path inside the root")
}

fn photo(gallery: &SitePath, name: &str, number: u32) -> Photo {
    let stored = [(3840, 2560), (2560, 3840), (3840, 2160), (9000, 1500), (900, 900)][number as usize % 5];
    Photo {
        path: gallery.child(&format!("{name}-{number}.jpg")),
        absolute: PathBuf::from(format!("{number}.jpg")),
        digest: Digest::of(&number.to_be_bytes()),
        len: 1,
        header: Header::plain(Format::Jpeg, Size { width: stored.0, height: stored.1 }),
        about: About::default(),
    }
}

fn gallery(path: SitePath, parent: Option<GalleryId>, texts: &Texts<'_>, body: Body) -> Gallery {
    Gallery {
        path,
        parent,
        title: Fragment::new(texts.html),
        sub_title: Fragment::new(texts.html),
        date: Some(date(2016, 1, 15)),
        tags: vec![texts.plain.to_owned()],
        description: Fragment::new(texts.html),
        language: "en".to_owned(),
        dates: crate::dates::DateLocale::default(),
        theme: Theme::Exposure,
        light: matches!(body, Body::Story(_) | Body::Static(_)),
        public: true,
        password: None,
        protect: Protect::default(),
        cover: Some(Cover::Photo(picture(texts, 0))),
        body,
    }
}

fn picture(texts: &Texts<'_>, number: u32) -> Picture {
    Picture {
        photo: PhotoId(number),
        options: PictureOptions {
            quality: 80,
            auto_orient: true,
            metadata: Metadata::None,
            resize: None,
            progressive: true,
        },
        alt: texts.plain.to_owned(),
        caption: Fragment::new(texts.html),
        told: texts.plain.to_owned(),
        of_file: OfFile::default(),
        span: span(),
    }
}

fn video(caption: Fragment, place: VideoPlace) -> Video {
    let codecs = Codecs {
        format: "webm".to_owned(),
        video: Some("libvpx".to_owned()),
        audio: "libvorbis".to_owned(),
        video_bitrate: None,
        audio_bitrate: None,
        other: Vec::new(),
    };
    let tool = Tool {
        binary: "ffmpeg".to_owned(),
        loglevel: "error".to_owned(),
        timeout: Duration::from_secs(60),
        filters: Filters::default(),
    };
    Video {
        file: VideoId(0),
        controls: false,
        ambient: false,
        conversion: Conversion { tool, codecs, extension: "webm".to_owned(), bounds: None }.into(),
        place,
        still: picture(&Texts::default(), 0).options,
        caption,
        span: span(),
    }
}

fn sections(texts: &Texts<'_>) -> Vec<Section> {
    let html = || Fragment::new(texts.html);
    let still = |number| Media::Photo(picture(texts, number));
    let moving = |place| Media::Video(video(html(), place));
    let overlay =
        Overlay { title: html(), sub_title: html(), date: Some(date(2016, 1, 15)), date_end: Some(date(2016, 1, 18)) };
    let full =
        |media, overlay| SectionKind::FullPicture { media, overlay, fixed: true, position: "50% 20%".to_owned() };
    let kinds = vec![
        full(still(2), Some(overlay)),
        SectionKind::Text { text: html() },
        SectionKind::BorderedPicture { media: still(0) },
        SectionKind::PicturesGroup {
            rows: vec![vec![still(0), still(1), still(2)], vec![moving(VideoPlace::Cell), still(4)], vec![still(1)]],
        },
        SectionKind::Paragraph {
            title: html(),
            text: html(),
            image: Some(Aside { media: still(4), right: true, width: "40%".to_owned() }),
        },
        SectionKind::Paragraph { title: Fragment::default(), text: html(), image: None },
        SectionKind::Quote { text: html() },
        SectionKind::Html { html: html() },
        SectionKind::Iframe {
            markup: Fragment::new("<iframe src=\"https://video.example/1\" title=\"A film\"></iframe>"),
        },
        SectionKind::Panorama { picture: picture(texts, 3) },
        SectionKind::Audio { sound: SoundId(0), title: html() },
        full(moving(VideoPlace::Page), None),
        SectionKind::Author {
            name: html(),
            portrait: picture(texts, 4),
            text: html(),
            links: vec![(texts.plain.to_owned(), "https://photographer.example/".to_owned())],
        },
    ];
    let style = |at: usize| match at % 3 {
        0 => Style { background: "#123456".to_owned(), ..Style::default() },
        1 => Style { color: "black".to_owned(), ..Style::default() },
        _ => Style::default(),
    };
    kinds.into_iter().enumerate().map(|(at, kind)| Section { style: style(at), kind, data: Data::Nothing }).collect()
}

/// Returns a site with a static page, a story, a private story, and an index with two stories.
pub(super) fn site(texts: &Texts<'_>) -> Site {
    let named = |name: &str| folder(name).child(texts.name);
    let index = GalleryId(2);
    let mut private = gallery(folder("private"), None, texts, Body::Story(Vec::new()));
    private.public = false;
    private.cover = None;
    Site {
        title: Fragment::new(texts.html),
        sub_title: Fragment::new(texts.html),
        url: None,
        sharing: Sharing::default(),
        language: "en".to_owned(),
        dates: crate::dates::DateLocale::default(),
        theme: Theme::Exposure,
        menu: vec![
            MenuItem { target: "about/index.html".to_owned(), external: false, label: Fragment::new(texts.html) },
            MenuItem { target: "https://example.org/?a&b".to_owned(), external: true, label: Fragment::new("Blog") },
        ],
        licence: Licence {
            name: Fragment::new("CC BY-SA 4.0"),
            url: "https://creativecommons.org/licenses/by-sa/4.0/".to_owned(),
        },
        show_date: true,
        password: None,
        protect: Protect::default(),
        images: ImagePolicy { ladder: Ladder::Automatic, full: Full::Reencode, ..ImagePolicy::default() },
        front: vec![GalleryId(1), GalleryId(2)],
        galleries: vec![
            gallery(folder("about"), None, texts, Body::Static(sections(texts))),
            gallery(folder("alps"), None, texts, Body::Story(sections(texts))),
            gallery(folder("nested"), None, texts, Body::Index(vec![GalleryId(3), GalleryId(4)])),
            gallery(folder("nested/first"), Some(index), texts, Body::Story(Vec::new())),
            gallery(named("nested"), Some(index), texts, Body::Story(sections(texts))),
            private,
        ],
        photos: (0..5).map(|number| photo(&folder("alps"), texts.name, number)).collect(),
        videos: vec![VideoFile {
            path: folder("alps").child(&format!("{}.webm", texts.name)),
            absolute: PathBuf::from("film.webm"),
            digest: Digest::of(b"film"),
            probe: Probe {
                size: Size { width: 1920, height: 1080 },
                duration: 20_000,
                stream: 0,
                video: "h264".to_owned(),
                pixels: "yuv420p".to_owned(),
                audio: Some("aac".to_owned()),
                created: None,
                is_interlaced: false,
                range: None,
            },
        }],
        sounds: vec![Sound {
            path: folder("alps").child(&format!("{}.mp3", texts.name)),
            absolute: PathBuf::from("song.mp3"),
            digest: Digest::of(b"song"),
            len: 1,
            conversion: None,
            tells_place: false,
        }],
        written: None,
        conversion: None,
        linked: vec![LinkedPicture { photo: PhotoId(1), metadata: Metadata::None }],
        attachments: [("custom.css", "static/css/custom.css"), ("custom.js", "static/js/custom.js")]
            .map(|(path, to)| Attachment {
                path: folder(path),
                to: folder(to),
                absolute: PathBuf::from(path),
                digest: Digest::of(path.as_bytes()),
                len: 1,
                tells_place: false,
            })
            .into(),
        custom_style: Some(AttachmentId(0)),
        custom_script: Some(AttachmentId(1)),
    }
}

/// Renders the pages of a site, with a placeholder for each photo.
pub(super) fn pages(site: &Site) -> Pages {
    let keys = Keyring::new(site.passwords(), Salt::of([0; 16]));
    pages_of(site, &plan(site, &keys), &keys)
}

/// Renders the pages of a site with this plan.
pub(super) fn pages_of(site: &Site, plan: &Plan, keys: &Keyring) -> Pages {
    let placeholder = Placeholder([[10, 20, 30], [40, 50, 60], [70, 80, 90]]);
    let photos = (0..).map(PhotoId).zip(site.photos.iter().map(|_| placeholder)).collect();
    let placeholders = Placeholders { photos, videos: [(VideoId(0), placeholder)].into() };
    render(site, plan, &Overrides::default(), &placeholders, keys)
}
