//! The results of commands, as the `result` of the summary.

use std::path::Path;

use serde_json::{Value, json};

use crate::cache::Removed;
use crate::compose::{Added, ComposeOutcome, Composed};
use crate::deploy::Sent;
use crate::machine::fs::Remains;
use crate::privacy::{PrivacyListing, Scan};
use crate::publish::Cleaned;
use crate::tasks::{Built, Checked};
use crate::verify::Verified;

/// The result of `build`.
pub(in crate::commands) fn built(built: &Built, output: &Path) -> Value {
    json!({
        "output": output.to_string_lossy(),
        "galleries": built.galleries,
        "photos": built.photos,
        "videos": built.videos,
        "renditions_made": built.made,
        "renditions_reused": built.reused,
        "bytes_read": built.bytes_read,
        "bytes_published": built.published.bytes,
        "files": built.published.files,
        "files_written": built.published.written,
        "files_removed": built.published.removed,
        "photos_not_shown": built.unshown.files.len(),
        "folders_not_shown": built.unshown.folders.len(),
    })
}

/// The result of `check`.
pub(in crate::commands) fn checked(checked: &Checked) -> Value {
    json!({
        "galleries": checked.galleries,
        "photos": checked.photos,
        "videos": checked.videos,
        "renditions_to_make": checked.missing,
    })
}

/// The result of `check --privacy`.
pub(in crate::commands) fn privacy(listing: &PrivacyListing) -> Value {
    let sums = |scan: &Scan| json!({ "files": scan.files, "files_with_personal_data": scan.telling.len() });
    json!({
        "sources": sums(&listing.sources),
        "output": listing.output.as_ref().map(sums),
        "shown_texts": listing.pages.len(),
    })
}

/// The result of `verify`.
pub(in crate::commands) fn verified(verified: &Verified) -> Value {
    json!({
        "stored": verified.stored,
        "published": verified.published,
        "originals": verified.originals,
        "originals_not_compared": verified.not_compared,
        "originals_changed": verified.changed.len(),
        "damaged": verified.findings.len(),
    })
}

/// The result of `deploy`.
pub(in crate::commands) fn deployed(sent: &Sent, dry: bool) -> Value {
    json!({
        "sent": sent.files.len(),
        "deleted": sent.deleted.len(),
        "foreign": sent.foreign,
        "stale": sent.stale,
        "dry_run": dry,
    })
}

/// The result of `clean`.
pub(in crate::commands) fn cleaned(output: Option<&Cleaned>, cache: Option<&Removed>, dry: bool) -> Value {
    let folder = |files: usize, remains: Remains| json!({ "files": files, "remains": name(remains, dry) });
    json!({
        "output": output.map(|cleaned| folder(cleaned.files.len(), cleaned.remains)),
        "cache": cache.map(|removed| folder(removed.files.len(), removed.remains)),
        "dry_run": dry,
    })
}

/// Returns what is left of a folder; `None` before anything was removed.
fn name(remains: Remains, dry: bool) -> Option<&'static str> {
    match remains {
        _ if dry => None,
        Remains::Nothing => Some("nothing"),
        Remains::Files => Some("files"),
        Remains::MountPoint => Some("mount_point"),
        Remains::Folder(_) => Some("empty_folder"),
    }
}

/// The result of `init`, `autogen` and `sync`.
pub(in crate::commands) fn composed(composed: &[Composed]) -> Value {
    let count =
        |wanted: fn(&ComposeOutcome) -> bool| composed.iter().filter(|composed| wanted(&composed.outcome)).count();
    let added = composed.iter().map(|composed| match composed.outcome {
        ComposeOutcome::Written { added, .. } | ComposeOutcome::Begun { added, .. } => added,
        ComposeOutcome::Index | ComposeOutcome::Moved { .. } | ComposeOutcome::Skipped(_) => Added::default(),
    });
    let (photos, videos) = added.fold((0, 0), |(photos, videos), added| (photos + added.photos, videos + added.videos));
    json!({
        "created": count(|outcome| matches!(outcome, ComposeOutcome::Begun { .. } | ComposeOutcome::Index)),
        "extended": count(|outcome| matches!(outcome, ComposeOutcome::Written { .. })),
        "unchanged": count(|outcome| matches!(outcome, ComposeOutcome::Skipped(_))),
        "photos": photos,
        "videos": videos,
    })
}
