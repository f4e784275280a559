//! Texts of photos on pages: every word of every kind of metadata is searched for in every byte of built sites. The findings must
//! equal the decisions of the author and the list of `check --privacy`.

use std::collections::BTreeSet;

use crate::support::{Events, Metadata, Picture, SiteBuilder, quadrants, seeded};

/// Words that are never shown: they are stored beside a caption, but the author did not write them for readers.
const NEVER: [&str; 30] = [
    "exifcomment",
    "exifowner",
    "exifserial",
    "exifxpcomment",
    "exifxpkeyword",
    "exifxpsubject",
    "exifxptitle",
    "iptccity",
    "iptcinstructions",
    "iptckeyword",
    "iptclocation",
    "iptcname",
    "iptcheadline",
    "iptcwriter",
    "xmpcity",
    "xmpcountry",
    "xmpcontactcity",
    "xmphistory",
    "xmpinstructions",
    "xmpkeyword",
    "xmplocation",
    "xmpperson",
    "xmpregion",
    "xmpserial",
    "xmptitle",
    "xmpheadline",
    "xmpwriter",
    "xmpcomment",
    "jpegcomment",
    "exifsoftware",
];

/// Captions and titles of files, each the first of its photo.
const CAPTIONS: [&str; 6] = ["exifcaption", "iptccaption", "xmpcaption", "wintitle", "nametitle", "pngcaption"];

/// Comments in files, each the only text of its photo.
const COMMENTS: [&str; 4] = ["loneusernote", "lonewindowsnote", "lonexmpnote", "lonejpegnote"];

/// Text written for publication.
const PUBLISHED: [&str; 2] = ["xmpalternative", "xmpextended"];

/// Owners of the photos.
const CREDIT: [&str; 5] = ["exifartist", "iptcbyline", "xmpcreator", "xmpcopyright", "winauthor"];

const XMP: &str = "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>xmptitle</rdf:li></rdf:Alt></dc:title>\
    <dc:description><rdf:Alt><rdf:li xml:lang='x-default'>xmpcaption</rdf:li></rdf:Alt></dc:description>\
    <dc:subject><rdf:Bag><rdf:li>xmpkeyword</rdf:li><rdf:li>xmpperson</rdf:li></rdf:Bag></dc:subject>\
    <dc:creator><rdf:Seq><rdf:li>xmpcreator</rdf:li></rdf:Seq></dc:creator>\
    <dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>xmpcopyright</rdf:li></rdf:Alt></dc:rights>\
    <photoshop:Headline>xmpheadline</photoshop:Headline><photoshop:City>xmpcity</photoshop:City>\
    <photoshop:Country>xmpcountry</photoshop:Country><photoshop:CaptionWriter>xmpwriter</photoshop:CaptionWriter>\
    <photoshop:Instructions>xmpinstructions</photoshop:Instructions><photoshop:History>xmphistory</photoshop:History>\
    <iptc:Location>xmplocation</iptc:Location>\
    <iptc:CreatorContactInfo rdf:parseType='Resource'><iptc:CiAdrCity>xmpcontactcity</iptc:CiAdrCity></iptc:CreatorContactInfo>\
    <ext:PersonInImage xmlns:ext='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'><rdf:Bag><rdf:li>xmpperson</rdf:li></rdf:Bag></ext:PersonInImage>\
    <mwg:Regions xmlns:mwg='http://www.metadataworkinggroup.com/schemas/regions/' rdf:parseType='Resource'><mwg:RegionList><rdf:Bag>\
    <rdf:li rdf:parseType='Resource'><mwg:Name>xmpregion</mwg:Name></rdf:li></rdf:Bag></mwg:RegionList></mwg:Regions>\
    <exif:UserComment xmlns:exif='http://ns.adobe.com/exif/1.0/'>xmpcomment</exif:UserComment>\
    <aux:SerialNumber>xmpserial</aux:SerialNumber>";

const ALTERNATIVE: &str = "<iptc:AltTextAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>xmpalternative</rdf:li></rdf:Alt>\
    </iptc:AltTextAccessibility>";
const EXTENDED: &str = "<iptc:ExtDescrAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>xmpextended</rdf:li></rdf:Alt>\
    </iptc:ExtDescrAccessibility>";

