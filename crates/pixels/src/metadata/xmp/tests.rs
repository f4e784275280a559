//! RDF as several programs write it, and invalid RDF.

use proptest::prelude::*;

use super::names::*;
use super::write::Content;
use super::*;
use crate::metadata::text::Words;

/// Returns a packet with this in its description.
fn packet_of(attributes: &str, elements: &str) -> String {
    let namespaces: String =
        [("dc", DC), ("p", PHOTOSHOP), ("r", RIGHTS), ("cc", CC), ("plus", PLUS), ("t", TIFF), ("x", XMP)]
            .iter()
            .map(|(prefix, namespace)| format!(" xmlns:{prefix}='{namespace}'"))
            .collect();
    format!(
        "<?xpacket begin='\u{FEFF}' id='W5M0MpCehiHzreSzNTczkc9d'?><m:xmpmeta xmlns:m='adobe:ns:meta/'>\
         <rdf:RDF xmlns:rdf='{RDF}'><rdf:Description rdf:about=''{namespaces}{attributes}>{elements}</rdf:Description>\
         </rdf:RDF></m:xmpmeta><?xpacket end='w'?>"
    )
}

fn texts(packet: &str, name: Name) -> Vec<String> {
    Xmp::parse(packet).unwrap().property(name).map(|value| value.texts()).unwrap_or_default()
}

#[test]
fn attributes_elements_and_lists_are_read_alike() {
    for (attributes, elements) in [
        (" p:Credit='A &amp; B'", ""),
        ("", "<p:Credit>A &amp; B</p:Credit>"),
        ("", "<p:Credit> A <!-- and -->&#38; B\n</p:Credit>"),
        ("", "<p:Credit><rdf:Seq><rdf:li>A &amp; B</rdf:li></rdf:Seq></p:Credit>"),
        ("", "<p:Credit rdf:parseType='Resource'><rdf:value>A &amp; B</rdf:value><p:x>no</p:x></p:Credit>"),
    ] {
        assert_eq!(texts(&packet_of(attributes, elements), CREDIT), ["A & B"], "{attributes}{elements}");
    }
    let bag = "<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li/><rdf:li>wind</rdf:li></rdf:Bag></dc:subject>";
    assert_eq!(texts(&packet_of("", bag), SUBJECT), ["sea", "wind"]);
    let resource = "<cc:license rdf:resource='https://example.org/'/>";
    assert_eq!(texts(&packet_of("", resource), LICENCE), ["https://example.org/"]);
    assert_eq!(texts(&packet_of("", "<dc:subject><p:x>a</p:x></dc:subject>"), SUBJECT), [""; 0]);
}

#[test]
fn languages_are_told_apart() {
    let packet = packet_of(
        "",
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Sea</rdf:li><rdf:li xml:lang='fr-FR'>Mer</rdf:li></rdf:Alt></dc:title>",
    );
    let words = Xmp::parse(&packet).unwrap().property(TITLE).unwrap().words();
    assert_eq!([words.pick("fr"), words.pick("de")], [Some("Mer"), Some("Sea")]);
}

#[test]
fn fields_of_structures_are_found_in_each_form() {
    for item in [
        "<rdf:li plus:LicensorURL='https://a.example/'/>",
        "<rdf:li rdf:parseType='Resource'><plus:LicensorURL>https://a.example/</plus:LicensorURL></rdf:li>",
        "<rdf:li><rdf:Description plus:LicensorURL='https://a.example/'/></rdf:li>",
    ] {
        let packet = packet_of("", &format!("<plus:Licensor><rdf:Seq>{item}</rdf:Seq></plus:Licensor>"));
        let xmp = Xmp::parse(&packet).unwrap();
        let urls: Vec<_> =
            xmp.property(LICENSOR).unwrap().items().filter_map(|item| item.field(LICENSOR_URL)).collect();
        assert_eq!(urls[0].text().unwrap(), "https://a.example/");
    }
}

