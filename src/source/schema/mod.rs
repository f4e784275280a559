//! JSON Schemas of settings files, for editors: they complete keys and values, show descriptions, and mark mistakes.
//!
//! In: the tables of `keys`, from which files are read as well. Out: schemas of draft 7, which all editors understand. Must not know a
//! key by name.

mod section;
mod unknown;
mod value;

#[cfg(test)]
mod cases_tests;
#[cfg(test)]
mod docs_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use unknown::Unknown;

use serde_json::{Value, json};

use super::check::SettingsKind;
use super::keys::{GALLERY, ROOT};

/// Returns the name of the schema of this kind of file.
#[must_use]
pub fn schema_name(kind: SettingsKind) -> &'static str {
    match kind {
        SettingsKind::Root => "site",
        SettingsKind::Gallery => "gallery",
    }
}

/// Returns the schema of this kind of file.
#[must_use]
pub fn schema(kind: SettingsKind, unknown: Unknown) -> Value {
    let (table, title) = match kind {
        SettingsKind::Root => (&ROOT, "settings.yaml of a site of cimaise"),
        SettingsKind::Gallery => (&GALLERY, "settings.yaml of a gallery of cimaise"),
    };
    let mut schema = value::map(table, unknown);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["$id"] = json!(url(kind));
    schema["title"] = json!(title);
    schema["definitions"] = match kind {
        SettingsKind::Root => value::code_definitions(),
        SettingsKind::Gallery => section::definitions(unknown),
    };
    schema
}

/// Returns the line that names the schema to editors: the first line of a settings file, with its line break.
///
/// The schema is the one of this release, under its tag, so that a newer release does not mark keys that this one reads.
#[must_use]
pub fn modeline(kind: SettingsKind) -> String {
    format!("# yaml-language-server: $schema={}\n", url(kind))
}

fn url(kind: SettingsKind) -> String {
    let (version, name) = (env!("CARGO_PKG_VERSION"), schema_name(kind));
    format!("https://raw.githubusercontent.com/cimaise/cimaise/v{version}/docs/schema/{name}.json")
}
