//! Bringing the bytes of every rendition into the store.
//!
//! In: a [`Plan`] and the store. Out: [`Rendered`], after which every key of the plan is in the store. How much is
//! decoded at once follows from the plan's known sizes and a memory budget; the work itself is done by rayon's threads, so that those
//! who have no photo of their own help with the renditions of others. A photo that cannot be rendered is one
//! error; what could be rendered is kept. Must not know what a page looks like.

mod budget;
mod damage;
mod explain;
mod guard;
mod lanes;
mod photos;

pub use crate::cache::StoredFile;
pub use budget::{default_jobs, default_memory, parse_memory};
pub use explain::{Explanations, explain};

use rayon::prelude::*;

use crate::cache::Store;
use crate::diagnostic::{Report, Stop};
use crate::image::{self, Damage, Hands, Header, Placeholder, Recipe};
use crate::plan::Plan;
use crate::progress::Progress;
use crate::site::Site;

/// What is certain once all media are rendered.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// For each rendition of the plan: where its bytes are.
    pub files: Vec<StoredFile>,
    /// For each photo of the site.
    pub placeholders: Vec<Placeholder>,
    /// For each photo of the site: what of it could not be read.
    pub damage: Vec<Option<Damage>>,
    /// How many renditions were made in this run.
    pub made: usize,
    /// How many were there already.
    pub reused: usize,
    /// Bytes of the sources that were decoded in this run.
    pub bytes_read: u64,
}

/// How much may be done at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Number of threads.
    pub jobs: usize,
    /// Bytes of memory that the photos in work may take together.
    pub memory: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { jobs: default_jobs(), memory: default_memory() }
    }
}

/// Rayon's threads.
struct Threads;

impl Hands for Threads {
    fn count(&self) -> usize {
        rayon::current_num_threads()
    }

    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        (0..count).into_par_iter().with_max_len(1).for_each(|number| guard::quietly(|| work(number)));
    }
}

/// Makes what the store does not hold of the plan.
///
/// # Errors
/// [`Stop::Site`] if a photo cannot be rendered, or is damaged and the site does not allow that: all others are rendered nevertheless, and every one that cannot is in the
/// report, in the order of the site. [`Stop::Machine`] if the store cannot be written to.
pub fn render(
    site: &Site,
    plan: &Plan,
    store: &Store,
    options: &Options,
    progress: &dyn Progress,
    report: &mut Report,
) -> Result<Rendered, Stop> {
    let pixels =
        |bytes: &[u8], header: &Header, recipes: &[Recipe]| image::render_with(bytes, header, recipes, &Threads);
    let rendered = photos::render(&site.photos, plan, store, options, &pixels, progress, report)?;
    damage::tell(&site.photos, &rendered.damage, site.images.damaged, report)?;
    Ok(rendered)
}
