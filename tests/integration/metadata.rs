//! Metadata of photos: published in renditions, shown on pages, or reported to the author alone.

use std::fs;

use crate::support::{Events, Picture, Run, SiteBuilder, Tree, quadrants};

const CREDIT: &str = "<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>\u{A9} Ann</rdf:li></rdf:Alt></dc:rights>\
    <cc:license rdf:resource='https://example.org/licence'/><aux:SerialNumber>S3R1AL</aux:SerialNumber>";

const WORDS: &str = "<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>A &lt;b&gt; sea</rdf:li>\
    <rdf:li xml:lang='fr'>La mer</rdf:li></rdf:Alt></dc:description>";

const ALT: &str = "<iptc:AltTextAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>Waves</rdf:li></rdf:Alt>\
    </iptc:AltTextAccessibility>";

fn photo() -> Picture {
    quadrants(640, 400)
}

/// Returns a site with these settings and a gallery of one photo.
fn site(settings: &str, picture: Picture) -> SiteBuilder {
    SiteBuilder::gallery_of(&[("1.jpg", picture)])
        .file("site/settings.yaml", format!("title: T\nsettings:\n{settings}").as_bytes())
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Returns how many of the photo's renditions contain a text, and how many there are.
fn holding(output: &Tree, text: &str) -> (usize, usize) {
    let all: Vec<_> = output.0.iter().filter(|(path, _)| path.ends_with(".jpg")).collect();
    (all.iter().filter(|(_, bytes)| contains(bytes, text)).count(), all.len())
}

#[test]
fn credit_stays_in_every_rendition_and_serial_numbers_in_none() {
    for (settings, credit, serial) in [
        ("  images: {}\n", true, false),
        ("  images: {full: keep}\n", true, false),
        ("  images: {metadata: none, full: keep}\n", false, false),
        ("  images: {metadata: all-but-location}\n", true, false),
        ("  images: {metadata: all, full: keep}\n", true, true),
        ("  gm: {strip: true}\n", false, false),
        ("  gm: {strip: false}\n", true, false),
    ] {
        let site = site(settings, photo().located().xmp(CREDIT));
        site.build();
        let output = site.output();
        let (_, all) = holding(&output, "JFIF");
        assert!(all >= 2);
        let expected = |is_there: bool| (if is_there { all } else { 0 }, all);
        assert_eq!(holding(&output, "\u{A9} Ann"), expected(credit), "{settings}");
        assert_eq!(holding(&output, "https://example.org/licence"), expected(credit), "{settings}");
        assert_eq!(holding(&output, "S3R1AL"), expected(serial), "{settings}");
    }
}

#[test]
fn settings_that_give_away_or_contradict_are_warned_about() {
    let said = |settings: &str| site(settings, photo()).run(&["check", "--format", "short"]).success().stderr;
    assert_eq!(said("  images: {metadata: all-but-location}\n"), "");
    assert_eq!(said("  gm: {strip: true}\n  images: {metadata: credit}\n"), "");
    let all = said("  images: {metadata: all}\n");
    assert_eq!(all.matches("`metadata: all` publishes locations").count(), 1, "{all}");
    let none = said("  gm: {strip: false}\n  images: {metadata: credit}\n");
    assert!(none.contains(":3:15: warning[settings/no-effect]: `strip` has no effect"), "{none}");
    let wrong = site("  images: {metadata: credits}\n", photo()).run(&["check"]).exit(1).stderr;
    assert!(wrong.contains("did you mean `credit`?"), "{wrong}");
}

#[test]
fn words_in_the_file_describe_a_picture_unless_its_author_does() {
    let page = |settings: &str, gallery: &str, xmp: &str| {
        let gallery = format!("title: A\ndate: 2024-05-01\ncover: 1.jpg\n{gallery}\n");
        let site = site(settings, photo().xmp(xmp)).settings("a/settings.yaml", &gallery);
        site.build();
        site.page("a/index.html")
    };
    let group = "sections: [{type: pictures-group, images: [[1.jpg]]}]";
    let plain = page("  images: {}\n", group, WORDS);
    assert!(plain.contains(r#"alt="A &#60;b&#62; sea""#), "{plain}");
    assert!(!plain.contains("<figcaption"), "captions are not shown unasked: {plain}");
    assert!(page("  images: {}\n", &format!("lang: fr-CA\n{group}"), WORDS).contains(r#"alt="La mer""#));
    assert!(page("  images: {}\n", group, &[WORDS, ALT].concat()).contains(r#"alt="Waves""#));
    let shown = page("  images: {captions: true}\n", group, &[WORDS, ALT].concat());
    assert!(shown.contains("A &lt;b&gt; sea</figcaption>") && shown.contains(r#"alt="Waves""#), "{shown}");
    let own = "sections: [{type: pictures-group, images: [[{name: 1.jpg, text: Mine}]]}]";
    let own = page("  images: {captions: true}\n", own, &[WORDS, ALT].concat());
    assert!(own.contains("Mine</figcaption>") && own.contains(r#"alt="Mine""#) && !own.contains("sea"), "{own}");
    let named = "sections: [{type: pictures-group, images: [[{name: 1.jpg, alt: Surf}]]}]";
    assert!(page("  images: {}\n", named, ALT).contains(r#"alt="Surf""#));
}

#[test]
fn metadata_that_cannot_be_read_is_a_warning() {
    let site = site("  images: {}\n", photo().xmp("<dc:rights>"));
    let said = site.run(&["check", "--format", "short"]).success().stderr;
    assert!(
        said.starts_with("a/1.jpg: warning[photo/unreadable-metadata]: cannot read the XMP metadata: it is damaged: "),
        "{said}"
    );
}

fn check(site: &SiteBuilder, more: &[&str]) -> Run {
    site.run(&[&["check", "--privacy"], more].concat())
}

#[test]
fn privacy_of_sources_is_listed_and_is_no_error() {
    let site = site("  images: {}\n", photo().located().xmp(CREDIT));
    let run = check(&site, &[]).success();
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "a/1.jpg: location 48.85806 (Exif); serial number S3R1AL (XMP)", "{}", run.stdout);
    assert_eq!(lines[1], "sources: personal data in 1 of 1 file (location 1, serial number 1)");
    assert_eq!(lines[2], "pages: no embedded text is shown");
    assert_eq!(check(&site, &["--quiet"]).success().stdout, "");
    assert!(!site.root().join(".cimaise-cache").exists(), "nothing is written");
}

#[test]
fn what_leaks_in_the_output_is_an_error_whoever_put_it_there() {
    let site = site("  images: {}\n", photo().located());
    site.build();
    let run = check(&site, &[]).success();
    assert!(run.stdout.contains("build: ") && run.stdout.contains("none with a location"), "{}", run.stdout);
    let foreign = photo().located().encode("jpg");
    fs::create_dir_all(site.root().join("build/theirs")).expect("a folder");
    site.write("build/theirs/2.jpg", &foreign);
    let run = check(&site, &["--quiet"]).exit(1);
    assert_eq!(run.stdout, "build/theirs/2.jpg: location 48.85806 (Exif)\n");
    let events = Events::of(&check(&site, &["--format", "json"]).exit(1));
    let data: Vec<_> = events.named("personal_data").collect();
    assert_eq!((&data[1]["in"], &data[1]["found"][0]["what"]), (&"output".into(), &"location".into()));
    assert_eq!(data[1]["file"], "build/theirs/2.jpg");
    assert_eq!(events.summary()["result"]["output"]["files_with_personal_data"], 1);
    // Files that cimaise did not publish are ignored.
    site.write("theirs/2.jpg", &foreign);
    let elsewhere = check(&site, &["--output", "theirs"]).success();
    assert!(elsewhere.stdout.ends_with("theirs: no files published by cimaise\n"), "{}", elsewhere.stdout);
}

#[test]
fn sounds_that_tell_their_place_are_warned_about_and_listed() {
    let part = |kind: &[u8; 4], body: &[u8]| [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat();
    let place = part(b"udta", &part(b"\xA9xyz", b"\0\x0E\x15\xC7+48.85+002.29/"));
    let sound = [part(b"ftyp", b"M4A \0\0\0\0"), part(b"moov", &place), part(b"free", b"mp4a")].concat();
    let gallery = "title: A\ndate: 2024-05-01\ncover: 1.jpg\nsections: [{type: audio, image: memo.m4a}]\n";
    let site = site("  images: {}\n", photo()).settings("a/settings.yaml", gallery);
    site.write("a/memo.m4a", &sound);
    let run = check(&site, &[]).success();
    assert!(run.stdout.starts_with("a/memo.m4a: location +48.85+002.29/ (film)\n"), "{}", run.stdout);
    let warning = "a/memo.m4a: warning[privacy/location]: this sound contains a location and is published unchanged";
    for command in ["check", "build", "build"] {
        let said = site.run(&[command, "--format", "short"]).success().stderr;
        assert_eq!(said.matches(warning).count(), 1, "{said}");
    }
    // Formats that browsers play are copied unchanged.
    assert!(check(&site, &[]).exit(1).stdout.contains("location +48.85+002.29/ (film)\nsources: "));
}
