//! Sites of prosopopée and récitale, unchanged.
//!
//! `tests/sites` contains two of them that use every key. The list of keys is compared with the specification if that is
//! available, with the sites, and with the documentation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use granit_parser::{Event, Parser};

use crate::support::{SiteBuilder, every_link_leads_somewhere, quadrants};

/// The keys, by their places.
type Keys = BTreeMap<String, BTreeSet<String>>;

fn sites() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites")
}

fn keys() -> Keys {
    let text = fs::read_to_string(sites().join("keys.txt")).expect("the list of keys");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (place, keys) = line.split_once(": ").expect("a place and its keys");
            (place.to_owned(), keys.split(' ').map(str::to_owned).collect())
        })
        .collect()
}

/// A YAML value, in the detail that this test needs.
enum Value {
    Scalar(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    fn parse(text: &str) -> Self {
        let mut open: Vec<(Vec<Value>, bool)> = Vec::new();
        let mut root = None;
        for event in Parser::new_from_str(text) {
            let (event, _) = event.expect("YAML");
            let value = match event {
                Event::Scalar(text, ..) => Self::Scalar(text.into_owned()),
                Event::SequenceStart(..) | Event::MappingStart(..) => {
                    open.push((Vec::new(), matches!(event, Event::MappingStart(..))));
                    continue;
                }
                Event::SequenceEnd => Self::List(open.pop().expect("it began").0),
                Event::MappingEnd => {
                    let mut values = open.pop().expect("it began").0.into_iter();
                    let mut map = Vec::new();
                    while let (Some(key), Some(value)) = (values.next(), values.next()) {
                        map.push((key.text().expect("a text as a key").to_owned(), value));
                    }
                    Self::Map(map)
                }
                _ => continue,
            };
            match open.last_mut() {
                Some((values, _)) => values.push(value),
                None => root = Some(value),
            }
        }
        root.expect("a document")
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Scalar(text) => Some(text),
            _ => None,
        }
    }

    fn get(&self, key: &str) -> Option<&Self> {
        self.map().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    fn map(&self) -> &[(String, Self)] {
        match self {
            Self::Map(map) => map,
            _ => &[],
        }
    }

    fn list(&self) -> &[Self] {
        match self {
            Self::List(list) => list,
            _ => &[],
        }
    }
}

/// The keys in use, and the media named.
#[derive(Default)]
struct Use {
    keys: Keys,
    media: BTreeSet<String>,
}

impl Use {
    /// Notes the keys of a map at `place`.
    fn map(&mut self, place: &str, value: &Value) {
        let keys = self.keys.entry(place.to_owned()).or_default();
        keys.extend(value.map().iter().map(|(key, _)| key.clone()));
    }

    fn root(&mut self, value: &Value) {
        self.map("root", value);
        for (place, key) in [("licence", "licence"), ("settings", "settings")] {
            value.get(key).into_iter().for_each(|value| self.map(place, value));
        }
        for place in ["gm", "ffmpeg", "ffmpeg_audio", "deploy"] {
            value
                .get("settings")
                .and_then(|settings| settings.get(place))
                .into_iter()
                .for_each(|value| self.map(place, value));
        }
    }

    fn gallery(&mut self, value: &Value) {
        self.map("gallery", value);
        value.get("cover").into_iter().for_each(|cover| self.media(cover));
        for section in value.get("sections").map_or(&[][..], Value::list) {
            let kind = section.get("type").and_then(Value::text).expect("a type");
            for (key, value) in section.map().iter().filter(|(key, _)| key != "type") {
                self.keys.entry(kind.to_owned()).or_default().insert(key.clone());
                match key.as_str() {
                    "image" => self.media(value),
                    "images" => value.list().iter().for_each(|row| match row {
                        Value::List(row) => row.iter().for_each(|media| self.media(media)),
                        media => self.media(media),
                    }),
                    "text" if kind == "full-picture" => self.map("full-picture.text", value),
                    _ => {}
                }
            }
        }
    }

