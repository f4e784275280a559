//! Tests that read and resolve whole folders.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::time::SystemTime;

use tempfile::TempDir;

use super::{Body, Cover, Facts, Media, Section, SectionKind, Sharing, Site, VideoPolicy, resolve};
use crate::cache::Ledger;
use crate::diagnostic::{Format, Report, Severity, print};
use crate::machine::Machine;
use crate::source::{self, Source};

/// Encodes a picture of one colour in the format of the extension.
fn picture(name: &str, width: u32, height: u32) -> Vec<u8> {
    let format = image::ImageFormat::from_path(name).expect("a known extension");
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut bytes, format).expect("encodable");
    bytes.into_inner()
}

/// Creates a site from (path, text); files without a text are pictures of 30 × 20 pixels.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    put(root.path(), "settings.yaml", b"title: Site\n");
    for (path, text) in files {
        match *text {
            "" => put(root.path(), path, &picture(path, 30, 20)),
            text => put(root.path(), path, text.as_bytes()),
        }
    }
    root
}

fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
    fs::write(path, bytes).expect("a file can be written");
}

fn read(root: &Path) -> (Source, Report) {
    let mut report = Report::default();
    let source = source::read(root, &[], &|_| false, &mut report);
    (source.unwrap_or_else(|_| panic!("{}", short(&report))), report)
}

fn short(report: &Report) -> String {
    let mut out = Vec::new();
    print(report, Format::Short, &mut out).expect("a vector can be written");
    String::from_utf8(out).expect("UTF-8")
}

const LISTED: VideoPolicy = VideoPolicy::Listed;

fn machine() -> Machine<'static> {
    Machine::of(1, 1 << 30, None)
}

fn new_ledger() -> Ledger<Facts> {
    Ledger::empty(SystemTime::now())
}

/// Returns the site, if there is one, and all messages.
fn resolved(root: &TempDir) -> (Option<Site>, String) {
    let (source, mut report) = read(root.path());
    let site = resolve(&source, LISTED, &machine(), &mut new_ledger(), &mut report).ok();
    (site, short(&report))
}

/// Returns the site; fails if there are any messages.
fn quiet(files: &[(&str, &str)]) -> Site {
    let (site, said) = resolved(&folder(files));
    assert_eq!(said, "");
    site.expect("a site")
}

/// Returns the sections of a gallery `a` with the picture `1.png`, and the messages about them.
fn sections(settings: &str) -> (Vec<Section>, String) {
    let settings = format!("title: A\ncover: 1.png\nsections:\n{settings}");
    let root = folder(&[("a/settings.yaml", &settings), ("a/1.png", ""), ("a/clip.mp4", "x"), ("a/so<ng.mp3", "ID3")]);
    let (site, said) = resolved(&root);
    match site.unwrap_or_else(|| panic!("{said}")).galleries.remove(0).body {
        Body::Story(sections) => (sections, said),
        body => panic!("{body:?}"),
    }
}

fn caption(media: &Media) -> (&str, &str) {
    match media {
        Media::Photo(picture) => (&picture.alt, picture.caption.html()),
        Media::Video(video) => ("", video.caption.html()),
    }
}

#[test]
fn a_photo_that_is_used_often_is_one_photo() {
    let site = quiet(&[
        ("b/settings.yaml", "title: B\ncover: ../a/2.png\n"),
        ("a/settings.yaml", "title: A\ncover: 1.png\nsections:\n- {type: bordered-picture, image: ./sub/../1.png}\n"),
        ("a/1.png", ""),
        ("a/2.png", ""),
        ("a/unused.png", ""),
    ]);
    let photos: Vec<&str> = site.photos.iter().map(|photo| photo.path.as_str()).collect();
    assert_eq!(photos, ["a/1.png", "a/2.png"]);
    let Some(Cover::Photo(cover)) = &site.galleries[1].cover else { panic!("a photo") };
    assert_eq!(cover.photo.index(), 1);
    assert_eq!(site.photos[1].len, picture("2.png", 30, 20).len() as u64);
    assert_eq!(site.photos[0].digest, site.photos[1].digest);
}

#[cfg(unix)]
#[test]
fn a_photo_behind_a_link_is_the_same_photo() {
    let root = folder(&[("a/settings.yaml", "title: A\ncover: z.png\nsections:\n- {type: panorama, image: 1.png}\n")]);
    put(root.path(), "a/1.png", &picture("1.png", 30, 20));
    std::os::unix::fs::symlink("1.png", root.path().join("a/z.png")).expect("a link");
    let (site, said) = resolved(&root);
    let site = site.unwrap_or_else(|| panic!("{said}"));
    assert_eq!(site.photos.len(), 1);
    assert_eq!(site.photos[0].path.as_str(), "a/1.png");
}

