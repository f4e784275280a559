//! Photos that a run leaves out because they cannot be read (`settings.images.unreadable: skip`, `--keep-going`).
//!
//! In: the policy, and the photos that could not be rendered. Out: the files that the site shows, without these photos,
//! and the diagnostics about them as warnings. What is left out is known for one run only: the next run tries again.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::site::model::Photo;
use crate::site::read::ReadFiles;
use crate::source::{Source, Unreadable};

/// Photos that a run leaves out.
#[derive(Debug, Clone, Default)]
pub struct LeftOut {
    /// Whether unreadable photos are left out at all.
    is_allowed: bool,
    /// Photos that could not be rendered, by their path on disk, with the reason.
    photos: BTreeMap<PathBuf, Diagnostic>,
}

impl LeftOut {
    /// Returns the policy of a site; `keep_going` overrides its settings. A site without settings has none in which its author could
    /// leave a photo out, so it shows all others.
    #[must_use]
    pub fn of(source: &Source, keep_going: bool) -> Self {
        let written = source.settings.settings.images.unreadable.map(|unreadable| unreadable.value);
        Self { is_allowed: keep_going || source.made_up || written == Some(Unreadable::Skip), photos: BTreeMap::new() }
    }

    /// Adds photos that could not be rendered. Returns whether the site has to be resolved again without one of them.
    pub fn add(&mut self, photos: &BTreeMap<PathBuf, Diagnostic>) -> bool {
        let before = self.photos.len();
        if self.is_allowed {
            self.photos.extend(photos.iter().map(|(path, why)| (path.clone(), why.clone())));
        }
        self.photos.len() > before
    }

    /// Returns whether unreadable photos are left out.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.is_allowed
    }

    /// Removes the photos from the files of the site.
    pub(super) fn remove_from(&self, files: &mut ReadFiles) {
        let photos = std::mem::take(&mut files.photos);
        let found: Vec<Diagnostic> = photos.list.iter().filter_map(|photo| self.reason(photo)).collect();
        files.photos = photos.without(|photo| self.photos.contains_key(&photo.absolute));
        files.photo_problems.extend(found);
    }

    fn reason(&self, photo: &Photo) -> Option<Diagnostic> {
        self.photos.get(&photo.absolute).map(|why| why.clone().in_file(photo.path.as_str()))
    }

    /// Reports the photos that could not be read: as errors, or as warnings if they are left out.
    pub(super) fn report(&self, problems: &[Diagnostic], report: &mut Report) {
        for problem in problems {
            report.push(match self.is_allowed {
                true => left_out(problem.clone()),
                false => problem.clone(),
            });
        }
    }
}

fn left_out(problem: Diagnostic) -> Diagnostic {
    let message = format!("leaving out this photo: {}", problem.message);
    Diagnostic { code: Code::PhotoLeftOut, message, ..problem }.as_warning()
}
