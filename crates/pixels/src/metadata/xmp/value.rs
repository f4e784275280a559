//! The value of a property, in any of the forms of RDF.

use roxmltree::Node;

use super::names::{Name, RDF, XML};
use crate::metadata::text::{DEFAULT_LANGUAGE, Words, clean};

/// Limit on the items of a list.
const MOST_ITEMS: usize = 1024;

/// A value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value<'a> {
    /// Value of an attribute.
    Attribute(&'a str),
    /// Value of an element.
    Element(Node<'a, 'a>),
}

/// Returns a property of a description, or a field of a structure.
pub(super) fn member<'a>(node: Node<'a, 'a>, name: Name) -> Option<Value<'a>> {
    let attribute = node.attribute(name).map(Value::Attribute);
    attribute.or_else(|| node.children().find(|child| child.has_tag_name(name)).map(Value::Element))
}

impl<'a> Value<'a> {
    /// Returns the text of a simple value, or the first non-empty one of a list.
    pub(crate) fn text(&self) -> Option<String> {
        self.items().find_map(|item| clean(&item.simple()))
    }

    /// Returns the texts of a list; a simple value is a list of one.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.items().filter_map(|item| clean(&item.simple())).collect()
    }

    /// Returns the text in all its languages; a simple value has none.
    pub(crate) fn words(&self) -> Words {
        let texts: Vec<_> = self.items().map(|item| (item.language(), item.simple())).collect();
        texts.iter().map(|(language, text)| (*language, text.as_str())).collect()
    }

    /// Returns the items of a list (`rdf:Alt`, `rdf:Bag`, `rdf:Seq`), or the value itself.
    pub(crate) fn items(self) -> impl Iterator<Item = Value<'a>> {
        let list = match self {
            Self::Attribute(_) => None,
            Self::Element(node) => {
                node.children().find(|child| ["Alt", "Bag", "Seq"].iter().any(|kind| child.has_tag_name((RDF, *kind))))
            }
        };
        let items = list.into_iter().flat_map(|list| list.children()).filter(|item| item.has_tag_name((RDF, "li")));
        let single = if list.is_none() { Some(self) } else { None };
        single.into_iter().chain(items.map(Self::Element)).take(MOST_ITEMS)
    }

    /// Returns a field of a structure, written as attributes, as elements, or in a nested description.
    pub(crate) fn field(self, name: Name) -> Option<Value<'a>> {
        let Self::Element(node) = self else { return None };
        let inner = node.children().find(|child| child.has_tag_name((RDF, "Description")));
        member(node, name).or_else(|| member(inner?, name))
    }

    fn language(&self) -> &'a str {
        match self {
            Self::Attribute(_) => None,
            Self::Element(node) => node.attribute((XML, "lang")),
        }
        .unwrap_or(DEFAULT_LANGUAGE)
    }

    /// Returns the text of a simple value; empty for lists and structures.
    fn simple(&self) -> String {
        let node = match self {
            Self::Attribute(text) => return (*text).to_owned(),
            Self::Element(node) => node,
        };
        if let Some(resource) = node.attribute((RDF, "resource")) {
            return resource.to_owned();
        }
        if let Some(value) = member(*node, (RDF, "value")) {
            // A value with qualifiers, which cannot be nested.
            return match value {
                Self::Attribute(text) => text.to_owned(),
                Self::Element(node) => node.text().unwrap_or_default().to_owned(),
            };
        }
        if node.children().any(|child| child.is_element()) {
            return String::new();
        }
        // Comments split a text.
        node.children().filter_map(|child| child.text().filter(|_| child.is_text())).collect()
    }
}
