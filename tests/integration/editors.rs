//! The schemas that editors complete and check settings by.

use serde_json::{Map, Value, json};

use crate::support::{SiteBuilder, quadrants};

fn schema(site: &SiteBuilder, name: &str) -> Value {
    let run = site.run(&["schema", name]).success();
    assert_eq!(run.stderr, "");
    serde_json::from_str(&run.stdout).expect("JSON")
}

/// Collects the defaults of a map, and of the maps below.
fn defaults(map: &Value) -> Value {
    let below = |value: &Value| {
        let forms = value["anyOf"].as_array().cloned().unwrap_or_default();
        let inner = forms.iter().find(|form| form["properties"].is_object()).map(defaults)?;
        (inner != json!({})).then_some(inner)
    };
    let properties = map["properties"].as_object().expect("properties");
    let all = properties
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), value.get("default").cloned().or_else(|| below(value))?)));
    all.collect::<Map<_, _>>().into()
}

fn with(mut map: Value, keys: Value) -> Value {
    let more = keys.as_object().expect("keys").clone();
    map.as_object_mut().expect("a map").extend(more);
    map
}

#[test]
fn to_write_every_default_down_changes_nothing() {
    let site = || SiteBuilder::new().photo("a/1.jpg", quadrants(640, 400)).photo("a/2.jpg", quadrants(640, 400));
    let (plain, written) = (site(), site());
    let (root, gallery) = (schema(&plain, "site"), schema(&plain, "gallery"));
    let settings = defaults(&root);
    assert!(
        settings["settings"]["images"]["full"] == "reencode" && settings["settings"]["gm"]["quality"] == 82,
        "{settings}"
    );
    let media = |name: &str| with(defaults(&gallery["definitions"]["media"]), json!({ "name": name }));
    let section = |kind: &str, keys: Value| with(defaults(&gallery["definitions"][format!("section-{kind}")]), keys);

    plain.write("settings.yaml", b"title: A\nurl: https://example.org\n");
    written.write(
        "settings.yaml",
        with(settings, json!({ "title": "A", "url": "https://example.org" })).to_string().as_bytes(),
    );
    let story = "title: B\ncover: 1.jpg\nsections:\n- {type: full-picture, image: 1.jpg}\n\
        - {type: paragraph, text: c, image: 2.jpg}\n- {type: pictures-group, images: [[1.jpg, 2.jpg]]}\n";
    plain.write("a/settings.yaml", story.as_bytes());
    let sections = json!([
        section("full-picture", json!({ "type": "full-picture", "image": media("1.jpg") })),
        section("paragraph", json!({ "type": "paragraph", "text": "c", "image": media("2.jpg") })),
        section("pictures-group", json!({ "type": "pictures-group", "images": [[media("1.jpg"), media("2.jpg")]] })),
    ]);
    let story = with(defaults(&gallery), json!({ "title": "B", "cover": media("1.jpg"), "sections": sections }));
    written.write("a/settings.yaml", story.to_string().as_bytes());

    for site in [&plain, &written] {
        assert_eq!(site.build().stderr, "");
    }
    assert!(plain.output() == written.output(), "{story}");
}

#[test]
fn new_settings_name_their_schema_in_the_first_line() {
    let site = SiteBuilder::new().photo("a/1.jpg", quadrants(64, 48)).photo("b/1.jpg", quadrants(64, 48));
    site.delete("settings.yaml");
    site.run(&["init"]).success();
    for (file, name) in [("settings.yaml", "site"), ("a/settings.yaml", "gallery"), ("b/settings.yaml", "gallery")] {
        let text = std::fs::read_to_string(site.root().join(file)).expect("settings");
        let id = schema(&site, name)["$id"].as_str().expect("an address").to_owned();
        assert_eq!(text.lines().next(), Some(format!("# yaml-language-server: $schema={id}").as_str()), "{text}");
    }
    assert_eq!(site.run(&["check", "--strict"]).success().stderr, "");
}

#[test]
fn shells_get_completions_and_man_gets_pages() {
    let site = SiteBuilder::new();
    let bash = site.run(&["completions", "bash"]).success().stdout;
    assert!(bash.contains("complete -F _cimaise"), "{bash}");
    assert!(site.run(&["completions", "tcsh"]).exit(2).stderr.contains("possible values: bash, elvish, fish"));
    for (args, title) in [
        (&["man"][..], ".TH cimaise 1"),
        (&["man", "build"], ".TH cimaise-build 1"),
        (&["man", "test"], ".TH cimaise-check 1"),
    ] {
        let page = site.run(args).success().stdout;
        assert!(page.contains(title) && page.contains(".SH OPTIONS"), "{page}");
    }
    assert!(site.run(&["man", "bild"]).exit(2).stderr.contains("no such command"));
}