#[test]
fn indexes_show_public_galleries_in_order_and_all_are_built() {
    let site = quiet(&[
        ("old/settings.yaml", "title: Old\ndate: 2010-01-01\ncover: ../1.png\n"),
        ("new/settings.yaml", "title: New\ndate: 2020-01-01\ncover: ../1.png\n"),
        ("undated/settings.yaml", "title: Undated\ncover: ../1.png\n"),
        ("private/settings.yaml", "title: Private\npublic: false\n"),
        ("private/in/settings.yaml", "title: In\ncover: ../../1.png\n"),
        ("private/out/settings.yaml", "title: Out\npublic: false\n"),
        ("1.png", ""),
    ]);
    let names = |ids: &[super::GalleryId]| {
        ids.iter().map(|id| site.galleries[id.index()].title.html()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(&site.front), "New Old Undated");
    let all: Vec<&str> = site.galleries.iter().map(|gallery| gallery.path.as_str()).collect();
    assert_eq!(all, ["new", "old", "private", "private/in", "private/out", "undated"]);
    let Body::Index(inside) = &site.galleries[2].body else { panic!("an index") };
    assert_eq!(names(inside), "In");
    assert_eq!(site.galleries[3].parent.map(|id| id.index()), Some(2));
    assert_eq!(site.galleries[0].parent, None);
}

#[test]
fn nested_indexes_are_turned_by_their_own_key_or_the_settings() {
    let children = [
        ("i/a/settings.yaml", "title: A\ndate: 2010-01-01\ncover: ../../1.png\n"),
        ("i/b/settings.yaml", "title: B\ndate: 2020-01-01\ncover: ../../1.png\n"),
        ("1.png", ""),
    ];
    let first = |root: &str, index: &str| {
        let files = [&children[..], &[("settings.yaml", root), ("i/settings.yaml", index)]].concat();
        let site = quiet(&files);
        let Body::Index(inside) = &site.galleries[0].body else { panic!("an index") };
        site.galleries[inside[0].index()].title.html().to_owned()
    };
    let turned = "title: S\nsettings: {reverse: true}\n";
    assert_eq!(first("title: S\n", "title: I\n"), "B");
    assert_eq!(first(turned, "title: I\n"), "A");
    assert_eq!(first(turned, "title: I\nreverse: false\n"), "B");
    assert_eq!(first("title: S\n", "title: I\nreverse: true\n"), "A");
}

#[test]
fn an_index_without_a_cover_shows_that_of_its_first_gallery() {
    let site = quiet(&[
        ("i/settings.yaml", "title: I\n"),
        ("i/j/settings.yaml", "title: J\n"),
        ("i/j/a/settings.yaml", "title: A\ndate: 2010-01-01\ncover: 1.png\n"),
        ("i/j/a/1.png", ""),
        ("i/j/b/settings.yaml", "title: B\ndate: 2020-01-01\ncover: 2.png\n"),
        ("i/j/b/2.png", ""),
    ]);
    for gallery in &site.galleries[..2] {
        let Some(Cover::Photo(cover)) = &gallery.cover else { panic!("a photo") };
        assert_eq!(site.photos[cover.photo.index()].path.as_str(), "i/j/b/2.png");
    }
}

#[test]
fn a_public_gallery_without_photos_needs_a_cover() {
    let root = folder(&[
        ("a/settings.yaml", "title: A\nsections:\n- {type: panorama, image: sub/2.png}\n"),
        ("a/1.png", ""),
        ("a/sub/2.png", ""),
        ("b/settings.yaml", "title: B\n"),
        ("b/1.png", ""),
        ("c/settings.yaml", "title: C\n"),
        ("d/settings.yaml", "title: D\n"),
        ("d/e/settings.yaml", "title: E\npublic: false\n"),
        ("f/settings.yaml", "title: F\ncover: gone.png\n"),
    ]);
    let (site, said) = resolved(&root);
    assert!(site.is_none());
    let rest = "or `public: false` to leave the gallery out of the index";
    assert_eq!(
        said,
        format!(
            "c/settings.yaml: error[gallery/no-cover]: this gallery has no `cover`; add `cover: ` and the name of a photo, {rest}\n\
             d/settings.yaml: error[gallery/no-cover]: this gallery has no `cover`; add `cover: ` and the name of a photo, {rest}\n\
             f/settings.yaml:2:8: error[file/missing]: file `gone.png` not found; check the name of the file, and its folder; upper and lower case letters differ\n"
        )
    );
}

#[test]
fn all_errors_are_told_whatever_the_number_of_threads() {
    let root = folder(&[
        ("a/settings.yaml", "title: A\ncover: gone.png\nsections:\n- {type: panorama, image: x.png}\n"),
        ("a/x.png", "not a picture"),
        ("b/settings.yaml", "title: B\ncover: e.jpg\nsections:\n- {type: audio, image: gone.mp3}\n"),
        ("c/settings.yaml", "title: C\ncover: {name: clip.mp4, type: image}\n"),
        ("c/clip.mp4", "x"),
        ("d/settings.yaml", "title: D\ncover: ../1.jpg\n"),
    ]);
    put(root.path(), "b/e.jpg", b"");
    put(root.path(), "1.jpg", &picture("1.png", 30, 20));
    let said = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| resolved(&root))
    };
    let (site, text) = said(1);
    assert!(site.is_none());
    let lines: Vec<&str> = text.lines().map(|line| line.split("; ").next().unwrap_or(line)).collect();
    assert_eq!(
        lines,
        [
            "a/settings.yaml:2:8: error[file/missing]: file `gone.png` not found",
            "b/settings.yaml:4:24: error[file/missing]: file `gone.mp3` not found",
            "c/settings.yaml:2:15: error[video/not-allowed]: expected a photo, found the video `clip.mp4`",
            "a/x.png: error[photo/not-a-picture]: the file is not a picture",
            "b/e.jpg: error[file/empty]: the file is empty",
            "1.jpg: warning[photo/wrong-extension]: the name ends in `.jpg`, but the content is PNG",
        ]
    );
    assert_eq!(said(4).1, text);
}

