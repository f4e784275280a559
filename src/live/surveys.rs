//! Damage in photos, which shows when they are decoded.
//!
//! In: surveys of the store. Out: the diagnostics that a build reports for the same photos. A survey is looked at once: it belongs to the
//! bytes of a photo.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use crate::cache::{Key, Store};
use crate::diagnostic::Report;
use crate::plan::Plan;
use crate::render::media;
use crate::site::Site;
use pixels::Damage;

/// Longest time for which the main loop may be busy with work that can wait.
const UNNOTICED: Duration = Duration::from_millis(60);

/// The surveys that have been looked at.
#[derive(Debug, Default)]
pub(super) struct Surveys {
    seen: HashSet<Key>,
    damaged: BTreeMap<Key, Damage>,
}

/// The result of looking at surveys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Looked {
    /// Whether all surveys that the store holds have been looked at.
    pub(super) is_complete: bool,
    /// Whether a photo turned out to be damaged.
    pub(super) is_news: bool,
}

impl Surveys {
    /// Records damage. Returns whether it was unknown.
    pub(super) fn add(&mut self, survey: Key, damage: Damage) -> bool {
        self.seen.insert(survey);
        self.damaged.insert(survey, damage).is_none()
    }

    /// Looks at surveys that the store holds, for about the time that a person does not notice. Surveys that the store lacks are looked at
    /// when they are rendered.
    pub(super) fn look(&mut self, plan: &Plan, store: &Store) -> Looked {
        let (begun, known) = (Instant::now(), self.damaged.len());
        let mut is_complete = true;
        for survey in surveys(plan) {
            if self.seen.contains(&survey) {
                continue;
            }
            is_complete = begun.elapsed() < UNNOTICED;
            if !is_complete {
                break;
            }
            let Some(damage) = media::damage(survey, store) else { continue };
            self.seen.insert(survey);
            self.damaged.extend(damage.map(|damage| (survey, damage)));
        }
        Looked { is_complete, is_news: self.damaged.len() > known }
    }

    /// Reports the photos of a site that are known to be damaged, as a build does.
    pub(super) fn report(&self, site: &Site, plan: &Plan, report: &mut Report) {
        if self.damaged.is_empty() {
            return;
        }
        let damage: Vec<Option<Damage>> = surveys(plan).map(|survey| self.damaged.get(&survey).copied()).collect();
        // The report says it all: pages are shown nevertheless.
        let _ = media::report_damage(&site.photos, &damage, site.images.damaged, report);
    }
}

/// Returns the key of each photo's survey.
fn surveys(plan: &Plan) -> impl Iterator<Item = Key> {
    plan.surveys.iter().map(|survey| plan.rendition(*survey).key)
}
