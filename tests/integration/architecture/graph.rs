//! The dependencies between the modules of the program, drawn floor by floor.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::references::References;

/// Modules that only re-export items of others.
const FACADES: [&str; 2] = ["lib", "testing"];

/// The modules on which each module depends.
pub(super) type Uses = BTreeMap<String, BTreeSet<String>>;

/// Joins the references of files to references of modules; `main.rs` is left out.
pub(super) fn between_modules(references: &References) -> Uses {
    let mut uses = Uses::new();
    for (file, used) in references.iter().filter(|(file, _)| module(file) != "main") {
        let own = module(file);
        let used = used.iter().map(|file| module(file)).filter(|used| *used != own);
        uses.entry(own.clone()).or_default().extend(used.collect::<BTreeSet<_>>());
    }
    uses
}

/// Draws a line for each floor from the ground up: a module is one floor above the highest one on which it depends.
pub(super) fn drawn(uses: &Uses) -> String {
    let mut floors: Vec<Vec<&str>> = Vec::new();
    let mut heights: BTreeMap<&str, usize> = BTreeMap::new();
    while heights.len() < uses.len() {
        let floor: Vec<&str> = uses
            .iter()
            .filter(|(module, used)| {
                !heights.contains_key(module.as_str()) && used.iter().all(|used| heights.contains_key(used.as_str()))
            })
            .map(|(module, _)| module.as_str())
            .collect();
        assert!(!floor.is_empty(), "modules use each other in a circle");
        heights.extend(floor.iter().map(|module| (*module, floors.len())));
        floors.push(floor);
    }
    let is_facade = |module: &str| FACADES.contains(&module);
    let mut text = String::from("| floor | module | uses |\n|---|---|---|\n");
    for (height, floor) in floors.iter().enumerate().rev() {
        for module in floor.iter().filter(|module| !is_facade(module)) {
            let used: Vec<_> = uses[*module].iter().map(|used| format!("`{used}`")).collect();
            text += &format!("| {height} | `{module}` | {} |\n", used.join(" "));
        }
    }
    text
}

/// `site/model/gallery.rs` belongs to `site`, `progress.rs` to `progress`.
fn module(file: &Path) -> String {
    file.components().next().expect("a name").as_os_str().to_string_lossy().replace(".rs", "")
}
