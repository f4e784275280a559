//! Events about single files and galleries, which precede the summary.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::event::emit;
use crate::compose::{Added, ComposeOutcome, Composed};
use crate::deploy::Sent;
use crate::privacy::{LeakyFile, ShownText};
use crate::site::Unshown;
use crate::tasks::Explanation;
use pixels::Leak;

/// Emits `rendition` for each published file made from a photo, video or sound.
pub(in crate::commands) fn explanations(explanations: &[Explanation]) {
    for Explanation { path, reason } in explanations {
        emit("rendition", json!({ "path": path, "reused": reason.is_none(), "reason": reason }));
    }
}

/// Emits `gallery` for each folder that `init`, `autogen` or `sync` looked at.
pub(in crate::commands) fn galleries(composed: &[Composed]) {
    for Composed { folder, outcome, twins } in composed {
        let twins: Vec<_> =
            twins.iter().map(|twin| json!({ "path": twin.left_out.as_str(), "of": twin.of.as_str() })).collect();
        let none = Added::default();
        let (outcome, added, renamed, moved, reason) = match outcome {
            ComposeOutcome::Written { added, renamed, moved } => ("extended", *added, *renamed, *moved, None),
            ComposeOutcome::Begun { added, moved } => ("created", *added, 0, *moved, None),
            ComposeOutcome::Index => ("index", none, 0, 0, None),
            ComposeOutcome::Moved { photos, .. } => ("reduced", none, 0, *photos, None),
            ComposeOutcome::Skipped(why) => ("unchanged", none, 0, 0, Some(*why)),
        };
        emit(
            "gallery",
            json!({
                "folder": folder.as_str(), "outcome": outcome, "photos": added.photos, "videos": added.videos,
                "renamed": renamed, "moved": moved, "reason": reason, "twins": twins,
            }),
        );
    }
}

/// Emits `unshown` for each photo, and for each folder of photos, that no page shows.
pub(in crate::commands) fn unshown(missed: &Unshown) {
    for path in &missed.files {
        emit("unshown", json!({ "path": path, "photos": 1 }));
    }
    for (folder, photos) in &missed.folders {
        emit("unshown", json!({ "path": format!("{folder}/"), "photos": photos }));
    }
}

/// Emits `transfer` for each file that `deploy` sends or deletes.
pub(in crate::commands) fn transfers(sent: &Sent) {
    for (action, paths) in [("send", &sent.files), ("delete", &sent.deleted)] {
        for path in paths {
            emit("transfer", json!({ "action": action, "path": path }));
        }
    }
}

/// Emits `removal` for each file that `clean` would remove.
pub(in crate::commands) fn removals<'a>(files: impl Iterator<Item = &'a PathBuf>) {
    for path in files {
        emit("removal", json!({ "path": path.to_string_lossy() }));
    }
}

/// Emits `personal_data` for each file; `file` makes the path from the one in the listing.
pub(in crate::commands) fn leaks(
    place: &str,
    leaky: &[LeakyFile],
    file: impl Fn(&str) -> String,
    what: fn(&Leak) -> &'static str,
) {
    for LeakyFile { path, leaks } in leaky {
        let leak = |leak: &Leak| json!({ "what": what(leak), "value": leak.value, "where": leak.carrier });
        let found: Vec<Value> = leaks.iter().map(leak).collect();
        emit("personal_data", json!({ "in": place, "file": file(path), "found": found }));
    }
}

/// Emits `shown_text` for each text from a photo file that a page shows; `place` names its place on the page.
pub(in crate::commands) fn texts(shown: &[ShownText], place: impl Fn(&ShownText) -> String) {
    for text in shown {
        let ShownText { page, photo, text: words, .. } = text;
        emit("shown_text", json!({ "page": page, "place": place(text), "photo": photo, "text": words }));
    }
}
