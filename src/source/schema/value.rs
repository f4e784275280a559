//! The schema of a map and of the values in it.

use serde_json::{Map, Value, json};

use super::unknown::Unknown;
use crate::diagnostic::{Code, Severity};
use crate::source::keys::{Kind, Preset, Range, SettingKey, Table};

/// Words for booleans, which YAML reads as text.
const BOOLEANS: [&str; 8] = ["true", "yes", "on", "y", "false", "no", "off", "n"];

/// A day that exists, apart from leap years: long months, short months, February.
const DAY: &str =
    r"^\s*\d{4}-((0?[13578]|1[02])-(0?[1-9]|[12]\d|3[01])|(0?[469]|11)-(0?[1-9]|[12]\d|30)|0?2-(0?[1-9]|[12]\d))\s*$";

/// A percentage, or a box.
const GEOMETRY: &str = r"^\s*(0*(100|[1-9]\d?)%|[1-9]\d*([xX]([1-9]\d*)?)?[>^]*|[xX][1-9]\d*[>^]*)\s*$";

/// Returns the schema of a map.
pub(super) fn map(table: &Table, unknown: Unknown) -> Value {
    let keys = || table.keys().filter(|key| !matches!(key.kind, Kind::Misplaced));
    let properties: Map<String, Value> = keys().map(|key| (key.name.to_owned(), described(key, unknown))).collect();
    let required: Vec<&str> = keys().filter(|key| matches!(key.preset, Preset::Required)).map(|key| key.name).collect();
    let mut map = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": unknown == Unknown::Accepted,
    });
    if !required.is_empty() {
        map["required"] = json!(required);
    }
    map
}

/// Returns the schema of the value of a key, with description and default. A key without a value counts as absent.
fn described(key: &SettingKey, unknown: Unknown) -> Value {
    let mut forms = forms(key.kind, unknown);
    if !matches!(key.preset, Preset::Required) {
        forms = or_null(forms);
    }
    let mut value = either(forms);
    value["description"] = json!(key.about);
    match key.preset {
        Preset::None | Preset::Required => {}
        // Tests parse every default.
        Preset::Value(written) => value["default"] = serde_json::from_str(written).unwrap_or_default(),
        Preset::Words(words) => value["description"] = json!(format!("{} Default: {words}.", key.about)),
    }
    value
}

/// Returns the forms that a value can have.
fn forms(kind: Kind, unknown: Unknown) -> Vec<Value> {
    match kind {
        Kind::Text | Kind::Word => vec![text()],
        Kind::Texts => vec![text(), list(vec![text()])],
        Kind::Boolean => booleans(),
        Kind::Date => vec![pattern(DAY)],
        Kind::Number(range) => numbers(range),
        Kind::Words(words) => vec![json!({ "enum": words })],
        Kind::WordsOrNumber(words, range) => with_words(words, numbers(range)),
        Kind::WordsOrBoolean(words) => with_words(words, booleans()),
        Kind::Numbers(most, range) => several(most, range),
        Kind::Geometry => vec![pattern(GEOMETRY), json!({ "type": "integer", "minimum": 1 })],
        Kind::Color(words) => with_words(words, vec![pattern("^#([0-9a-fA-F]{3}){1,2}$")]),
        Kind::Password => vec![json!({ "type": ["string", "number"] }), json!({ "const": false })],
        Kind::Codes { warnings } => codes(warnings),
        Kind::Map(table) => vec![map(table, unknown)],
        Kind::Licence(table) => {
            vec![json!({ "type": ["string", "number"] }), json!({ "const": false }), map(table, unknown)]
        }
        Kind::File(table) => vec![file_name(), file(table, unknown)],
        Kind::Menu => menu(),
        Kind::Rows => rows(),
        Kind::Sections => vec![json!({ "type": "array", "items": { "$ref": "#/definitions/section" } })],
        Kind::Misplaced => Vec::new(),
    }
}

