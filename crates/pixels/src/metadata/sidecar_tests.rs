//! Tests of XMP files beside pictures.

use super::*;
use crate::metadata::About;

const NAMES: &str = "xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/' \
    xmlns:tiff='http://ns.adobe.com/tiff/1.0/' xmlns:exif='http://ns.adobe.com/exif/1.0/' \
    xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'";

fn sidecar(attributes: &str, inside: &str) -> Result<Sidecar, String> {
    let text = format!(
        "\u{feff}<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
         <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description {NAMES} {attributes}>{inside}\
         </rdf:Description></rdf:RDF></x:xmpmeta>"
    );
    Sidecar::parse(text.as_bytes())
}

fn words(text: &str) -> Words {
    Words::of(text)
}

#[test]
fn each_form_is_read() {
    let bag = "<dc:subject><rdf:Bag><rdf:li>holiday</rdf:li><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>";
    let keywords = vec!["holiday".to_owned(), "sea".to_owned()];
    assert_eq!(sidecar("xmp:Rating='4'", bag), Ok(Sidecar { rating: Some(4), keywords, ..Sidecar::default() }));
    let read = sidecar("", "<xmp:Rating>-1</xmp:Rating><tiff:Orientation>6</tiff:Orientation>").expect("read");
    assert_eq!((read.rating, read.orientation), (Some(-1), Some(Orientation::from_exif(6))));
    let read = sidecar("tiff:Orientation='9' photoshop:DateCreated='2024-05-01T10:00:00+02:00'", "").expect("read");
    assert_eq!((read.orientation, read.captured.and_then(|captured| captured.offset)), (None, Some(120)));
    let title = "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Sea</rdf:li></rdf:Alt></dc:title>";
    assert_eq!(sidecar("", title).expect("read").title, words("Sea"));
    assert_eq!(sidecar("", ""), Ok(Sidecar::default()));
    assert!(Sidecar::parse(b"<a").is_err() && Sidecar::parse(b"\xff").is_err());
}

#[test]
fn the_sidecar_wins_where_it_says_something() {
    let time = |text: &str| Captured::parse(text, None, None);
    let own = About {
        captured: time("2024-05-01T10:00:00.25+02:00"),
        title: words("Own"),
        caption: words("Own caption"),
        keywords: vec!["own".to_owned()],
        rating: Some(3),
        ..About::default()
    };
    assert_eq!(own.clone().with(&Sidecar::default()), own);
    let beside = Sidecar {
        captured: time("2024-05-01T10:00:00"),
        title: words("Beside"),
        keywords: vec!["beside".to_owned()],
        rating: Some(0),
        ..Sidecar::default()
    };
    let both = own.clone().with(&beside);
    assert_eq!((both.title, both.caption), (words("Beside"), words("Own caption")));
    assert_eq!((both.keywords, both.rating), (vec!["beside".to_owned()], Some(0)));
    assert_eq!(both.captured, own.captured, "a copy of the time says less");
    let moved = Sidecar { captured: time("2024-05-01T11:00:00"), ..Sidecar::default() };
    assert_eq!(own.with(&moved).captured, moved.captured);
}

#[test]
fn stars_are_between_none_and_five() {
    let read = ["5", " 3 ", "4.0", "-1", "0", "6", "-2", "NaN", "many", ""].map(stars);
    assert_eq!(read, [Some(5), Some(3), Some(4), Some(-1), Some(0), None, None, None, None, None]);
}
