//! The order of modules: each uses only what stands left of it.

use std::fs;
use std::path::Path;

/// From left to right; modules that share a place do not use each other.
const ORDER: [&[&str]; 14] = [
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
    &["commands"],
    &["cli"],
    &["testing", "lib"],
];

fn place(module: &str) -> usize {
    ORDER
        .iter()
        .position(|place| place.contains(&module))
        .unwrap_or_else(|| panic!("`{module}` has no place in the order"))
}

#[test]
fn every_module_uses_only_what_stands_left_of_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut uses = 0;
    visit(&source, &mut |path, text| {
        let inside = path.strip_prefix(&source).expect("below src");
        let module = inside.components().next().expect("a name").as_os_str().to_string_lossy().replace(".rs", "");
        if module == "main" {
            return;
        }
        for used in text.split("crate::").skip(1).flat_map(names) {
            // Items of lib.rs itself (Options, Built) belong to the place of `lib`.
            let used = if used.starts_with(char::is_uppercase) || ["build", "check", "read_source"].contains(&used) {
                "lib"
            } else {
                used
            };
            uses += 1;
            if used != module && place(used) >= place(&module) {
                wrong.push(format!("{} uses {used}", inside.display()));
            }
        }
    });
    assert!(uses > 50, "only {uses} uses found: the test reads the wrong thing");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn unsafe_code_stands_in_two_places_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = 0;
    for source in ["src", "crates/jpeg/src", "crates/pixels/src"] {
        visit(&root.join(source), &mut |path, text| {
            read += 1;
            let inside = path.strip_prefix(root).expect("below the root");
            let allowed = inside.starts_with("crates/jpeg/src/simd") || inside == Path::new("src/machine/allocator.rs");
            let found =
                ["{", "extern", "fn", "impl", "trait"].iter().any(|what| text.contains(&format!("unsafe {what}")));
            assert!(allowed || !found, "{}", path.display());
        });
    }
    assert!(read > 300, "only {read} files found: the test reads the wrong thing");
}

/// Only calls that pass the seam can be made to fail by tests.
#[test]
fn the_file_system_is_reached_through_the_machine_only() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut uses = 0;
    visit(&source, &mut |path, text| {
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

/// Whoever deletes a folder with all that is in it deletes what somebody else put there, too.
#[test]
fn nothing_is_deleted_but_by_its_name() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    visit(&source, &mut |path, text| {
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_test = path.to_string_lossy().contains("tests");
        assert!(is_test || !product.contains("remove_dir_all"), "{}", path.display());
    });
}

/// The first names after `crate::`: `plan::Plan` gives `plan`, `{image, plan::Plan}` gives both.
fn names(rest: &str) -> Vec<&str> {
    let list = match rest.strip_prefix('{') {
        Some(list) => &list[..list.find("};").unwrap_or(list.len())],
        None => return vec![first_name(rest)],
    };
    let mut depth = 0;
    let mut names = Vec::new();
    let mut start = 0;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(first_name(list[start..at].trim()));
                start = at + 1;
            }
            _ => {}
        }
    }
    names.push(first_name(list[start..].trim()));
    names.retain(|name| !name.is_empty());
    names
}

fn first_name(text: &str) -> &str {
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

fn visit(folder: &Path, f: &mut dyn FnMut(&Path, &str)) {
    let mut entries: Vec<_> = fs::read_dir(folder).expect("src").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            visit(&path, f);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            f(&path, &fs::read_to_string(&path).expect("source text"));
        }
    }
}
