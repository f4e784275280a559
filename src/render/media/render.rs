//! Everything in turn: photos, transcodes, stills.

use super::rendered::Rendered;
use super::{damage, photos, stills, transcodes};
use crate::cache::Store;
use crate::diagnostic::{Report, Stop};
use crate::machine::Machine;
use crate::plan::Plan;
use crate::site::Site;

/// Makes what the plan needs and the store does not hold.
///
/// # Errors
/// [`Stop::Site`] if a photo cannot be rendered, or is damaged and the site does not allow damage: all others are rendered nevertheless,
/// and the report has every photo that failed, in the order of the site. [`Stop::Machine`] if the store cannot be written to.
pub fn render(
    site: &Site,
    plan: &Plan,
    store: &Store,
    machine: &Machine<'_>,
    report: &mut Report,
) -> Result<Rendered, Stop> {
    let (share, progress) = (machine.share(), machine.progress());
    // What is wrong with a photo does not keep videos from being made; what is wrong with the machine does.
    let photos =
        unless_broken(photos::render(&site.photos, plan, store, &share, &pixels::render_with, progress, report))?;
    let transcodes = unless_broken(transcodes::render(site, plan, store, share.jobs, progress, report))?;
    let stills = unless_broken(stills::render(site, plan, store, &share, progress, report))?;
    let (Some(mut rendered), Some(transcodes), Some(stills)) = (photos, transcodes, stills) else {
        return Err(Stop::Site);
    };
    damage::tell(&site.photos, &rendered.damage, site.images.damaged, report)?;
    rendered.placeholders.videos = stills::placeholders(plan, &stills.files)?;
    for outcome in [&transcodes, &stills] {
        rendered.made += outcome.made;
        rendered.reused += outcome.files.len() - outcome.made;
    }
    (rendered.transcodes, rendered.stills) = (transcodes.files, stills.files);
    Ok(rendered)
}

/// `None` where the site stopped it.
fn unless_broken<T>(result: Result<T, Stop>) -> Result<Option<T>, Stop> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Stop::Site) => Ok(None),
        Err(broken @ Stop::Machine(_)) => Err(broken),
    }
}
