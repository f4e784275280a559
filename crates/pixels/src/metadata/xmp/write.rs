//! Writing of packets: the shortest form, with the same bytes for the same properties.

use super::names::{CC, DC, IPTC, Name, PHOTOSHOP, PLUS, RDF, RIGHTS, XMP};
use crate::metadata::text::Words;

/// Limit on the length of a packet, which has to fit into a JPEG segment with its signature. Further properties are left out.
const LONGEST: usize = 65_533 - 29 - 256;

/// The usual prefixes of the namespaces.
const PREFIXES: [(&str, &str); 7] = [
    (CC, "cc"),
    (DC, "dc"),
    (IPTC, "Iptc4xmpCore"),
    (PHOTOSHOP, "photoshop"),
    (PLUS, "plus"),
    (XMP, "xmp"),
    (RIGHTS, "xmpRights"),
];

/// Content of a property.
#[derive(Debug, Clone)]
pub(crate) enum Content<'a> {
    /// A text.
    Text(&'a str),
    /// An address, written as a resource of RDF.
    Resource(&'a str),
    /// A text in several languages.
    Words(&'a Words),
    /// A list whose order is significant.
    Ordered(&'a [String]),
    /// A list whose order is not significant.
    Unordered(&'a [String]),
    /// A list of structures with one field each.
    Structures(Name, &'a [String]),
}

/// Returns a packet of these properties; `None` if there are none.
pub(crate) fn packet(properties: &[(Name, Content<'_>)]) -> Option<Vec<u8>> {
    let mut body = String::new();
    let mut used = [false; PREFIXES.len()];
    for (name, content) in properties {
        let before = body.len();
        write(&mut body, *name, content);
        if body.len() > LONGEST {
            body.truncate(before);
        } else if body.len() > before {
            used[place(*name)] = true;
        }
    }
    if body.is_empty() {
        return None;
    }
    let mut packet = format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"{RDF}\"><rdf:Description rdf:about=\"\""
    );
    for ((namespace, prefix), _) in PREFIXES.iter().zip(used).filter(|(_, used)| *used) {
        packet.push_str(&format!(" xmlns:{prefix}=\"{namespace}\""));
    }
    packet.push_str(&format!(">{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"));
    Some(packet.into_bytes())
}

fn place(name: Name) -> usize {
    PREFIXES.iter().position(|(namespace, _)| *namespace == name.0).expect("every name that is written has a prefix")
}

fn tag(name: Name) -> String {
    format!("{}:{}", PREFIXES[place(name)].1, name.1)
}

/// Writes a property, unless it is empty.
fn write(out: &mut String, name: Name, content: &Content<'_>) {
    let tag = tag(name);
    let mut list = |kind: &str, items: &mut dyn Iterator<Item = String>| {
        let items: String = items.collect();
        if !items.is_empty() {
            out.push_str(&format!("<{tag}><rdf:{kind}>{items}</rdf:{kind}></{tag}>"));
        }
    };
    let item = |text: &String| format!("<rdf:li>{}</rdf:li>", escaped(text));
    match content {
        Content::Text(text) => out.push_str(&format!("<{tag}>{}</{tag}>", escaped(text))),
        Content::Resource(address) => out.push_str(&format!("<{tag} rdf:resource=\"{}\"/>", escaped(address))),
        Content::Words(words) => {
            let item =
                |(language, text)| format!("<rdf:li xml:lang=\"{}\">{}</rdf:li>", escaped(language), escaped(text));
            list("Alt", &mut words.iter().map(item));
        }
        Content::Ordered(texts) => list("Seq", &mut texts.iter().map(item)),
        Content::Unordered(texts) => list("Bag", &mut texts.iter().map(item)),
        Content::Structures(field, texts) => {
            let field = self::tag(*field);
            let item = |text: &String| {
                format!("<rdf:li rdf:parseType=\"Resource\"><{field}>{}</{field}></rdf:li>", escaped(text))
            };
            list("Seq", &mut texts.iter().map(item));
        }
    }
}

/// Escapes a text for elements and attributes; line ends are preserved in both.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            // Characters that XML cannot represent.
            '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
    out
}
