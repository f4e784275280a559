use std::path::Path;

use serde_json::Value;

use super::testing::Judge;
use super::{SettingsKind, Unknown, modeline, schema, schema_name};
use crate::source::keys::{DEPLOY, GALLERY, Kind, MEDIA, Preset, ROOT, SettingKey, Table};

const KINDS: [SettingsKind; 2] = [SettingsKind::Root, SettingsKind::Gallery];

/// Compares the schemas with those in `docs/schema`, which editors fetch. Run this test with `BLESS=1` after a change of the keys.
#[test]
fn the_schemas_in_the_repository_are_those_of_the_program() {
    for kind in KINDS {
        let text = format!("{:#}\n", schema(kind, Unknown::Refused));
        let path = format!("{}/docs/schema/{}.json", env!("CARGO_MANIFEST_DIR"), schema_name(kind));
        if std::env::var_os("BLESS").is_some() {
            std::fs::create_dir_all(Path::new(&path).parent().expect("a folder")).expect("made");
            std::fs::write(&path, &text).expect("written");
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), text, "run this test with BLESS=1");
    }
}

/// Calls `f` for every key of a table and the tables below.
fn each_key(table: &'static Table, f: &mut impl FnMut(&'static SettingKey)) {
    for key in table.keys() {
        f(key);
        match key.kind {
            Kind::Map(table) | Kind::Licence(table) => each_key(table, f),
            _ => {}
        }
    }
}

#[test]
fn every_key_has_a_description_and_a_valid_default() {
    let mut defaults = 0;
    for table in [&ROOT, &GALLERY, &MEDIA, &DEPLOY] {
        each_key(table, &mut |key| {
            assert!(key.about.ends_with('.') && key.about.len() > 10, "{}: {}", key.name, key.about);
            assert!(!key.about.contains("  "), "{}: {}", key.name, key.about);
            if let Preset::Value(text) = key.preset {
                defaults += 1;
                serde_json::from_str::<Value>(text).unwrap_or_else(|error| panic!("{}: {error}", key.name));
            }
        });
    }
    assert!(defaults > 20, "{defaults}");
}

/// Collects the defaults of a schema as settings.
fn defaults(schema: &Value) -> Value {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let of = |(key, value): (&String, &Value)| {
        let inner = value["anyOf"].as_array().into_iter().flatten().find(|form| form["properties"].is_object());
        let value = value.get("default").cloned().or_else(|| inner.map(defaults))?;
        Some((key.clone(), value))
    };
    properties.filter_map(of).collect::<serde_json::Map<_, _>>().into()
}

#[test]
fn every_default_is_a_valid_value_of_its_key() {
    for (kind, at_least) in [(SettingsKind::Root, 20), (SettingsKind::Gallery, 2)] {
        let mut settings = defaults(&schema(kind, Unknown::Refused));
        settings["title"] = "A".into();
        let text = settings.to_string();
        assert!(text.matches(':').count() > at_least, "{text}");
        assert_eq!(Judge::new(kind, Unknown::Refused).complaint(&text), None, "{text}");
    }
}

#[test]
fn known_mistakes_are_refused_with_their_place() {
    let judge = Judge::new(SettingsKind::Gallery, Unknown::Refused);
    for (text, place) in [
        ("titel: a\n", "titel"),
        ("title: a\nsections: [{type: txt, text: b}]\n", "/sections/0"),
        ("title: a\nsections: [{type: text, txet: b}]\n", "/sections/0"),
        ("title: a\ncover: {name: a.jpg, quality: 101}\n", "/cover/quality"),
        ("title: a\npublic: maybe\n", "/public"),
        ("title: a\ndate: 2016-02-30\n", "/date"),
    ] {
        let complaint = judge.complaint(text).unwrap_or_else(|| panic!("accepted: {text}"));
        assert!(complaint.contains(place), "{text}: {complaint}");
    }
}

#[test]
fn sites_with_templates_may_use_keys_and_sections_of_their_own() {
    let text = "title: a\nmood: calm\nsections: [{type: map, place: [60, 5]}, {type: text, text: b, mood: c}]\n";
    assert_eq!(Judge::new(SettingsKind::Gallery, Unknown::Accepted).complaint(text), None);
    assert!(Judge::new(SettingsKind::Gallery, Unknown::Refused).complaint(text).is_some());
    let wrong = "title: a\nsections: [{type: panorama}]\n";
    assert!(Judge::new(SettingsKind::Gallery, Unknown::Accepted).complaint(wrong).is_some());
}

#[test]
fn the_modeline_names_the_schema_of_this_release() {
    for kind in KINDS {
        let (id, line) = (schema(kind, Unknown::Refused)["$id"].clone(), modeline(kind));
        assert_eq!(line, format!("# yaml-language-server: $schema={}\n", id.as_str().expect("a text")));
        assert!(line.contains(&format!("/v{}/docs/schema/", env!("CARGO_PKG_VERSION"))), "{line}");
    }
}
