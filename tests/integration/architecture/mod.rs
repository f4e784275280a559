//! The rules of the architecture: the dependencies that modules may have, and the facts that a crate must not know.
//!
//! All rules are checked on the source text of each crate of the workspace, with names followed to their definitions
//! (`references`). Code for tests is excluded.

mod circles;
mod graph;
mod references;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use references::References;
use tree::Tree;

/// The modules of the program from left to right; modules in the same place do not use each other.
const ORDER: [&[&str]; 15] = [
    &["dates", "machine", "media_type"],
    &["diagnostic"],
    &["cache", "ffmpeg", "lock"],
    &["source"],
    &["site"],
    &["plan"],
    &["overrides"],
    &["render"],
    &["publish"],
    &["privacy", "deploy", "compose", "serve", "verify"],
    &["tasks"],
    &["live"],
    &["commands"],
    &["cli"],
    &["testing", "lib"],
];

/// The crates of the workspace, each with the other crates on which it may depend.
const CRATES: [(&str, &[&str]); 3] = [(".", &["pixels"]), ("crates/jpeg", &[]), ("crates/pixels", &["jpeg"])];

/// Modules of the standard library that the crates of pixels must not use: paths, clocks, threads, the network, the environment.
const OUTSIDE: [&str; 8] = ["env", "fs", "net", "os", "path", "process", "thread", "time"];

/// Types that exist twice: as the author writes them (`source`) and resolved (`site`). Their modules distinguish them.
const SHARED_NAMES: [&str; 5] = ["Licence", "Overlay", "PictureOptions", "Section", "SectionKind"];

struct Crate {
    name: &'static str,
    tree: Tree,
    references: References,
}

fn crates() -> Vec<Crate> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name| {
        let tree = Tree::read(&root.join(name).join("src"));
        let references = references::of(&tree);
        assert!(references.len() > 20, "{name}: only {} files found: the test reads the wrong thing", references.len());
        Crate { name, tree, references }
    };
    CRATES.iter().map(|(name, _)| read(*name)).collect()
}

/// Returns the program's own crate.
fn program() -> Crate {
    crates().swap_remove(0)
}

