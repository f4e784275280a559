//! Renders single files on request, for the live preview.
//!
//! In: a planned file. Out: the file in the store. The caller's thread does the work, within the memory of the machine. Must not know
//! who asks, and in which order.

use std::collections::BTreeSet;

use super::rendered::Placeholders;
pub use super::work::Trouble;
use super::{photos, stills, transcodes};
use crate::cache::{Key, Store};
use crate::machine::Share;
use crate::machine::gate::Gate;
use crate::plan::{Plan, PlannedFrame, Rendition, Transcode};
use crate::site::{PhotoId, Site, VideoId};
use pixels::Damage;

/// Renders files of a site, each when it is needed.
#[derive(Debug)]
pub struct Maker {
    share: Share,
    gate: Gate,
}

impl Maker {
    /// Creates a maker that uses at most this share of the machine, however many threads call it.
    #[must_use]
    pub fn new(share: Share) -> Self {
        Self { share, gate: Gate::new(share.memory) }
    }

    /// Renders these renditions of one photo, from one decoding.
    ///
    /// # Errors
    /// If the photo cannot be read or rendered, or if the store cannot be written to.
    pub fn photo(&self, site: &Site, renditions: Vec<&Rendition>, store: &Store) -> Result<(), Trouble> {
        photos::make_some(&site.photos, renditions, store, &self.share, &self.gate)
    }

    /// Converts a video or a sound.
    ///
    /// # Errors
    /// If ffmpeg cannot convert the file, or if the store cannot be written to.
    pub fn transcode(&self, site: &Site, transcode: &Transcode, store: &Store) -> Result<(), Trouble> {
        transcodes::make_one(site, transcode, store, self.share.jobs)
    }

    /// Renders all missing stills of one video.
    ///
    /// # Errors
    /// If no frame can be extracted, or if the store cannot be written to.
    pub fn stills(&self, site: &Site, plan: &Plan, video: VideoId, store: &Store) -> Result<(), Trouble> {
        stills::make_some(site, plan, video, store, &self.gate)
    }
}

/// Returns the damage that decoding found in a photo, by the key of its survey; `None` if the store has no survey of it.
#[must_use]
pub fn damage(survey: Key, store: &Store) -> Option<Option<Damage>> {
    Some(photos::survey(&store.get(survey)?).ok()?.damage)
}

/// Returns the placeholders of these photos and videos that the store holds already.
#[must_use]
pub fn placeholders(
    plan: &Plan,
    store: &Store,
    photos: &BTreeSet<PhotoId>,
    videos: &BTreeSet<VideoId>,
) -> Placeholders {
    let of = |key| Some(photos::survey(&store.get(key)?).ok()?.placeholder);
    let survey = |photo: &PhotoId| Some((*photo, of(plan.rendition(*plan.surveys.get(photo.index())?).key)?));
    let frames = plan.frames.iter().filter(|frame| videos.contains(&frame.video));
    let frame = |frame: &PlannedFrame| Some((frame.video, of(plan.still(frame.survey).key)?));
    Placeholders { photos: photos.iter().filter_map(survey).collect(), videos: frames.filter_map(frame).collect() }
}
