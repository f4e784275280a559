//! For tests: settings as editors see them, judged by a schema.

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::{Map, Value};

use super::{SettingsKind, Unknown, schema};
use crate::diagnostic::SourceMap;
use crate::source::{Data, keys, yaml};

/// A schema, ready to judge.
pub(super) struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    pub(super) fn new(kind: SettingsKind, unknown: Unknown) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.set_default_draft(Draft::V7);
        compiler.add_resource("urn:settings", schema(kind, unknown)).expect("a schema");
        let index = compiler.compile("urn:settings", &mut schemas).expect("a valid schema");
        Self { schemas, index }
    }

    /// Returns the complaint about a text; `None` if it is valid, or no YAML at all.
    pub(super) fn complaint(&self, text: &str) -> Option<String> {
        let value = value(text)?;
        self.schemas.validate(&value, self.index).err().map(|error| format!("{error:#}"))
    }
}

/// Returns the value of a text, as a YAML parser gives it; `None` if the text is not valid YAML.
pub(super) fn value(text: &str) -> Option<Value> {
    let (file, mut problems) = (SourceMap::default().add("settings.yaml", text), Vec::new());
    let node = yaml::parse(text, file, keys::is_word, &mut problems)?;
    problems.is_empty().then(|| json(&Data::of(&node)))
}

fn json(data: &Data) -> Value {
    match data {
        Data::Nothing => Value::Null,
        Data::Bool(value) => Value::from(*value),
        Data::Whole(number) => Value::from(*number),
        Data::Number(number) => Value::from(*number),
        Data::Date(date) => Value::from(date.to_string()),
        Data::Text(text) => Value::from(text.as_str()),
        Data::List(items) => items.iter().map(json).collect(),
        Data::Map(entries) => entries.iter().map(|(key, data)| (key.clone(), json(data))).collect::<Map<_, _>>().into(),
    }
}
