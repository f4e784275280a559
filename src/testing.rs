//! Internal items for the project's own tests and fuzz targets. They may change at any time.

pub use crate::cache::Cache;
pub use crate::machine::container::IMAGE_WITH_PROGRAMS;
pub use crate::machine::fault::{Fault, FaultKind, watch};
pub use crate::overrides::check_text as check_template;
pub use crate::serve::{Bytes, Event, Events, Resource, Served, Server, Subscription, TimeLimits, UrlPath};
pub use crate::source::{SettingsKind, check_text as check_settings};
pub use crate::tasks::read_source;

use crate::compose::Composer;
use crate::diagnostic::{Report, Stop};
use crate::machine::Machine;
use crate::site::Choice;
use crate::tasks::Options;

/// Adds the new photos of a gallery at the top of the site, as `cimaise sync -d FOLDER` does.
///
/// # Errors
/// As `compose::sync`.
pub fn sync(options: &Options, folder: &str, machine: &Machine<'_>, report: &mut Report) -> Result<(), Stop> {
    let source = read_source(options, report)?;
    let folder = source.galleries.iter().find(|gallery| gallery.path.as_str() == folder).ok_or(Stop::Site)?;
    let mut composer = Composer::new(&source, &options.cache, Choice::default(), machine);
    let moves = composer.moves_into_galleries(&[folder]);
    crate::compose::sync(&mut composer, folder, false, &moves, report).map(drop)
}