/// One photo for each way in which words are stored in files.
fn photos() -> Vec<(&'static str, Picture)> {
    let exif = Metadata::exif()
        .text(0x010E, "exifcaption")
        .text(0x013B, "exifartist")
        .text(0x0131, "exifsoftware")
        .wide(0x9C9B, "exifxptitle")
        .wide(0x9C9C, "exifxpcomment")
        .wide(0x9C9E, "exifxpkeyword")
        .wide(0x9C9F, "exifxpsubject")
        .shot(0x9286, b"ASCII\0\0\0exifcomment")
        .shot(0xA430, b"exifowner\0")
        .shot(0xA431, b"exifserial\0")
        .located();
    let iptc = Metadata::iptc(&[
        (5, "iptcname"),
        (25, "iptckeyword"),
        (40, "iptcinstructions"),
        (80, "iptcbyline"),
        (90, "iptccity"),
        (92, "iptclocation"),
        (105, "iptcheadline"),
        (120, "iptccaption"),
        (122, "iptcwriter"),
    ]);
    let windows = Metadata::exif().wide(0x9C9B, "wintitle").wide(0x9C9D, "winauthor");
    let photo = |seed| seeded(160, 100, seed);
    vec![
        ("exif.jpg", photo(1).metadata(exif).comment("jpegcomment")),
        ("iptc.jpg", photo(2).metadata(iptc)),
        ("xmp.jpg", photo(3).xmp(XMP)),
        ("alternative.jpg", photo(4).xmp(&[XMP, ALTERNATIVE].concat())),
        ("extended.jpg", photo(5).xmp(&[XMP, EXTENDED].concat())),
        ("windows.jpg", photo(6).metadata(windows)),
        ("name.jpg", photo(7).metadata(Metadata::iptc(&[(5, "nametitle")]))),
        (
            "user.jpg",
            photo(9).metadata(Metadata::exif().shot(0x9286, b"UNICODE\0l\0o\0n\0e\0u\0s\0e\0r\0n\0o\0t\0e\0")),
        ),
        ("xp.jpg", photo(10).metadata(Metadata::exif().wide(0x9C9C, "lonewindowsnote"))),
        (
            "xc.jpg",
            photo(11).xmp(&XMP[XMP.find("<exif:UserComment").expect("there")..].replace("xmpcomment", "lonexmpnote")),
        ),
        ("com.jpg", photo(12).comment("lonejpegnote")),
        ("words.png", photo(8).comment("pngcaption")),
    ]
}

/// Returns a site that shows all of them in every kind of place: sections, covers, copies, feeds, behind a password.
fn site(images: &str) -> SiteBuilder {
    let root = format!(
        "title: T\nurl: https://example.org\nlicence: {{name: CC0, url: https://site.example/licence}}\n\
         settings:\n  og: true\n  light_mode: true\n  images: {{{images}}}\n"
    );
    let mut site = SiteBuilder::new().settings("settings.yaml", &root);
    for (number, (name, picture)) in photos().into_iter().enumerate() {
        let (stem, folder) = (name.split('.').next().expect("a stem"), number % 2);
        let gallery = if folder == 0 { stem.to_owned() } else { format!("nest/{stem}") };
        let more = if stem == "windows" { "password: secret\nprotect: pages\n" } else { "" };
        let story = format!(
            "title: {stem}\ndate: 2024-05-01\ncover: {name}\n{more}sections:\n\
             - {{type: full-picture, image: {name}}}\n- {{type: bordered-picture, image: {name}}}\n\
             - {{type: pictures-group, images: [[{name}, {{name: {name}, text: My own}}]]}}\n\
             - {{type: paragraph, title: P, text: p, image: {{name: {name}}}}}\n- {{type: panorama, image: {name}}}\n\
             - {{type: author, name: A, image: {name}, text: a}}\n"
        );
        site = site.photo(&format!("{gallery}/{name}"), picture).settings(&format!("{gallery}/settings.yaml"), &story);
    }
    site.settings("nest/settings.yaml", "title: Nest\ncover: iptc/iptc.jpg\n")
}

fn contains(bytes: &[u8], word: &str) -> bool {
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    has(word.as_bytes()) || has(&wide)
}

