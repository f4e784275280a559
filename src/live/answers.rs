//! Answers to requests of browsers.
//!
//! In: the path of a URL. Out: the bytes that a build would publish there; pages also get the script that follows changes.

use std::io;
use std::sync::Arc;

use super::inject::{SCRIPT, SCRIPT_NAME, inject};
use super::snapshot::{SiteFile, Snapshot};
use super::state::SharedState;
use crate::cache::Digest;
use crate::lock::Lock;
use crate::machine::fs::File;
use crate::media_type::media_type;
use crate::plan::{Audience, Listing, MediaFile, PlannedPage};
use crate::serve::{Bytes, Resource, Served, Subscription, UrlPath};
use crate::source::SitePath;

const HTML: &str = "text/html";

/// What browsers see of a preview.
pub(super) struct Answers(pub(super) Arc<SharedState>);

impl Served for Answers {
    fn may_take_long(&self, path: &UrlPath) -> bool {
        let kind = type_of(path.parts().last().map_or("", String::as_str));
        !path.is_folder() && ["image/", "video/", "audio/"].iter().any(|media| kind.starts_with(media))
    }

    fn resource(&self, path: &UrlPath) -> Resource {
        let file = file_of(path);
        let mut snapshot = self.0.snapshot();
        // Files that are not read yet are asked for once; if they cannot be read, the page is shown without them.
        for last in [false, true] {
            let Some(current) = &snapshot else { return self.broken_site() };
            match self.find(current, &file, path, last) {
                Ok(resource) => return resource,
                Err(unread) => snapshot = self.0.snapshot_with(unread),
            }
        }
        Resource::Nothing
    }

    fn own_resource(&self, name: &str, _: &str) -> Resource {
        match name {
            "state" => text(self.0.summary().into_bytes(), media_type("json")),
            SCRIPT_NAME => text(SCRIPT.as_bytes().to_vec(), media_type("js")),
            _ => Resource::Nothing,
        }
    }

    fn events(&self, _: &str) -> Option<Subscription> {
        let state = &self.0;
        // Subscribed first, so that nothing is missed in between.
        let subscription = state.events.subscribe().beginning_with("snapshot", state.number().to_string());
        Some(subscription.beginning_with("problems", state.problems_for_browsers()))
    }
}

impl Answers {
    /// Looks up a file.
    ///
    /// # Errors
    /// The files that have to be read first, unless this is the `last` try.
    fn find(
        &self,
        snapshot: &Arc<Snapshot>,
        file: &str,
        path: &UrlPath,
        last: bool,
    ) -> Result<Resource, Vec<SitePath>> {
        let state = &self.0;
        let of_memory = state.shared.get(file).cloned().or_else(|| state.sheets.get(file));
        if let Some(bytes) = of_memory {
            return Ok(text(bytes.to_vec(), type_of(file)));
        }
        match snapshot.target(file) {
            Some(SiteFile::Page(page)) => {
                unread(snapshot, snapshot.sources_of(page), last)?;
                Ok(self.page(snapshot, page))
            }
            Some(SiteFile::Listing(listing)) => {
                unread(snapshot, &snapshot.unread, last)?;
                Ok(listed(snapshot, listing))
            }
            Some(SiteFile::Media(media, audience)) => {
                unread(snapshot, snapshot.source_of(media), last)?;
                Ok(self.media(snapshot, media, audience, file))
            }
            None if !path.is_folder() && snapshot.target(&format!("{file}/index.html")).is_some() => {
                Ok(Resource::Folder)
            }
            None => Ok(Resource::Nothing),
        }
    }

    fn page(&self, snapshot: &Snapshot, page: &PlannedPage) -> Resource {
        let rendered = snapshot.page(page, self.0.cache.store());
        if let Some(sheet) = rendered.sheet {
            self.0.sheets.add(sheet.path.to_string(), sheet.bytes);
        }
        text(inject(&rendered.file.bytes, snapshot.number), HTML)
    }

    fn media(&self, snapshot: &Arc<Snapshot>, file: MediaFile, audience: Audience, place: &str) -> Resource {
        let path = match file {
            MediaFile::Copy(index) => snapshot.plan.copies[index].from.clone(),
            _ => match self.0.queue.file(snapshot, file, self.0.cache.store()) {
                Ok(stored) => stored.path,
                Err(why) => return Resource::Failed(why),
            },
        };
        match snapshot.lock(audience) {
            None => Resource::File { path, media_type: type_of(place) },
            Some(lock) => locked(lock, place, &path),
        }
    }

    /// A page for a site that has had errors since the start.
    fn broken_site(&self) -> Resource {
        let page =
            "<!doctype html><html lang=en><head><meta charset=utf-8><title>cimaise</title></head><body></body></html>";
        text(inject(page.as_bytes(), 0), HTML)
    }
}

/// Returns the path of the file that a URL means.
fn file_of(path: &UrlPath) -> String {
    let mut parts: Vec<&str> = path.parts().iter().map(String::as_str).collect();
    if path.is_folder() {
        parts.push("index.html");
    }
    parts.join("/")
}

/// Checks that these files have been read as a whole, unless this is the `last` try.
fn unread<'a>(
    snapshot: &Snapshot,
    files: impl IntoIterator<Item = &'a SitePath>,
    last: bool,
) -> Result<(), Vec<SitePath>> {
    let paths: Vec<SitePath> = files.into_iter().filter(|path| snapshot.unread.contains(*path)).cloned().collect();
    if paths.is_empty() || last { Ok(()) } else { Err(paths) }
}

fn listed(snapshot: &Snapshot, listing: Listing) -> Resource {
    let file = snapshot.listing(listing);
    let media_type = type_of(file.path.as_path().as_str());
    text(file.bytes, media_type)
}

/// Encrypts a file as a build does.
fn locked(lock: &Lock, place: &str, from: &std::path::Path) -> Resource {
    let encrypted = || -> io::Result<Vec<u8>> {
        let digest = Digest::of_file(from)?;
        let mut bytes = Vec::new();
        lock.lock_file(place, digest.bytes(), File::open(from)?, &mut bytes)?;
        Ok(bytes)
    };
    match encrypted() {
        Ok(bytes) => text(bytes, type_of(place)),
        Err(cause) => Resource::Failed(format!("cannot read `{}`: {cause}", from.display())),
    }
}

fn text(bytes: Vec<u8>, media_type: &'static str) -> Resource {
    Resource::Bytes { bytes: Bytes::from(bytes), media_type }
}

fn type_of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    media_type(name.rsplit_once('.').map_or("", |(_, extension)| extension))
}
