//! XMP (ISO 16684-1): a packet of XML with properties in RDF.
//!
//! In: the bytes of a packet from an untrusted source. Out: the values of the requested properties, in every form of
//! RDF: as attributes or elements, in lists, in several languages, as structures. A document type declaration, and with
//! it every entity, is refused.

mod edit;
pub(crate) mod names;
mod value;
mod write;

pub(crate) use edit::upright;
pub(crate) use value::Value;
pub(crate) use write::{Content, packet};

use names::{Name, RDF};
use roxmltree::{Document, Node, ParsingOptions};

/// Limit on the length of a packet, in bytes. In a JPEG it has at most 64 KiB; in PNG and TIFF files, image editors may have
/// appended to it for years.
const LONGEST: usize = 4 << 20;

/// Limit on the nodes of a packet.
const MOST_NODES: u32 = 200_000;

/// Limit on the attributes of one element, and on the declarations of namespaces in a packet. The parser compares each with all
/// others. Raw converters write some hundreds of attributes.
const MOST_ATTRIBUTES: usize = 2_000;

/// A parsed packet.
#[derive(Debug)]
pub(crate) struct Xmp<'a> {
    document: Document<'a>,
}

/// The packets of a picture; the first precedes its extension.
#[derive(Debug)]
pub(crate) struct Packets<'a>(pub(crate) Vec<Xmp<'a>>);

impl Packets<'_> {
    /// Returns the value of a property, from the first packet that contains it.
    pub(crate) fn property(&self, name: Name) -> Option<Value<'_>> {
        self.0.iter().find_map(|packet| packet.property(name))
    }
}

/// Returns the text of a packet, without the padding after it.
///
/// # Errors
/// The reason why it cannot be read.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, String> {
    if bytes.len() > LONGEST {
        return Err(format!("it is too long: {} MiB of at most {}", bytes.len() >> 20, LONGEST >> 20));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not in UTF-8".to_owned())?;
    Ok(text.trim_matches(|c: char| c == '\0' || c == '\u{FEFF}' || c.is_whitespace()))
}

impl<'a> Xmp<'a> {
    /// Parses the text of a packet.
    ///
    /// # Errors
    /// The reason why it cannot be read.
    pub(crate) fn parse(text: &'a str) -> Result<Self, String> {
        if is_excessive(text) {
            return Err("it has too many attributes or namespaces".to_owned());
        }
        let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(|error| match error {
            roxmltree::Error::NodesLimitReached => "it has too many elements".to_owned(),
            roxmltree::Error::DtdDetected => "it has a document type declaration".to_owned(),
            error => format!("it is damaged: {error}"),
        })?;
        Ok(Self { document })
    }

    /// Returns the value of a property.
    pub(crate) fn property(&self, name: Name) -> Option<Value<'_>> {
        self.descriptions().find_map(|description| value::member(description, name))
    }

    /// Returns all elements, at any depth.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Node<'_, 'a>> {
        self.document.descendants().filter(Node::is_element)
    }

    fn descriptions(&self) -> impl Iterator<Item = Node<'_, 'a>> {
        // `rdf:RDF` is the root, or inside `x:xmpmeta`; other envelopes are not allowed.
        let root = self.document.root_element();
        let graph = std::iter::once(root).chain(root.children()).find(|node| node.has_tag_name((RDF, "RDF")));
        let nodes = graph.into_iter().flat_map(|graph| graph.children());
        nodes.filter(|node| node.has_tag_name((RDF, "Description")))
    }
}

/// Whether parsing the packet would take long: see [`MOST_ATTRIBUTES`].
fn is_excessive(text: &str) -> bool {
    let (mut attributes, mut namespaces) = (0, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'<' => attributes = 0,
            b'=' => {
                attributes += 1;
                if attributes > MOST_ATTRIBUTES {
                    return true;
                }
            }
            b'x' if text.as_bytes()[at..].starts_with(b"xmlns") => namespaces += 1,
            _ => {}
        }
    }
    namespaces > MOST_ATTRIBUTES
}

#[cfg(test)]
mod tests;