    fn media(&mut self, value: &Value) {
        let is_video = value.get("type").and_then(Value::text) == Some("video");
        let name = value.text().or_else(|| value.get("name").and_then(Value::text)).expect("a name");
        self.media.insert(name.to_owned());
        self.map("media", value);
        if is_video {
            self.map("video", value);
        }
    }
}

/// Returns every settings file of a test site, with its folder.
fn settings(site: &Path) -> Vec<(PathBuf, Value)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(site.join(&folder)).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = folder.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else if entry.file_name() == "settings.yaml" {
                found.push((folder.clone(), Value::parse(&fs::read_to_string(entry.path()).expect("text"))));
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn used(site: &str) -> Use {
    let mut used = Use::default();
    for (folder, value) in settings(&sites().join(site)) {
        if folder == Path::new("") { used.root(&value) } else { used.gallery(&value) }
    }
    used
}

#[test]
fn every_key_stands_in_a_test_site() {
    let (one, other) = (used("prosopopee"), used("recitale"));
    let mut known: Keys = one.keys;
    for (place, keys) in other.keys {
        known.entry(place).or_default().extend(keys);
    }
    // Pictures and videos share a place.
    let missing: Vec<String> = keys()
        .iter()
        .flat_map(|(place, keys)| keys.iter().map(move |key| (place, key)))
        .filter(|(place, key)| !known.get(*place).is_some_and(|known| known.contains(*key)))
        .map(|(place, key)| format!("{place}.{key}"))
        .collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn every_key_is_explained() {
    let docs = fs::read_to_string(sites().join("../../docs/configuration.md")).expect("the documentation");
    for (place, keys) in keys() {
        for key in keys {
            assert!(docs.contains(&format!("`{key}`")), "{place}.{key} is not in docs/configuration.md");
        }
    }
}

/// Returns the keys in the tables of the original specification, by the sections of that text.
fn specified(text: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut place = "";
    for line in text.lines() {
        match line {
            line if line.starts_with("## 3.") => place = "root",
            line if line.starts_with("`settings.*`") => place = "settings",
            line if line.starts_with("## 4.") => place = "gallery",
            line if line.starts_with("## 5.") => place = "section",
            line if line.starts_with("## ") => place = "",
            _ => {}
        }
        let Some(cell) =
            line.strip_prefix("| ").filter(|_| !place.is_empty()).and_then(|line| line.split(" | ").next())
        else {
            continue;
        };
        match place {
            "section" => found.extend(section_keys(line)),
            _ => {
                // Keys that follow a key with a place share it.
                let mut shared = place;
                for (of, key) in cell.split('`').skip(1).step_by(2).flat_map(|key| expanded(place, key)) {
                    shared = if of == place { shared } else { of };
                    found.push((shared, key));
                }
            }
        }
    }
    found
}

/// Expands keys like `ffmpeg.vbitrate`: the key contains the place, and names after a comma or slash share it.
fn expanded(place: &'static str, key: &str) -> Vec<(&'static str, String)> {
    const PLACES: [&str; 4] = ["gm", "ffmpeg", "ffmpeg_audio", "deploy"];
    if let Some((of, key)) = key.split_once('.') {
        return match PLACES.iter().find(|place| **place == of) {
            Some(place) if key != "*" => vec![(place, key.to_owned())],
            _ => Vec::new(),
        };
    }
    match key.strip_prefix('.') {
        Some(key) => vec![("deploy", key.to_owned())],
        None => vec![(place, key.to_owned())],
    }
}

/// Returns the type in the first cell of a row, with the lower-case words in backticks of the second.
fn section_keys(row: &str) -> Vec<(&'static str, String)> {
    const TYPES: [&str; 11] = [
        "full-picture",
        "bordered-picture",
        "pictures-group",
        "text",
        "paragraph",
        "quote",
        "html",
        "iframe",
        "panorama",
        "audio",
        "author",
    ];
    let cells: Vec<&str> = row.split(" | ").collect();
    let name = cells[0].trim_start_matches("| ").trim().trim_matches('`');
    let Some(name) = TYPES.iter().find(|kind| **kind == name) else { return Vec::new() };
    let keys = cells[1].split('`').skip(1).step_by(2);
    // The words in brackets after the map `text` are keys of that map.
    let nested = ["title", "sub_title", "date", "date_end"];
    keys.filter(|key| key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
        .filter(|key| *key != "float" && *key != "size")
        .map(|key| match *name {
            "full-picture" if nested.contains(&key) => ("full-picture.text", key.to_owned()),
            _ => (*name, key.to_owned()),
        })
        .collect()
}

#[test]
fn the_list_of_keys_is_that_of_the_specification() {
    let specification = sites().join("../../../shared/COMPAT.md");
    let Ok(text) = fs::read_to_string(specification) else {
        println!("skipped: the specification is not at hand");
        return;
    };
    let known = keys();
    let specified = specified(&text);
    assert!(specified.len() > 90, "the tables were read: {}", specified.len());
    for (place, key) in &specified {
        assert!(known.get(*place).is_some_and(|known| known.contains(key)), "{place}.{key} is not in keys.txt");
    }
    let per_image = text.split("Per-image keys:").nth(1).and_then(|rest| rest.split('.').next()).expect("a sentence");
    for key in per_image.split(';').next().expect("the first half").split('`').skip(1).step_by(2) {
        let key = key.split(':').next().expect("a key");
        assert!(known["media"].contains(key), "media.{key} is not in keys.txt");
    }
}

/// Returns a test site on disk, with a file for every medium in its settings.
fn on_disk(name: &str, has_ffmpeg: bool) -> SiteBuilder {
    let source = sites().join(name);
    let site = copied(&source, Path::new(""), SiteBuilder::new());
    for (folder, value) in settings(&source).into_iter().filter(|(folder, _)| folder != Path::new("")) {
        let mut used = Use::default();
        used.gallery(&value);
        for name in used.media {
            let path = folder.join(&name);
            let path = path.to_str().expect("UTF-8");
            match name.rsplit('.').next().expect("an extension") {
                "mp4" if has_ffmpeg => film(&site.root().join(path)),
                "mp4" => site.write(path, b"a film"),
                "mp3" | "ogg" => site.write(path, include_bytes!("../../example/a-rainy-sunday/rain.mp3")),
                extension if !site.root().join(path).exists() => {
                    site.write(path, &quadrants(600, 400).encode(extension));
                }
                _ => {}
            }
        }
    }
    site
}

fn copied(source: &Path, folder: &Path, mut site: SiteBuilder) -> SiteBuilder {
    for entry in fs::read_dir(source.join(folder)).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = folder.join(entry.file_name());
        if entry.path().is_dir() {
            site = copied(source, &path, site);
        } else {
            site.write(path.to_str().expect("UTF-8"), &fs::read(entry.path()).expect("a file"));
        }
    }
    site
}

/// Makes a video of two seconds with a tone.
fn film(path: &Path) {
    let made = Command::new("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=10:duration=2"])
        .args(["-f", "lavfi", "-i", "sine=duration=2", "-shortest"])
        .arg(path)
        .status();
    assert!(made.expect("ffmpeg runs").success());
}

fn has_ffmpeg() -> bool {
    ["ffmpeg", "ffprobe"].iter().all(|program| Command::new(program).arg("-version").output().is_ok())
}

#[test]
fn both_sites_build_without_error() {
    for name in ["prosopopee", "recitale"] {
        let site = on_disk(name, has_ffmpeg());
        let run = site.run(&["build", "--format", "short"]).success();
        assert!(!run.stderr.contains("unknown key"), "{}", run.stderr);
        every_link_leads_somewhere(&site.root().join("build"));
        let output = site.output().0;
        for (folder, _) in settings(&sites().join(name)) {
            let page = folder.join("index.html");
            assert!(output.contains_key(page.to_str().expect("UTF-8")), "{name}: {}", page.display());
        }
    }
}
