//! Telling authors of photos that are only partly there.

use crate::diagnostic::{Diagnostic, Report, Stop};
use crate::site::Photo;
use crate::source::Damaged;
use pixels::Damage;

/// Reports every damaged photo, as an error if the site wants it so.
pub(super) fn tell(
    photos: &[Photo],
    damage: &[Option<Damage>],
    policy: Damaged,
    report: &mut Report,
) -> Result<(), Stop> {
    let mut any = false;
    for (photo, damage) in photos.iter().zip(damage) {
        let Some(damage) = damage else { continue };
        let what = match damage {
            Damage::Missing(percent) => format!("{percent} % of it is missing, and gray"),
            Damage::Flawed => "parts of it may look wrong".to_owned(),
        };
        let message = format!("the photo is damaged: {what}");
        let diagnostic = match policy {
            Damaged::Warn => Diagnostic::warning(message).help("replace the file with an intact copy"),
            Damaged::Error => Diagnostic::error(message)
                .help("replace the file with an intact copy, or allow it with `damaged: warn` below `settings.images`"),
        };
        report.push(diagnostic.in_file(photo.path.to_string()));
        any = true;
    }
    if any && policy == Damaged::Error { Err(Stop::Site) } else { Ok(()) }
}