#[test]
fn every_module_uses_only_what_stands_left_of_it() {
    let place = |module: &str| {
        let place = ORDER.iter().position(|place| place.contains(&module));
        place.unwrap_or_else(|| panic!("`{module}` has no place in the order"))
    };
    let uses = graph::between_modules(&program().references);
    let wrong: Vec<_> = uses
        .iter()
        .flat_map(|(module, used)| used.iter().map(move |used| (module, used)))
        .filter(|(module, used)| place(used) >= place(module))
        .collect();
    assert!(uses.len() > 15, "only {} modules found: the test reads the wrong thing", uses.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_files_refer_to_each_other_in_a_circle() {
    let mut wrong = String::new();
    for Crate { name, references, .. } in crates() {
        let circles = circles::of(&references);
        let largest = circles.first().map_or(0, Vec::len);
        println!("{name}: {} files, largest circle: {largest}", references.len());
        for circle in circles {
            let inside = |file: &Path| references[file].iter().filter(|used| circle.contains(&used.as_path()));
            for file in &circle {
                let used: Vec<_> = inside(file).map(|used| used.display().to_string()).collect();
                wrong += &format!("{name}: {} uses {}\n", file.display(), used.join(", "));
            }
            wrong += "\n";
        }
    }
    assert!(wrong.is_empty(), "circles of files:\n{wrong}");
}

#[test]
fn the_crates_of_pixels_know_neither_paths_nor_clocks_nor_threads() {
    for Crate { name, tree, .. } in crates().into_iter().skip(1) {
        let paths = references::to_other_crates(&tree);
        let outside: Vec<_> = paths
            .iter()
            .filter(|(_, path)| path.first().is_some_and(|first| first == "std"))
            .filter(|(_, path)| path.get(1).is_some_and(|module| OUTSIDE.contains(&module.as_str())))
            .map(|(file, path)| format!("{name}/src/{}: {}", file.display(), path.join("::")))
            .collect();
        assert!(paths.len() > 20, "{name}: only {} paths found: the test reads the wrong thing", paths.len());
        assert!(outside.is_empty(), "{outside:#?}");
    }
}

#[test]
fn a_crate_depends_on_those_below_it_only() {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version=1", "--offline", "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .output()
        .expect("cargo runs");
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    assert_eq!(packages.len(), CRATES.len(), "a crate without a place in `CRATES`");
    for package in packages {
        let folder = Path::new(package["manifest_path"].as_str().expect("a path")).parent().expect("a folder");
        let is_meant = |name: &str| folder == Path::new(env!("CARGO_MANIFEST_DIR")).join(name).components().as_path();
        let (_, allowed) = CRATES.into_iter().find(|(name, _)| is_meant(name)).expect("a place in `CRATES`");
        let dependencies = package["dependencies"].as_array().expect("dependencies");
        let own: Vec<_> = dependencies
            .iter()
            .filter_map(|dependency| Path::new(dependency["path"].as_str()?).file_name()?.to_str())
            .collect();
        assert_eq!(own, allowed, "{}", folder.display());
    }
}

#[test]
fn a_type_has_a_name_of_its_own_in_its_crate() {
    let mut wrong = Vec::new();
    let mut shared = BTreeSet::new();
    for Crate { name, tree, .. } in crates() {
        let mut files: BTreeMap<&str, Vec<PathBuf>> = BTreeMap::new();
        for module in &tree.modules {
            for name in &module.types {
                files.entry(name).or_default().push(module.file.clone());
            }
        }
        assert!(files.len() > 20, "{name}: only {} types found: the test reads the wrong thing", files.len());
        for (type_name, files) in files.into_iter().filter(|(_, files)| files.len() > 1) {
            match SHARED_NAMES.iter().find(|name| **name == type_name) {
                Some(name) => _ = shared.insert(*name),
                None => wrong.push(format!("{name}: {type_name}: {files:?}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{} names: {wrong:#?}", wrong.len());
    assert_eq!(shared, SHARED_NAMES.into_iter().collect(), "an exception that is none any more");
}

#[test]
fn the_graph_in_the_documentation_is_that_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/architecture.md");
    let text = fs::read_to_string(&path).expect("the guide");
    let (start, end) = ("<!-- graph -->\n", "<!-- end of graph -->\n");
    let (before, rest) = text.split_once(start).expect("the start of the graph");
    let (_, after) = rest.split_once(end).expect("the end of the graph");
    let drawn = graph::drawn(&graph::between_modules(&program().references));
    let right = format!("{before}{start}{drawn}{end}{after}");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, right).expect("the guide is written");
    } else {
        assert_eq!(text, right, "draw the graph again with `BLESS=1 cargo test architecture`");
    }
}

#[test]
fn unsafe_code_stands_in_two_places_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = 0;
    each_file(&root.join("src"), &mut |path, text| {
        found += check_unsafe(path, text, path == root.join("src/machine/allocator.rs"));
    });
    each_file(&root.join("crates"), &mut |path, text| {
        found += check_unsafe(path, text, path.starts_with(root.join("crates/jpeg/src/simd")));
    });
    assert!(found > 3, "only {found} files with unsafe code found: the test reads the wrong thing");
}

fn check_unsafe(path: &Path, text: &str, is_allowed: bool) -> usize {
    let is_unsafe = ["{", "extern", "fn", "impl", "trait"].iter().any(|what| text.contains(&format!("unsafe {what}")));
    assert!(is_allowed || !is_unsafe, "{}", path.display());
    usize::from(is_unsafe)
}

/// Tests can only inject faults into calls that pass the seam.
#[test]
fn the_file_system_is_reached_through_the_machine_only() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut uses = 0;
    each_file(&source, &mut |path, text| {
        let inside = path.strip_prefix(&source).expect("below src");
        let is_test = inside.to_string_lossy().contains("tests");
        if inside.starts_with("machine") || is_test {
            return;
        }
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        uses += product.matches("machine::fs").count();
        let around = [
            "std::fs",
            "tokio::fs",
            "reflink_copy::",
            ".exists()",
            ".canonicalize()",
            ".read_dir()",
            ".symlink_metadata()",
        ];
        wrong.extend(
            around.iter().filter(|call| product.contains(*call)).map(|call| format!("{}: {call}", inside.display())),
        );
    });
    assert!(uses > 20, "only {uses} uses found: the test reads the wrong thing");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Deleting a folder recursively would also delete files of other origin in it.
#[test]
fn nothing_is_deleted_but_by_its_name() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    each_file(&source, &mut |path, text| {
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_test = path.to_string_lossy().contains("tests");
        assert!(is_test || !product.contains("remove_dir_all"), "{}", path.display());
    });
}

fn each_file(folder: &Path, f: &mut dyn FnMut(&Path, &str)) {
    let mut entries: Vec<_> = fs::read_dir(folder).expect("src").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            each_file(&path, f);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            f(&path, &fs::read_to_string(&path).expect("source text"));
        }
    }
}
