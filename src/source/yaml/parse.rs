//! Builds a tree from parser events.
//!
//! In: text. Out: a [`Node`], and problems. Limits everything that a hostile file could blow up: nesting (also
//! through aliases), and the size of the tree with all aliases expanded. The size of the file itself is limited
//! before it is read.

use std::collections::BTreeMap;
use std::rc::Rc;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span as YamlSpan, StrInput, Tag};

use super::{Node, Scalar, Value, YamlEntry, blank, comment, syntax};
use crate::diagnostic::{Code, Diagnostic, FileId, Place, Span};

/// Maximum number of nested lists and maps. A site needs six.
const DEPTH: u32 = 48;

/// Maximum total size of all expanded aliases in a file, in approximate bytes.
const EXPANSION: u64 = 8 << 20;

/// Size of a node without its text, in approximate bytes.
const NODE: u64 = 32;

/// Parses the single document of a settings file. Problems that leave a usable tree (a duplicate key) are appended to
/// `problems`; if there is no tree, the last problem is the reason.
/// `is_word` says whether the value of a key is a word of a fixed set.
pub(in crate::source) fn parse(
    text: &str,
    file: FileId,
    is_word: fn(&str) -> bool,
    problems: &mut Vec<Diagnostic>,
) -> Option<Node> {
    if let Some((at, character)) = text.char_indices().find(|&(_, character)| !is_printable(character)) {
        problems.push(
            Diagnostic::new(Code::YamlEncoding, format!("control character U+{:04X}", u32::from(character)))
                .at(span(file, at, at + character.len_utf8()))
                .help("remove it; YAML files are plain text"),
        );
        return None;
    }
    let mut options = Options::default();
    options.flow_nesting_limit = DEPTH as usize;
    options.block_nesting_limit = DEPTH as usize;
    let mut builder =
        Builder { text, file, is_word, problems, open: Vec::new(), anchors: BTreeMap::new(), expansion: 0, root: None };
    let mut documents = 0;
    for event in Parser::<StrInput<'_>>::new_from_str_with_options(text, options) {
        let outcome = match event {
            Ok((Event::DocumentStart(..), place)) if documents > 0 => {
                Err(Diagnostic::new(Code::YamlSyntax, "a second YAML document starts here")
                    .at(builder.span(&place))
                    .help("remove this `---`; a settings file is a single document"))
            }
            Ok((Event::DocumentStart(..), _)) => {
                documents += 1;
                Ok(())
            }
            Ok((event, place)) => builder.event(event, &place),
            Err(error) => Err(syntax::diagnostic(&error, text, file)),
        };
        if let Err(problem) = outcome {
            // If a comment interrupts a text, the error says all about it.
            let starts_there = |other: &Diagnostic| matches!((&other.place, &problem.place), (Place::Span(a), Place::Span(b)) if a.start == b.start);
            builder.problems.retain(|other| other.code != Code::YamlComment || !starts_there(other));
            builder.problems.push(problem);
            return None;
        }
    }
    builder.root
}

/// Returns whether YAML allows a character in a file.
fn is_printable(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..)
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    let clip = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span { file, start: clip(start), end: clip(end) }
}

struct Builder<'a> {
    text: &'a str,
    file: FileId,
    is_word: fn(&str) -> bool,
    problems: &'a mut Vec<Diagnostic>,
    open: Vec<Open>,
    /// Values by anchor; `None` while the value is still open.
    anchors: BTreeMap<usize, Option<Node>>,
    expansion: u64,
    root: Option<Node>,
}

/// A list or map that is not complete yet.
struct Open {
    start: usize,
    anchor: usize,
    contents: Contents,
}

enum Contents {
    List(Vec<Node>),
    Map { entries: Vec<YamlEntry>, spans: BTreeMap<Rc<str>, Span>, key: Key },
}

