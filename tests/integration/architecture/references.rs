//! The references between the files of a crate.
//!
//! In: the modules of a crate. Out: for each file the files that define its names, in imports and in inline paths; re-exports are
//! followed to the file of the definition. A re-export alone is not a reference: it passes a name on without using its
//! definition.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::tree::{ModuleId, Tree};

/// The references of each file.
pub(super) type References = BTreeMap<PathBuf, BTreeSet<PathBuf>>;

/// Finds the references between the files of a crate.
pub(super) fn of(tree: &Tree) -> References {
    let mut references = References::new();
    for (id, module) in tree.modules.iter().enumerate() {
        let mut paths = Paths::default();
        module.body.iter().for_each(|item| paths.visit_item(item));
        let imports = module.imports.iter().filter(|import| !import.is_reexport).map(|import| import.path.clone());
        let found = references.entry(module.file.clone()).or_default();
        for path in imports.chain(paths.found) {
            found.extend(definition(tree, id, &path).filter(|file| *file != module.file).map(Path::to_owned));
        }
    }
    references
}

/// Returns the paths in a crate's source that lead to other crates, with their files.
pub(super) fn to_other_crates(tree: &Tree) -> Vec<(&Path, Vec<String>)> {
    let mut found = Vec::new();
    for (id, module) in tree.modules.iter().enumerate() {
        let mut paths = Paths::default();
        module.body.iter().for_each(|item| paths.visit_item(item));
        let imports = module.imports.iter().map(|import| import.path.clone());
        let outside = imports.chain(paths.found).filter(|path| definition(tree, id, path).is_none());
        found.extend(outside.map(|path| (module.file.as_path(), path)));
    }
    found
}

/// Returns the file that defines `path`, written in module `from`; `None` for definitions in other crates.
fn definition<'a>(tree: &'a Tree, from: ModuleId, path: &[String]) -> Option<&'a Path> {
    match resolve(tree, from, path, true, &mut BTreeSet::new())? {
        Found::Item(id) => Some(tree.modules[id].file.as_path()),
        // The use of an item of the module counts at its own place.
        Found::Module(_) => None,
    }
}

/// Target of a path.
#[derive(Clone, Copy)]
enum Found {
    Module(ModuleId),
    /// An item that this module defines, or a part of it.
    Item(ModuleId),
}

/// Resolves `path` from a module. `from_inside`: whether the first segment may be `crate`, `self` or `super`.
fn resolve(
    tree: &Tree,
    from: ModuleId,
    path: &[String],
    from_inside: bool,
    seen: &mut BTreeSet<(ModuleId, Vec<String>)>,
) -> Option<Found> {
    let Some((first, rest)) = path.split_first() else { return Some(Found::Module(from)) };
    if !seen.insert((from, path.to_vec())) {
        return None;
    }
    let module = &tree.modules[from];
    if from_inside {
        match first.as_str() {
            "crate" => return resolve(tree, 0, rest, false, seen),
            "self" => return resolve(tree, from, rest, true, seen),
            "super" => return resolve(tree, module.parent?, rest, true, seen),
            _ => {}
        }
    }
    if let Some(child) = module.children.get(first) {
        return resolve(tree, *child, rest, false, seen);
    }
    if module.items.contains(first) {
        return Some(Found::Item(from));
    }
    let named = module.imports.iter().find(|import| import.name.as_ref() == Some(first));
    if let Some(import) = named {
        let full: Vec<_> = import.path.iter().chain(rest).cloned().collect();
        return resolve(tree, from, &full, true, seen);
    }
    let globs = module.imports.iter().filter(|import| import.name.is_none());
    globs.into_iter().find_map(|import| match resolve(tree, from, &import.path, true, seen)? {
        Found::Module(id) => resolve(tree, id, path, false, seen),
        // The variants of an enum. The name cannot be identified as one, and the `use` itself is already a reference.
        Found::Item(_) => None,
    })
}

/// Collects the paths in a piece of source text.
#[derive(Default)]
struct Paths {
    found: Vec<Vec<String>>,
}

impl<'a> Visit<'a> for Paths {
    /// `pub(in crate::a)` is not a reference.
    fn visit_visibility(&mut self, _: &'a syn::Visibility) {}

    fn visit_path(&mut self, path: &'a syn::Path) {
        if path.leading_colon.is_none() {
            self.found.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'a syn::Macro) {
        self.visit_path(&item.path);
        self.tokens(item.tokens.clone());
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        // A `use` inside a function.
        struct Leaves<'a>(&'a mut Vec<Vec<String>>, Vec<String>);
        impl Leaves<'_> {
            fn walk(&mut self, tree: &syn::UseTree) {
                match tree {
                    syn::UseTree::Path(path) => {
                        self.1.push(path.ident.to_string());
                        self.walk(&path.tree);
                        self.1.pop();
                    }
                    syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.walk(tree)),
                    syn::UseTree::Name(leaf) => self.leaf(leaf.ident.to_string()),
                    syn::UseTree::Rename(leaf) => self.leaf(leaf.ident.to_string()),
                    _ => self.0.push(self.1.clone()),
                }
            }

            fn leaf(&mut self, name: String) {
                self.0.push(self.1.iter().cloned().chain([name]).collect());
            }
        }
        Leaves(&mut self.found, Vec::new()).walk(&item.tree);
    }
}

impl Paths {
    /// Finds `a::b::C` and lone capitalised names in the arguments of a macro, which are not parsed.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons < 2 {
                        self.end(&mut path);
                    }
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.end(&mut path);
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut Vec<String>) {
        let path = std::mem::take(path);
        if path.len() > 1 || path.first().is_some_and(|name| name.starts_with(char::is_uppercase)) {
            self.found.push(path);
        }
    }
}
