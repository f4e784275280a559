//! Renders photos, transcodes and stills, one after the other.

use super::damage::report_damage;
use super::rendered::Rendered;
use super::{photos, stills, transcodes};
use crate::cache::Store;
use crate::diagnostic::{Report, Stop};
use crate::machine::Machine;
use crate::plan::Plan;
use crate::site::Site;

/// Renders all files of the plan that the store does not contain.
///
/// # Errors
/// [`Stop::Site`] if a file cannot be rendered, or a photo is damaged and the site does not allow damage. The other files are rendered
/// nevertheless, and the report contains every failure, photos first, in the order of the site. [`Stop::Machine`] if the store cannot be
/// written to.
pub fn render(
    site: &Site,
    plan: &Plan,
    store: &Store,
    machine: &Machine<'_>,
    report: &mut Report,
) -> Result<Rendered, Stop> {
    let (share, progress) = (machine.share(), machine.progress());
    // An error in a photo does not prevent the conversion of videos; a failure of the machine does.
    let photos =
        unless_broken(photos::render(&site.photos, plan, store, &share, &pixels::render_with, progress, report))?;
    let transcodes = unless_broken(transcodes::render(site, plan, store, share.jobs, progress, report))?;
    let stills = unless_broken(stills::render(site, plan, store, &share, progress, report))?;
    let (Some(mut rendered), Some(transcodes), Some(stills)) = (photos, transcodes, stills) else {
        return Err(Stop::Site);
    };
    report_damage(&site.photos, &rendered.damage, site.images.damaged, report)?;
    rendered.placeholders.videos = stills::placeholders(plan, &stills.files)?;
    for outcome in [&transcodes, &stills] {
        rendered.made += outcome.made;
        rendered.reused += outcome.files.len() - outcome.made;
    }
    (rendered.transcodes, rendered.stills) = (transcodes.files, stills.files);
    Ok(rendered)
}

/// Turns [`Stop::Site`] into `None`, and passes failures on.
fn unless_broken<T>(result: Result<T, Stop>) -> Result<Option<T>, Stop> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Stop::Site) => Ok(None),
        Err(broken @ Stop::Machine(_)) => Err(broken),
    }
}