/// The state of a map between two nodes.
enum Key {
    /// A key is next.
    Expected,
    /// The value of this key is next.
    Read(Rc<str>, Span),
    /// A value is next that will be dropped, because its key was invalid.
    Refused,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, place: &YamlSpan) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let text_tag = self.is_text(tag.as_deref(), place)?;
                let plain = matches!(style, ScalarStyle::Plain) && !text_tag;
                let weight = NODE + text.len() as u64;
                let value = Rc::new(Value::Scalar(Scalar { text: text.into_owned(), plain }));
                let node = Node { span: self.span(place), value, weight, depth: 0 };
                // The value of a key may hold any blank.
                let is_value =
                    matches!(self.open.last(), Some(Open { contents: Contents::Map { key: Key::Read(..), .. }, .. }));
                if let Some(problem) = blank::hidden(self.text, &node).filter(|_| !is_value) {
                    return Err(problem);
                }
                self.anchored(anchor, &node);
                self.add(node);
                Ok(())
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.is_text(tag.as_deref(), place)?;
                self.start(anchor, place, Contents::List(Vec::new()));
                Ok(())
            }
            Event::MappingStart(_, anchor, tag) => {
                self.is_text(tag.as_deref(), place)?;
                let contents = Contents::Map { entries: Vec::new(), spans: BTreeMap::new(), key: Key::Expected };
                self.start(anchor, place, contents);
                Ok(())
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(place),
            Event::Alias(anchor) => {
                let node = self.alias(anchor, place)?;
                self.add(node);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Returns whether a tag declares a value as text.
    ///
    /// # Errors
    /// If the tag is not one of YAML's own.
    fn is_text(&self, tag: Option<&Tag>, place: &YamlSpan) -> Result<bool, Diagnostic> {
        let Some(tag) = tag else { return Ok(false) };
        match tag.core_suffix() {
            Some("str") => Ok(true),
            Some("int" | "float" | "bool" | "null" | "seq" | "map" | "timestamp") => Ok(false),
            _ if tag.original() == "!" => Ok(true),
            _ => Err(Diagnostic::new(Code::YamlSyntax, format!("unknown tag `{}`", tag.original()))
                .at(self.span(place))
                .help("remove the tag, or put text that begins with `!` in quotes")),
        }
    }

    fn start(&mut self, anchor: usize, place: &YamlSpan, contents: Contents) {
        if anchor != 0 {
            self.anchors.insert(anchor, None);
        }
        self.open.push(Open { start: self.offset(place.start), anchor, contents });
    }

    fn end(&mut self, place: &YamlSpan) -> Result<(), Diagnostic> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let end = open.start + self.text[open.start..self.offset(place.end).max(open.start)].trim_end().len();
        let value = match open.contents {
            Contents::List(items) => Value::List(items),
            Contents::Map { entries, .. } => Value::Map(self.merged(entries)),
        };
        let (weight, depth) = match &value {
            Value::List(items) => measure(items.iter()),
            Value::Map(entries) => measure(entries.iter().map(|entry| &entry.node)),
            Value::Scalar(_) => (0, 0),
        };
        let node = Node { span: span(self.file, open.start, end), value: Rc::new(value), weight, depth };
        if depth > DEPTH {
            return Err(Diagnostic::new(Code::YamlTooLarge, "lists and maps are nested too deeply").at(node.span));
        }
        self.anchored(open.anchor, &node);
        self.add(node);
        Ok(())
    }

    fn anchored(&mut self, anchor: usize, node: &Node) {
        if anchor != 0 {
            self.anchors.insert(anchor, Some(node.clone()));
        }
    }

    fn alias(&mut self, anchor: usize, place: &YamlSpan) -> Result<Node, Diagnostic> {
        let span = self.span(place);
        let Some(Some(target)) = self.anchors.get(&anchor) else {
            return Err(Diagnostic::new(Code::YamlSyntax, "the alias is inside the value that it refers to").at(span));
        };
        self.expansion = self.expansion.saturating_add(target.weight);
        if self.expansion > EXPANSION {
            return Err(Diagnostic::new(Code::YamlTooLarge, "the aliases in this file expand to too much data")
                .at(span)
                .help("write the values out, or use fewer aliases (`*name`)"));
        }
        Ok(Node { span, ..target.clone() })
    }

    /// Adds a complete value to the innermost open list or map.
    fn add(&mut self, node: Node) {
        match self.open.last_mut().map(|open| &mut open.contents) {
            None => self.root = Some(node),
            Some(Contents::List(items)) => {
                let within = node.span.start as usize;
                self.problems.extend(comment::lost(self.text, self.file, self.is_word, "", within, &node));
                items.push(node);
            }
            Some(Contents::Map { entries, spans, key }) => match std::mem::replace(key, Key::Expected) {
                Key::Read(name, key_span) => {
                    let end = key_span.end as usize;
                    self.problems.extend(comment::lost(self.text, self.file, self.is_word, &name, end, &node));
                    entries.push(YamlEntry { key: name, key_span, node });
                }
                Key::Refused => {}
                Key::Expected => {
                    let (next, problem) = read_key(&node, spans);
                    *key = next;
                    self.problems.extend(problem);
                }
            },
        }
    }

    /// Replaces `<<` by the entries of the maps that it refers to; keys in the map itself take precedence.
    fn merged(&mut self, entries: Vec<YamlEntry>) -> Vec<YamlEntry> {
        let is_merge = |entry: &YamlEntry| &*entry.key == "<<";
        if !entries.iter().any(is_merge) {
            return entries;
        }
        let (merges, mut entries): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_merge);
        let mut known: std::collections::BTreeSet<Rc<str>> = entries.iter().map(|entry| entry.key.clone()).collect();
        for merge in merges {
            let maps = merge.node.list().unwrap_or(std::slice::from_ref(&merge.node));
            for map in maps {
                let Some(merged) = map.map() else {
                    let message = format!("expected a map to merge, found {}", map.describe());
                    self.problems.push(Diagnostic::new(Code::YamlSyntax, message).at(map.span));
                    continue;
                };
                entries.extend(merged.iter().filter(|entry| known.insert(entry.key.clone())).cloned());
            }
        }
        entries
    }

    fn offset(&self, marker: granit_parser::Marker) -> usize {
        let mut at = marker.byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    fn span(&self, place: &YamlSpan) -> Span {
        let start = self.offset(place.start);
        let end = self.offset(place.end).max(start);
        span(self.file, start, start + self.text[start..end].trim_end().len())
    }
}

/// Returns weight and depth of a collection of these nodes.
fn measure<'n>(nodes: impl Iterator<Item = &'n Node>) -> (u64, u32) {
    nodes.fold((NODE, 1), |(weight, depth), node| (weight.saturating_add(node.weight), depth.max(node.depth + 1)))
}

/// Reads a key, which must be text and unique in its map. `spans` are the keys of the map so far.
fn read_key(node: &Node, spans: &mut BTreeMap<Rc<str>, Span>) -> (Key, Option<Diagnostic>) {
    let Some(scalar) = node.scalar().filter(|scalar| !scalar.is_null()) else {
        let message = format!("expected a key, found {}", node.describe());
        return (Key::Refused, Some(Diagnostic::new(Code::YamlSyntax, message).at(node.span)));
    };
    let name: Rc<str> = scalar.text.as_str().into();
    if let Some(&first) = spans.get(&name) {
        let problem = Diagnostic::new(Code::YamlDuplicateKey, format!("duplicate key `{name}`")).at(node.span);
        let problem = problem.label("defined again").also(first, "first defined here").help("remove one of the two");
        return (Key::Refused, Some(problem));
    }
    spans.insert(name.clone(), node.span);
    (Key::Read(name, node.span), None)
}