/// Splits a page into four parts: its `alt` attributes, the names of panoramas, its linked data, and the rest.
fn parts(page: &str) -> [String; 4] {
    let mut rest = page.to_owned();
    let mut cut = |begin: &str, end: &str| {
        let mut found = String::new();
        let mut from = 0;
        while let Some(at) = rest[from..].find(begin).map(|at| from + at + begin.len()) {
            let length = rest[at..].find(end).expect("an end");
            found.push_str(&rest[at..at + length]);
            found.push('\n');
            rest.replace_range(at..at + length, "");
            from = at;
        }
        found
    };
    let (alt, label) = (cut(" alt=\"", "\""), cut(" aria-label=\"Panorama: ", "\""));
    let data = cut("<script type=\"application/ld+json\">", "</script>");
    [alt, label, data, rest]
}

/// Returns every word of photos in files of the output, except renditions, with file and place.
fn found(site: &SiteBuilder) -> BTreeSet<(String, &'static str, String)> {
    let mut found = BTreeSet::new();
    let words = || NEVER.iter().chain(&CAPTIONS).chain(&COMMENTS).chain(&PUBLISHED).chain(&CREDIT);
    for (path, bytes) in &site.output().0 {
        let is_page = path.ends_with(".html") || path.ends_with(".xml") || path.ends_with("feed.json");
        let places: Vec<(&str, Vec<u8>)> = if path.ends_with(".html") {
            let [alt, label, data, rest] = parts(std::str::from_utf8(bytes).expect("text"));
            let (meta, rest): (Vec<_>, Vec<_>) = rest.lines().partition(|line| line.contains("og:image:alt"));
            vec![
                ("alt", alt.into()),
                ("label", label.into()),
                ("JSON-LD", data.into()),
                ("og", meta.concat().into()),
                ("caption", rest.concat().into()),
            ]
        } else {
            vec![(if is_page { "feed" } else { "file" }, bytes.clone())]
        };
        for (place, bytes) in places {
            for word in words().filter(|word| contains(&bytes, word)) {
                found.insert((path.clone(), place, (*word).to_owned()));
            }
        }
    }
    found
}

/// Returns the list of `check --privacy` for the pages, in the same form.
fn listed(site: &SiteBuilder) -> BTreeSet<(String, &'static str, String)> {
    let run = site.run(&["check", "--privacy", "--format", "json"]).success();
    let events = Events::of(&run);
    let shown = events.named("shown_text").map(|line| {
        let text = |key: &str| line[key].as_str().expect("a text file").to_owned();
        let place = match text("place").as_str() {
            "alt" => "alt",
            "caption" => "caption",
            "og:image:alt" => "og",
            "feed" => "feed",
            place if place.starts_with("JSON-LD ") => "JSON-LD",
            place => panic!("{place}"),
        };
        (text("page"), place, text("text"))
    });
    shown.collect()
}