/// Adds `null` to the forms of a value: to one that names types only, if there is one.
fn or_null(mut forms: Vec<Value>) -> Vec<Value> {
    let is_plain = |form: &&mut Value| {
        form["type"].as_str() != Some("array") && form.as_object().is_some_and(|form| form.len() == 1)
    };
    match forms.iter_mut().find(is_plain).and_then(|form| form.get_mut("type")) {
        Some(Value::Array(types)) => types.push(json!("null")),
        Some(one) => *one = json!([one.clone(), "null"]),
        None => forms.push(json!({ "type": "null" })),
    }
    forms
}

/// A scalar: numbers and booleans without quotes are read as text.
fn text() -> Value {
    json!({ "type": ["string", "number", "boolean"] })
}

fn pattern(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// A list of values in these forms; items without a value are ignored.
fn list(forms: Vec<Value>) -> Value {
    json!({ "type": "array", "items": either(or_null(forms)) })
}

fn either(mut forms: Vec<Value>) -> Value {
    if forms.len() == 1 { forms.remove(0) } else { json!({ "anyOf": forms }) }
}

fn with_words(words: &[&str], mut forms: Vec<Value>) -> Vec<Value> {
    forms.insert(0, json!({ "enum": words }));
    forms
}

fn booleans() -> Vec<Value> {
    let both = |letter: char| format!("[{}{letter}]", letter.to_ascii_uppercase());
    let words = BOOLEANS.map(|word| word.chars().map(both).collect::<String>());
    let other = pattern(&format!(r"^\s*({}|0|1)\s*$", words.join("|")));
    vec![json!({ "type": "boolean" }), other, json!({ "enum": [0, 1] })]
}

fn number(range: Range) -> Value {
    json!({ "type": "integer", "minimum": range.0, "maximum": range.1 })
}

fn numbers(range: Range) -> Vec<Value> {
    vec![number(range), pattern(r"^\s*\d+\s*$")]
}

fn several(most: usize, range: Range) -> Vec<Value> {
    let mut forms = numbers(range);
    let many = json!({ "type": "array", "items": either(forms.clone()), "minItems": 1, "maxItems": most });
    forms.insert(0, many);
    forms
}

fn codes(warnings: bool) -> Vec<Value> {
    let code = json!({ "$ref": if warnings { "#/definitions/warning" } else { "#/definitions/code" } });
    vec![list(vec![code.clone()]), code]
}

/// The names of all diagnostics, and of those that are warnings.
pub(super) fn code_definitions() -> Value {
    let names = |wanted: fn(Severity) -> bool| {
        let codes = Code::ALL.iter().filter(|code| wanted(code.severity()));
        json!({ "enum": codes.map(|code| code.name()).collect::<Vec<_>>() })
    };
    json!({ "code": names(|_| true), "warning": names(|severity| severity == Severity::Warning) })
}

fn file_name() -> Value {
    json!({ "type": ["string", "number"], "pattern": r"\S" })
}

/// A file with options. Media have many options, so the schema defines them once.
fn file(table: &'static Table, unknown: Unknown) -> Value {
    if std::ptr::eq(table, &raw const crate::source::keys::MEDIA) { media() } else { map(table, unknown) }
}

fn media() -> Value {
    json!({ "$ref": "#/definitions/media" })
}

fn menu() -> Vec<Value> {
    let entries = json!({ "type": "object", "additionalProperties": either(or_null(vec![text()])) });
    vec![list(vec![entries.clone()]), entries]
}

/// Rows of media, or a flat list of them; at least one.
fn rows() -> Vec<Value> {
    let mut rows = list(vec![list(vec![file_name(), media()])]);
    rows["contains"] = json!({ "type": "array", "minItems": 1 });
    let mut flat = list(vec![file_name(), media()]);
    flat["contains"] = json!({ "not": { "type": "null" } });
    vec![rows, flat]
}
