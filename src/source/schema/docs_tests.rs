//! `docs/configuration.md` lists the keys of the tables, no more and no fewer, with their defaults.

use std::collections::BTreeMap;

use crate::source::SectionType;
use crate::source::keys::{FFMPEG, GALLERY, GM, IMAGES, Kind, MEDIA, Preset, ROOT, SECTION, SETTINGS_MAP, Table};

const DOCS: &str = include_str!("../../../docs/configuration.md");

/// Returns the rows of the first table below a heading, as cells.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let (_, text) = DOCS.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no heading {heading}"));
    let lines = text.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    // A `|` inside a cell is escaped, and has no spaces on both sides.
    let trimmed = |cell: &'static str| cell.trim_start_matches('|').trim();
    let cells = |line: &'static str| line.trim_matches('|').split(" | ").map(trimmed).collect();
    lines.skip(2).map(cells).collect()
}

/// Returns the names in backticks of a cell.
fn names(cell: &'static str) -> Vec<&'static str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// Returns the keys of a documented table, with the cell of their default.
fn documented(heading: &str) -> BTreeMap<&'static str, &'static str> {
    let rows = rows(heading);
    let default = |cells: &[&'static str]| *cells.get(cells.len() - 2).expect("a default");
    rows.iter().flat_map(|cells| names(cells[0]).into_iter().map(|name| (name, default(cells)))).collect()
}

/// The headings in docs/configuration.md whose tables list the keys of a table.
const TABLES: [(&str, &Table); 7] = [
    ("## Root settings", &ROOT),
    ("### The `settings` map", &SETTINGS_MAP),
    ("### `gm`: rendering options", &GM),
    ("### `images`: sizes, colour and metadata", &IMAGES),
    ("## Gallery settings", &GALLERY),
    ("## Pictures and videos", &MEDIA),
    ("## Videos", &FFMPEG),
];

/// Returns the keys of a table that have an effect.
fn known(table: &Table) -> Vec<&'static str> {
    let mut names: Vec<_> =
        table.keys().filter(|key| !matches!(key.kind, Kind::Misplaced)).map(|key| key.name).collect();
    names.sort_unstable();
    names
}

#[test]
fn every_key_is_documented_and_every_documented_key_exists() {
    for (heading, table) in TABLES {
        let documented: Vec<_> = documented(heading).into_keys().collect();
        assert_eq!(documented, known(table), "{heading}");
    }
}

#[test]
fn every_type_of_section_is_documented_with_its_keys() {
    let mut documented: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut kind = "";
    for cells in rows("## Sections") {
        kind = names(cells[0]).first().copied().unwrap_or(kind);
        documented.entry(kind).or_default().extend(names(cells[1]));
    }
    documented.values_mut().for_each(|keys| keys.sort_unstable());
    let own = |kind: &SectionType| known(kind.table()).into_iter().filter(|key| !SECTION.means(key)).collect();
    let known: BTreeMap<&str, Vec<&str>> = SectionType::ALL.iter().map(|kind| (kind.name(), own(kind))).collect();
    assert_eq!(documented, known);
}

#[test]
fn the_documented_defaults_are_those_of_the_tables() {
    let mut compared = 0;
    for (heading, table) in TABLES {
        let documented = documented(heading);
        for key in table.keys() {
            if let Preset::Value(json) = key.preset {
                // The keys of `gm` on a picture share one row.
                let cell = documented[key.name];
                if cell != "`settings.gm`" && cell != "`settings.ffmpeg`" {
                    assert_eq!(cell, format!("`{}`", json.trim_matches('"')), "{heading}: `{}`", key.name);
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 25, "{compared}");
}