/// Returns the places in which any of these words was found.
fn places(found: &BTreeSet<(String, &'static str, String)>, words: &[&str]) -> BTreeSet<&'static str> {
    found.iter().filter(|(_, _, word)| words.contains(&word.as_str())).map(|(_, place, _)| *place).collect()
}

#[test]
fn every_word_of_metadata_is_where_its_author_lets_it_and_listed() {
    for (images, captions, published) in [
        ("", &["alt"][..], &["JSON-LD", "alt", "feed", "label", "og"][..]),
        (
            "captions: shown, full: keep",
            &["JSON-LD", "alt", "caption", "feed", "label", "og"],
            &["alt", "feed", "label", "og"],
        ),
        ("captions: none, full: keep", &[], &["JSON-LD", "alt", "feed", "label", "og"]),
        ("captions: false, metadata: none", &[], &["JSON-LD", "alt", "feed", "label", "og"]),
    ] {
        let site = site(images);
        site.build();
        let found = found(&site);
        let is_credited = !images.contains("metadata: none");
        assert_eq!(places(&found, &NEVER), BTreeSet::new(), "{images}: {found:?}");
        assert_eq!(places(&found, &CAPTIONS), captions.iter().copied().collect(), "{images}: {found:?}");
        let noted: &[&str] = if captions.is_empty() { &[] } else { &["alt"] };
        assert_eq!(places(&found, &COMMENTS), noted.iter().copied().collect(), "{images}: {found:?}");
        let seen = |comment: &&&str| found.iter().any(|(_, place, word)| *place == "alt" && word == **comment);
        assert_eq!(COMMENTS.iter().filter(seen).count(), if captions.is_empty() { 0 } else { 4 }, "{images}");
        assert_eq!(places(&found, &PUBLISHED), published.iter().copied().collect(), "{images}: {found:?}");
        let credit: &[&str] = if is_credited { &["JSON-LD", "file"] } else { &[] };
        assert_eq!(places(&found, &CREDIT), credit.iter().copied().collect(), "{images}: {found:?}");
        // All words on open pages are listed. Pages behind a password are encrypted, so their listed words are not found.
        // A panorama is named by its description, which is listed as such.
        let shown: BTreeSet<_> = found.into_iter().filter(|(_, place, _)| !["file", "label"].contains(place)).collect();
        let (open, protected): (BTreeSet<_>, BTreeSet<_>) =
            listed(&site).into_iter().partition(|(page, _, _)| !page.starts_with("nest/windows/"));
        assert_eq!(shown, open, "{images}");
        assert_eq!(
            protected.iter().any(|(_, place, word)| *place == "alt" && word == "wintitle"),
            !captions.is_empty()
        );
        for caption in CAPTIONS.iter().filter(|caption| **caption != "wintitle" && !captions.is_empty()) {
            assert!(shown.iter().any(|(_, place, word)| *place == "alt" && word == caption), "{caption}");
        }
    }
}

#[test]
fn texts_of_files_are_listed_for_people_and_are_no_error() {
    let picture = quadrants(640, 400).metadata(Metadata::exif().text(0x010E, "A sea"));
    let site = SiteBuilder::gallery_of(&[("1.jpg", picture)]);
    let run = site.run(&["check", "--privacy"]).success();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(
        lines,
        [
            "a/index.html: alt of a/1.jpg: A sea",
            "index.html: alt of a/1.jpg: A sea",
            "sources: 1 file, none with a location, serial number or name",
            "pages: 2 embedded texts are shown (alt 2)",
            "build: no files published by cimaise",
        ]
    );
    let own = "title: A\ndate: 2024-05-01\ncover: {name: 1.jpg, alt: Mine}\nsections: [{type: bordered-picture, image: {name: 1.jpg, text: Mine}}]\n";
    let run = site.settings("a/settings.yaml", own).run(&["check", "--privacy"]).success();
    assert!(run.stdout.contains("pages: no embedded text is shown\n"), "{}", run.stdout);
}

#[test]
fn machine_words_and_addresses_never_serve_unless_their_author_wrote_them() {
    for text in ["SAMSUNG", "oznorWO", "OLYMPUS DIGITAL CAMERA", "DCIM\\100MEDIA\\DJI_0001.JPG", "Created with GIMP"]
        .into_iter()
        .chain(["At home, 47.3769, 8.5417", "Call +33 6 12 34 56 78", "ann@example.org"])
    {
        let picture = quadrants(640, 400).metadata(Metadata::exif().text(0x010E, text));
        let site = SiteBuilder::gallery_of(&[("1.jpg", picture)])
            .settings("settings.yaml", "title: T\nurl: https://example.org\nsettings: {images: {captions: shown}}\n");
        site.build();
        for (path, bytes) in &site.output().0 {
            assert!(!contains(bytes, text), "{path}: {text}");
        }
        let written = text.replace('\\', "/");
        let own = format!(
            "title: A\ndate: 2024-05-01\ncover: 1.jpg\nsections: [{{type: bordered-picture, image: {{name: 1.jpg, alt: \"{written}\"}}}}]\n"
        );
        let site = site.settings("a/settings.yaml", &own);
        site.build();
        assert!(site.page("a/index.html").contains(&format!("alt=\"{written}\"")), "{written}");
    }
}

#[test]
fn a_wrong_word_for_captions_is_an_error() {
    let site = SiteBuilder::gallery_of(&[("1.jpg", quadrants(64, 40))])
        .settings("settings.yaml", "title: T\nsettings: {images: {captions: show}}\n");
    let said = site.run(&["check"]).exit(1).stderr;
    assert!(
        said.contains("expected `shown`, `alt`, `none` for `captions`") && said.contains("did you mean `shown`?"),
        "{said}"
    );
}
