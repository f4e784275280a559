//! The files that the output should contain.
//!
//! In: a finished site. Out: the content of each file; reports an author's file that would replace another file. Pure.

use std::collections::btree_map::Entry;

use super::content::{Content, Inside, Wanted};
use super::finished::Finished;
use super::manifest;
use crate::cache::atomic;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::plan::{Audience, Copy, MediaFile, Naming, OutputPath, PlacedFile};

/// Returns the content of every file of the output. Reports an author's file that would replace another file.
pub(super) fn wanted<'a>(site: &Finished<'a>, report: &mut Report) -> Wanted<'a> {
    let Finished { plan, rendered, pages, keys, .. } = *site;
    let (own, authors): (Vec<_>, Vec<_>) = plan
        .placed()
        .map(|PlacedFile { file, place, audience, naming }| {
            let inside = match file {
                MediaFile::Rendition(index) => Inside::Stored(&rendered.files[index]),
                MediaFile::Transcode(index) => Inside::Stored(&rendered.transcodes[index]),
                MediaFile::Still(index) => Inside::Stored(&rendered.stills[index]),
                MediaFile::Copy(index) => Inside::Original(&plan.copies[index]),
            };
            let content = match (audience, inside) {
                (Audience::Everybody, Inside::Stored(file)) => Content::Stored(file, naming),
                (Audience::Everybody, Inside::Original(copy)) => Content::Original(copy),
                (Audience::Holders(id), inside) => {
                    Content::Locked(keys.lock(&plan.audiences.passwords[id.0 as usize]), place, inside)
                }
            };
            (place, content)
        })
        .partition(|(_, content)| content.naming() == Naming::Content);
    let mut wanted: Wanted<'a> = own.into_iter().collect();
    wanted.extend(pages.assets.iter().map(|file| (&file.path, Content::Asset(&file.bytes))));
    wanted.extend(pages.pages.iter().map(|file| (&file.path, Content::Page(&file.bytes))));
    for (path, content) in authors {
        let name = path.as_path().name();
        if name == manifest::NAME || atomic::is_temporary(name.as_ref()) {
            report.push(own_name(path));
            continue;
        }
        match wanted.entry(path) {
            Entry::Vacant(place) => drop(place.insert(content)),
            // A picture in `static/` that a page also refers to: the page was promised the copy without metadata.
            Entry::Occupied(mut place) if is_same_file(*place.get(), content) => {
                if matches!(content, Content::Stored(..)) {
                    place.insert(content);
                }
            }
            Entry::Occupied(_) => report.push(taken(path, &format!("`{path}`, which cimaise writes"))),
        }
    }
    for path in wanted.keys() {
        let folder = OutputPath::from_path(path.folder());
        if wanted.contains_key(&folder) {
            report.push(taken(&folder, &format!("the folder of `{path}`")));
        }
    }
    wanted
}

/// Whether both come from the same file of the site: one unchanged, one without the metadata that must not be published.
fn is_same_file(one: Content<'_>, other: Content<'_>) -> bool {
    matches!(
        (one, other),
        (Content::Stored(_, Naming::Author), Content::Original(Copy { naming: Naming::Author, .. }))
            | (Content::Original(Copy { naming: Naming::Author, .. }), Content::Stored(_, Naming::Author))
    )
}

/// Diagnostic for a file that has a name reserved for cimaise's own files.
fn own_name(path: &OutputPath) -> Diagnostic {
    Diagnostic::new(Code::FileReservedName, format!("the name of the file `{path}` is reserved for cimaise"))
        .help("rename the file, or remove it from `static/` or `include`")
}

fn taken(path: &OutputPath, place: &str) -> Diagnostic {
    Diagnostic::new(Code::FileReservedName, format!("the file `{path}` would replace {place}"))
        .help("rename the file, or remove it from `static/` or `include`")
}