#[test]
fn what_the_ledger_knows_is_not_read_again() {
    let root = folder(&[
        (
            "a/settings.yaml",
            "title: A\ncover: 1.png\nsections:\n- {type: bordered-picture, image: {name: clip.mp4, type: video}}\n",
        ),
        ("a/1.png", ""),
        ("a/clip.mp4", "x"),
    ]);
    let (source, mut report) = read(root.path());
    let mut ledger = new_ledger();
    let first = resolve(&source, LISTED, &machine(), &mut ledger, &mut report).expect("a site");
    fs::remove_file(root.path().join("a/1.png")).expect("removed");
    fs::remove_file(root.path().join("a/clip.mp4")).expect("removed");
    let second = resolve(&source, LISTED, &machine(), &mut ledger, &mut report).expect("nothing is opened");
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
    let left = resolve(&source, LISTED, &machine(), &mut new_ledger(), &mut report).expect("what could be read");
    assert_eq!((left.photos.len(), left.videos.len(), report.count(Severity::Error)), (0, 0, 2));
}

#[test]
fn captions_describe_pictures_that_are_not_described() {
    let (sections, said) = sections(
        "- {type: bordered-picture, image: {name: 1.png, text: own}, text: 'The <b>sea</b> &amp; sky'}\n\
         - {type: bordered-picture, image: {name: 1.png, text: own}}\n\
         - type: pictures-group\n  images: [[{name: 1.png, text: cap, alt: ' a\n    wave '}, {name: 1.png, text: cap, alt: ''}]]\n",
    );
    assert_eq!(said, "");
    let shown: Vec<_> = sections
        .iter()
        .flat_map(|section| match &section.kind {
            SectionKind::BorderedPicture { media } => vec![caption(media)],
            SectionKind::PicturesGroup { rows } => rows.iter().flatten().map(caption).collect(),
            kind => panic!("{kind:?}"),
        })
        .collect();
    assert_eq!(shown, [("The sea & sky", "The <b>sea</b> &amp; sky"), ("own", "own"), ("a wave", "cap"), ("", "cap")]);
}

#[test]
fn a_flat_list_becomes_rows_by_proportion() {
    let root = folder(&[(
        "a/settings.yaml",
        "title: A\ncover: w.png\nsections:\n- {type: pictures-group, images: [w.png, w.png, p.png, w.png, w.png]}\n",
    )]);
    put(root.path(), "a/w.png", &picture("w.png", 30, 20));
    put(root.path(), "a/p.png", &picture("p.png", 64, 20));
    let (site, said) = resolved(&root);
    let site = site.unwrap_or_else(|| panic!("{said}"));
    let Body::Story(sections) = &site.galleries[0].body else { panic!("a story") };
    let SectionKind::PicturesGroup { rows } = &sections[0].kind else { panic!("a group") };
    assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 2]);
}

