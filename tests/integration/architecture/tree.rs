//! The modules that the source text of a crate declares.
//!
//! In: the folder of a crate's source. Out: every module with its file, the names that it defines and the names that it
//! imports. Modules for tests are excluded. Must not know dependencies between files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Attribute, Item, UseTree};

/// Index of a module in [`Tree::modules`].
pub(super) type ModuleId = usize;

/// All modules of a crate; the first is its root.
pub(super) struct Tree {
    pub(super) modules: Vec<Module>,
}

/// A module, in its own file or inside another module's.
pub(super) struct Module {
    /// File of the module, relative to the crate's source folder.
    pub(super) file: PathBuf,
    pub(super) parent: Option<ModuleId>,
    pub(super) children: BTreeMap<String, ModuleId>,
    /// Names of types, functions, constants and macros that the module defines.
    pub(super) items: Vec<String>,
    /// Names of the structs, enums, traits and type aliases among [`Self::items`].
    pub(super) types: Vec<String>,
    pub(super) imports: Vec<Import>,
    /// Content of the module, without its child modules.
    pub(super) body: Vec<Item>,
}

impl Module {
    fn new(file: &Path, parent: Option<ModuleId>) -> Self {
        Self {
            file: file.to_owned(),
            parent,
            children: BTreeMap::new(),
            items: Vec::new(),
            types: Vec::new(),
            imports: Vec::new(),
            body: Vec::new(),
        }
    }
}

/// One name that a `use` brings into a module.
pub(super) struct Import {
    /// `None` for `*`.
    pub(super) name: Option<String>,
    pub(super) path: Vec<String>,
    pub(super) is_reexport: bool,
}

impl Tree {
    /// Reads the crate whose root is `lib.rs` in `folder`.
    pub(super) fn read(folder: &Path) -> Self {
        let mut tree = Self { modules: Vec::new() };
        tree.file(folder, Path::new("lib.rs"), folder, None);
        tree
    }

    /// Reads a file. `inside`: the folder with the files of child modules.
    fn file(&mut self, root: &Path, file: &Path, inside: &Path, parent: Option<ModuleId>) -> ModuleId {
        let text = fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let parsed = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self.module(root, file, inside, parent, parsed.items)
    }

    fn module(
        &mut self,
        root: &Path,
        file: &Path,
        inside: &Path,
        parent: Option<ModuleId>,
        items: Vec<Item>,
    ) -> ModuleId {
        let id = self.modules.len();
        self.modules.push(Module::new(file, parent));
        for item in items {
            if is_for_tests(attributes(&item)) {
                continue;
            }
            match item {
                Item::Mod(module) => {
                    let name = module.ident.to_string();
                    let folder = inside.join(&name);
                    let child = match module.content {
                        Some((_, items)) => self.module(root, file, &folder, Some(id), items),
                        None => {
                            let flat = inside.join(format!("{name}.rs"));
                            let path = if flat.exists() { flat } else { folder.join("mod.rs") };
                            let path = path.strip_prefix(root).expect("below the root").to_owned();
                            self.file(root, &path, &folder, Some(id))
                        }
                    };
                    self.modules[id].children.insert(name, child);
                }
                Item::Use(item) => {
                    let is_reexport = !matches!(item.vis, syn::Visibility::Inherited);
                    flatten(&item.tree, &mut Vec::new(), is_reexport, &mut self.modules[id].imports);
                }
                other => {
                    self.modules[id].items.extend(name(&other));
                    if matches!(other, Item::Enum(_) | Item::Struct(_) | Item::Trait(_) | Item::Type(_)) {
                        self.modules[id].types.extend(name(&other));
                    }
                    self.modules[id].body.push(other);
                }
            }
        }
        id
    }
}

/// Lists the names that a `use` imports.
fn flatten(tree: &UseTree, before: &mut Vec<String>, is_reexport: bool, imports: &mut Vec<Import>) {
    let mut import = |name: Option<String>, last: Option<String>| {
        let path: Vec<_> = before.iter().cloned().chain(last.filter(|last| last != "self")).collect();
        imports.push(Import { name, path, is_reexport });
    };
    match tree {
        UseTree::Name(leaf) if leaf.ident == "self" => import(before.last().cloned(), None),
        UseTree::Name(leaf) => import(Some(leaf.ident.to_string()), Some(leaf.ident.to_string())),
        UseTree::Rename(leaf) => import(Some(leaf.rename.to_string()), Some(leaf.ident.to_string())),
        UseTree::Glob(_) => import(None, None),
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, is_reexport, imports);
            before.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, is_reexport, imports)),
    }
}

fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether an item is for tests only: `#[cfg(test)]` or `#[test]`.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        path.is_ident("test")
            || path.is_ident("cfg")
                && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string().contains("test"))
    })
}
