//! The schema of a section: one form for each type.

use serde_json::{Map, Value, json};

use super::unknown::Unknown;
use super::value;
use crate::source::keys::MEDIA;
use crate::source::section::SectionType;

/// Returns the definitions `section`, for every type, one for each type, and `media`.
pub(super) fn definitions(unknown: Unknown) -> Value {
    let mut forms: Vec<Value> = SectionType::ALL.iter().map(|kind| json!({ "$ref": reference(*kind) })).collect();
    if unknown == Unknown::Accepted {
        forms.push(own_type());
    }
    let mut definitions = Map::new();
    definitions.insert("section".to_owned(), json!({ "anyOf": forms }));
    definitions.insert("media".to_owned(), value::map(&MEDIA, unknown));
    definitions.extend(SectionType::ALL.iter().map(|kind| (name(*kind), definition(*kind, unknown))));
    Value::Object(definitions)
}

fn name(kind: SectionType) -> String {
    format!("section-{}", kind.name())
}

fn reference(kind: SectionType) -> String {
    format!("#/definitions/{}", name(kind))
}

fn definition(kind: SectionType, unknown: Unknown) -> Value {
    let mut section = value::map(kind.table(), unknown);
    section["properties"]["type"] = json!({ "const": kind.name() });
    section
}

/// A section of a type for which the site has a template.
fn own_type() -> Value {
    let known: Vec<&str> = SectionType::ALL.iter().map(|kind| kind.name()).collect();
    json!({
        "type": "object",
        "properties": { "type": { "type": "string", "not": { "enum": known } } },
        "required": ["type"],
    })
}