#[test]
fn a_section_without_its_defaults_has_them() {
    let (sections, said) = sections(
        "- {type: full-picture, image: 1.png}\n\
         - {type: paragraph, image: {name: 1.png, float: right, size: 40%}}\n\
         - {type: paragraph, image: 1.png}\n\
         - {type: audio, image: so<ng.mp3, color: red}\n\
         - {type: author, image: 1.png, twitter: '@ann', facebook: ann.b, website: 'https://a.example/'}\n",
    );
    assert_eq!(said, "");
    let SectionKind::FullPicture { overlay: None, fixed: false, position, .. } = &sections[0].kind else {
        panic!("{:?}", sections[0])
    };
    assert_eq!(position, "50% 50%");
    let asides: Vec<_> = sections[1..3]
        .iter()
        .map(|section| match &section.kind {
            SectionKind::Paragraph { image: Some(aside), .. } => (aside.right, aside.width.as_str()),
            kind => panic!("{kind:?}"),
        })
        .collect();
    assert_eq!(asides, [(true, "40%"), (false, "250px")]);
    let SectionKind::Audio { title, .. } = &sections[3].kind else { panic!("{:?}", sections[3]) };
    assert_eq!((title.html(), sections[3].style.color.as_str()), ("so&lt;ng", "red"));
    let SectionKind::Author { links, .. } = &sections[4].kind else { panic!("{:?}", sections[4]) };
    let urls: Vec<&str> = links.iter().map(|(_, url)| url.as_str()).collect();
    assert_eq!(urls, ["https://twitter.com/ann", "https://www.facebook.com/ann.b", "https://a.example/"]);
}

#[test]
fn what_cannot_be_used_is_left_out_with_a_warning() {
    let (sections, said) = sections(
        "- {type: text, text: x, background: 'url(2.png)', color: 'red; } body {'}\n\
         - {type: paragraph, image: {name: 1.png, float: up, size: '1px}'}}\n\
         - {type: full-picture, image: {name: clip.mp4, type: video}, text: {date: 2020-01-02, date_end: 2020-01-01}}\n\
         - {type: bordered-picture, image: {name: 1.png, strip: no}}\n",
    );
    assert_eq!(sections[0].style, super::Style::default());
    let messages: Vec<&str> = said.lines().map(|line| line.split("; ").next().unwrap_or(line)).collect();
    assert!(messages.iter().all(|line| line.contains(": warning[")), "{said}");
    for (line, message) in [
        (4, "ignoring `background`: `url(2.png)` names no file of the site"),
        (4, "ignoring `color`: "),
        (5, "expected `left` or `right` for `float`, found `up`; using `left`"),
        (5, "ignoring `size`: "),
        (6, "`date_end` is before `date`"),
        (7, "`strip: false` keeps camera metadata, but not location or personal data"),
    ] {
        let at = format!("a/settings.yaml:{line}:");
        assert!(said.lines().any(|said| said.starts_with(&at) && said.contains(message)), "{message} in\n{said}");
    }
}

#[test]
fn what_needs_an_address_is_off_without_one_and_one_warning_names_it() {
    let resolve_root = |root: &str| {
        let site = folder(&[("settings.yaml", root), ("a/settings.yaml", "title: A\ncover: 1.png"), ("a/1.png", "")]);
        let (site, said) = resolved(&site);
        (site.expect("a site").sharing, said)
    };
    assert_eq!(resolve_root("title: S"), (Sharing::default(), String::new()));
    let (sharing, said) = resolve_root("title: S\nrss: true\nshare: true\nsettings: {og: true}");
    assert_eq!(sharing, Sharing::default());
    assert_eq!(
        said,
        "settings.yaml:2:6: warning[site/no-url]: the site has no `url`, which is required for feeds (`rss`), links for sharing (`share`), \
         OpenGraph data (`og`); add the address of the published site, like `url: https://example.org/photos`\n"
    );
    let (sharing, said) = resolve_root("title: S\nurl: https://example.org/\nshare: true");
    assert_eq!((sharing, said.as_str()), (Sharing { feeds: true, links: true, cards: false }, ""));
    let (sharing, _) = resolve_root("title: S\nurl: https://example.org\nrss: false\nsettings: {og: true}");
    assert_eq!(sharing, Sharing { feeds: false, links: false, cards: true });
}

#[cfg(unix)]
#[test]
fn a_disk_that_fails_and_a_limit_that_is_met_are_not_blamed_on_the_settings() {
    use crate::machine::fault::{Fault, FaultKind, watch};
    let root =
        folder(&[("settings.yaml", "title: T\n"), ("a/settings.yaml", "title: A\ncover: 1.png\n"), ("a/1.png", "")]);
    let path = fs::canonicalize(root.path()).expect("there");
    for (kind, cure) in
        [(FaultKind::TooManyFiles, "`ulimit -n`"), (FaultKind::Io, "check the disk"), (FaultKind::Denied, "--user")]
    {
        let (source, mut report) = read(&path);
        let watching = watch(&path, Fault { kind, at: 1, lasting: true });
        let result = resolve(&source, LISTED, &machine(), &mut new_ledger(), &mut report);
        drop(watching);
        let said = short(&report);
        assert!(result.is_ok_and(|site| site.photos.is_empty()) && said.contains(cure), "{said}");
        assert!(
            said.starts_with("a/1.png: error[file/unreadable]: cannot read the file: ")
                && !said.contains("the settings"),
            "{said}"
        );
    }
}
