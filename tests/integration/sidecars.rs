//! XMP files beside photos: what they say, of which photo, and that nobody sees them.

use crate::support::{Picture, SiteBuilder, quadrants, seeded};

const NAMES: &str = "xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/' \
    xmlns:tiff='http://ns.adobe.com/tiff/1.0/' xmlns:exif='http://ns.adobe.com/exif/1.0/'";

/// An XMP file with attributes and a caption, as Lightroom writes them.
fn xmp(attributes: &str, caption: &str) -> Vec<u8> {
    let words =
        format!("<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>{caption}</rdf:li></rdf:Alt></dc:description>");
    format!(
        "<?xpacket begin='\u{feff}' id='W5M0MpCehiHzreSzNTczkc9d'?>\n<x:xmpmeta xmlns:x='adobe:ns:meta/'>\
         <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' {NAMES} {attributes}>\
         {words}</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end='w'?>"
    )
    .into_bytes()
}

fn captioned(caption: &str, seed: u32) -> Picture {
    let words =
        format!("<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>{caption}</rdf:li></rdf:Alt></dc:description>");
    seeded(160, 100, seed).xmp(&words)
}

fn says(site: &SiteBuilder, caption: &str) -> bool {
    site.page("a/index.html").contains(&format!("alt=\"{caption}\""))
}

#[test]
fn words_beside_a_photo_replace_those_in_it() {
    let site = SiteBuilder::gallery_of(&[
        ("1.jpg", captioned("inside 1", 1)),
        ("2.jpg", captioned("inside 2", 2)),
        ("3.png", quadrants(160, 100)),
        ("4.jpg", captioned("inside 4", 4)),
    ])
    .file("site/a/1.jpg.xmp", &xmp("", "beside 1"))
    .file("site/a/1.xmp", &xmp("", "not this one"))
    .file("site/a/2.XMP", &xmp("", "beside 2"))
    .file("site/a/3.png.xmp", &xmp("", "beside 3"))
    .file("site/a/4.xmp", &xmp("xmp:Rating='3'", ""));
    site.build();
    for caption in ["beside 1", "beside 2", "beside 3", "inside 4"] {
        assert!(says(&site, caption), "{caption}");
    }
    // The next build reads the ledger, and notices a change of the sidecar alone.
    assert!(site.build().stdout.contains("0 written, 0 removed"));
    site.write("a/2.XMP", &xmp("", "beside two, changed"));
    site.build();
    assert!(says(&site, "beside two, changed"));
    site.delete("a/2.XMP");
    site.build();
    assert!(says(&site, "inside 2"));
}

#[test]
fn a_sidecar_of_a_raw_file_is_not_that_of_its_jpeg() {
    let site = SiteBuilder::gallery_of(&[
        ("1.jpg", captioned("inside 1", 1)),
        ("1.dng", quadrants(600, 400)),
        ("2.jpg", captioned("inside 2", 2)),
    ])
    .file("site/a/1.xmp", &xmp("", "of the raw file"))
    .file("site/a/2.nef.xmp", &xmp("", "of a file that is gone"));
    site.build();
    for caption in ["inside 1", "of the raw file", "inside 2"] {
        assert!(says(&site, caption), "{caption}");
    }
}

#[test]
fn a_sidecar_of_exactly_this_file_turns_it() {
    let site = |full: &str, name: &str| {
        let root = format!("title: T\nsettings: {{images: {{full: {full}}}}}\n");
        let site = SiteBuilder::gallery_of(&[("1.jpg", seeded(600, 400, 1))]).settings("settings.yaml", &root);
        site.file(&format!("site/a/{name}"), &xmp("tiff:Orientation='6'", ""))
    };
    for full in ["reencode", "keep", "none"] {
        let turned = site(full, "1.jpg.xmp");
        turned.build();
        let files = turned.output();
        assert!(files.0.keys().any(|path| path.ends_with("-400x600.jpg")), "{full}");
        assert!(!files.0.keys().any(|path| path.ends_with("-600x400.jpg")), "{full}");
        let shared = site(full, "1.xmp");
        shared.build();
        assert!(!shared.output().0.keys().any(|path| path.ends_with("-400x600.jpg")), "{full}");
    }
    let raw = SiteBuilder::gallery_of(&[("1.dng", seeded(600, 400, 1))])
        .file("site/a/1.xmp", &xmp("tiff:Orientation='8'", ""));
    raw.build();
    assert!(raw.output().0.keys().any(|path| path.ends_with("-400x600.jpg")));
}

#[test]
fn times_and_stars_beside_photos_decide_order_and_cover() {
    let site = SiteBuilder::new();
    site.delete("settings.yaml");
    let photo = |seed, time| seeded(1500, 1000, seed).taken(time);
    let site = site
        .photo("a/1.jpg", photo(1, "2024:05:01 10:00:00"))
        .photo("a/2.jpg", photo(2, "2024:05:02 10:00:00"))
        .photo("a/3.jpg", photo(3, "2024:05:03 10:00:00"))
        .file("site/a/1.jpg.xmp", &xmp("exif:DateTimeOriginal='2024-05-04T10:00:00'", ""))
        .file("site/a/3.xmp", &xmp("xmp:Rating='5'", ""));
    site.run(&["init"]).success();
    let text = std::fs::read_to_string(site.root().join("a/settings.yaml")).expect("there");
    assert!(
        text.contains("cover: 3.jpg") && text.contains("[2.jpg, 1.jpg]") && text.contains("date: 2024-05-02"),
        "{text}"
    );
}

#[test]
fn damaged_sidecars_are_a_warning() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", captioned("inside 1", 1)), ("2.jpg", captioned("inside 2", 2))])
        .file("site/a/1.jpg.xmp", b"<x:xmpmeta")
        .file("site/a/2.xmp", b"");
    let said = site.run(&["build", "--format", "short"]).success().stderr;
    for name in ["a/1.jpg.xmp", "a/2.xmp"] {
        assert!(said.contains(&format!("{name}: warning[photo/unreadable-metadata]")), "{said}");
    }
    assert!(says(&site, "inside 1") && says(&site, "inside 2"));
}

#[test]
fn sidecars_are_never_published() {
    let secret = xmp("exif:GPSLatitude='47,22.614N'", "secretplace");
    let site = SiteBuilder::gallery_of(&[("1.jpg", seeded(160, 100, 1))])
        .settings("settings.yaml", "title: T\ninclude: [more, one/1.jpg, one/1.xmp]\n")
        .photo("static/1.jpg", seeded(160, 100, 2))
        .photo("more/2.png", seeded(160, 100, 3))
        .photo("one/1.jpg", seeded(160, 100, 4))
        .file("site/static/1.jpg.xmp", &secret)
        .file("site/more/2.xmp", &secret)
        .file("site/one/1.xmp", &secret)
        .file("site/static/preset.xmp", &xmp("", "a preset to download"))
        .file("site/a/1.xmp", &secret);
    let said = site.run(&["build", "--format", "short"]).success().stderr;
    let files = site.output();
    let published: Vec<&String> = files.0.keys().filter(|path| path.to_lowercase().ends_with(".xmp")).collect();
    assert_eq!(published, ["static/preset.xmp"]);
    for name in ["static/1.jpg.xmp", "more/2.xmp", "one/1.xmp"] {
        assert!(said.contains(&format!("{name}: warning[privacy/not-published]")), "{said}");
    }
}
