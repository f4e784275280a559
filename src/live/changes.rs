//! What happens between two runs of the stages.
//!
//! In: messages to the main loop. Out: all of them together, and the time after which no more are to be expected: programs save a file in
//! several steps. Pure.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::state::LoopEvent;
use crate::cache::Key;
use crate::diagnostic::Diagnostic;
use crate::site::WhollyRead;
use crate::source::SitePath;
use pixels::Damage;

/// Time without events after which an editor has finished saving.
const SAVED: Duration = Duration::from_millis(12);

/// Time without events after which a picture or video has been copied. Copying takes longer than saving a text.
const COPIED: Duration = Duration::from_millis(250);

/// Extensions of texts.
const TEXTS: [&str; 9] = ["yaml", "yml", "css", "js", "html", "xml", "txt", "md", "j2"];

/// Everything that happened between two runs.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Files that changed; empty if any file may have.
    pub(super) changed: Option<Vec<PathBuf>>,
    /// Files whose digests a page waits for.
    pub(super) needed: Vec<SitePath>,
    /// Files that hold other bytes than the ledger says.
    pub(super) doubted: Vec<PathBuf>,
    /// Files that cannot be rendered; photos with their real paths.
    pub(super) broken: Vec<(Option<PathBuf>, Diagnostic)>,
    /// Files that have been read as a whole.
    pub(super) read: Vec<WhollyRead>,
    /// Damage that was found while rendering, by the keys of surveys.
    pub(super) damaged: Vec<(Key, Damage)>,
}

impl Changes {
    pub(super) fn add(&mut self, event: LoopEvent) {
        match event {
            LoopEvent::Changed(paths) => self.changed.get_or_insert_default().extend(paths),
            LoopEvent::Needed(files) => self.needed.extend(files),
            LoopEvent::Doubted(path) => self.doubted.push(path),
            LoopEvent::Broken(photo, diagnostic) => self.broken.push((photo, *diagnostic)),
            LoopEvent::Read(file) => self.read.push(*file),
            LoopEvent::Damaged(survey, damage) => self.damaged.push((survey, damage)),
            LoopEvent::Rendered => {}
        }
    }

    /// Time without events after which the changes are complete.
    pub(super) fn quiet(&self) -> Duration {
        match &self.changed {
            None => Duration::ZERO,
            Some(paths) if paths.iter().all(|path| is_text(path)) => SAVED,
            Some(_) => COPIED,
        }
    }
}

/// Whether the name is that of a text. A name without an extension may be a folder, which appears in one step.
fn is_text(path: &Path) -> bool {
    path.extension().and_then(|extension| extension.to_str()).is_none_or(|extension| TEXTS.contains(&extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copying_a_picture_takes_longer_than_saving_a_text() {
        let quiet = |paths: &[&str]| {
            let mut changes = Changes::default();
            changes.add(LoopEvent::Changed(paths.iter().map(PathBuf::from).collect()));
            changes.quiet()
        };
        assert_eq!([quiet(&[]), quiet(&["a/settings.yaml", "a"])], [SAVED; 2]);
        assert_eq!(quiet(&["a/settings.yaml", "a/1.jpg"]), COPIED);
        assert_eq!(Changes::default().quiet(), Duration::ZERO);
    }
}