#[test]
fn what_is_written_is_read_again() {
    let words: Words = [("x-default", "a <b> & \"c\"\n\td"), ("fr", "é")].into_iter().collect();
    let list = ["one".to_owned(), "two".to_owned()];
    let properties = [
        (COPYRIGHT, Content::Words(&words)),
        (CREATOR, Content::Ordered(&list)),
        (SUBJECT, Content::Unordered(&list)),
        (CREDIT, Content::Text("]]>")),
        (LICENCE, Content::Resource("https://example.org/?a&b")),
        (LICENSOR, Content::Structures(LICENSOR_URL, &list)),
    ];
    let packet = packet(&properties).unwrap();
    let packet = text(&packet).unwrap();
    let xmp = Xmp::parse(packet).unwrap();
    assert_eq!(xmp.property(COPYRIGHT).unwrap().words(), words);
    assert_eq!([texts(packet, CREATOR), texts(packet, SUBJECT)], [list.to_vec(), list.to_vec()]);
    assert_eq!([texts(packet, CREDIT), texts(packet, LICENCE)], [["]]>"], ["https://example.org/?a&b"]]);
    assert_eq!(xmp.property(LICENSOR).unwrap().items().count(), 2);
    assert_eq!(super::packet(&[]), None);
    assert_eq!(super::packet(&[(CREATOR, Content::Ordered(&[]))]), None);
}

#[test]
fn a_packet_fits_into_a_segment() {
    let long = "x".repeat(8000);
    let list: Vec<String> = (0..30).map(|_| long.clone()).collect();
    let packet =
        packet(&[(CREDIT, Content::Text("kept")), (CREATOR, Content::Ordered(&list)), (SOURCE, Content::Text("too"))]);
    let packet = packet.unwrap();
    let packet = text(&packet).unwrap();
    assert_eq!([texts(packet, CREDIT).len(), texts(packet, CREATOR).len(), texts(packet, SOURCE).len()], [1, 0, 1]);
}

#[test]
fn orientation_is_reset_in_place_and_previews_go() {
    let packet = packet_of(
        " t:Orientation='6' p:City='Brest'",
        "<x:Thumbnails><rdf:Alt><rdf:li t:Orientation='6'>SECRET</rdf:li></rdf:Alt></x:Thumbnails><t:Orientation>8</t:Orientation>",
    );
    let edited = upright(&packet).unwrap();
    assert!(edited.contains("t:Orientation='1' p:City='Brest'") && edited.contains("<t:Orientation>1</t:Orientation>"));
    assert!(!edited.contains("SECRET"));
    Xmp::parse(&edited).unwrap();
}

#[test]
fn hostile_packets_are_refused_with_a_reason() {
    let bomb = "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>";
    assert_eq!(Xmp::parse(bomb).unwrap_err(), "it has a document type declaration");
    assert!(Xmp::parse("<x>&a;</x>").unwrap_err().starts_with("it is damaged: "));
    let attributes: String = (0..5000).map(|i| format!(" a{i}=''")).collect();
    assert_eq!(Xmp::parse(&format!("<x{attributes}/>")).unwrap_err(), "it has too many attributes or namespaces");
    let many = format!("<x>{}</x>", "<y/>".repeat(300_000));
    assert_eq!(Xmp::parse(&many).unwrap_err(), "it has too many elements");
    assert_eq!(text(&vec![b' '; LONGEST + 1]).unwrap_err(), "it is too long: 4 MiB of at most 4");
    assert_eq!(text(b"\xFF\xFE<\0").unwrap_err(), "it is not in UTF-8");
    // Nested as deeply as a packet may be: neither parsing nor searching overflows the stack.
    let deep = format!("{}{}", "<a>".repeat(90_000), "</a>".repeat(90_000));
    let deep = packet_of("", &deep);
    assert_eq!(Xmp::parse(&deep).unwrap().property(CREDIT).map(|value| value.texts()), None);
}

proptest! {
    #[test]
    fn damaged_packets_never_panic(
        cut in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let title = "<dc:title><rdf:Alt><rdf:li xml:lang='fr'>&#233;</rdf:li></rdf:Alt></dc:title>";
        let packet = packet_of(" p:Credit='x'", title);
        let mut bytes = packet.into_bytes();
        for (index, value) in changes {
            let index = index.index(bytes.len());
            bytes[index] = value;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(xmp) = Xmp::parse(&text) {
            for name in [CREDIT, TITLE, LICENSOR] {
                let _ = xmp.property(name).map(|value| (value.words(), value.texts()));
            }
        }
        let _ = upright(&text);
    }
}
