//! Diagnostics for photos of which a part is missing.

use crate::diagnostic::{Code, Diagnostic, Report, Stop};
use crate::site::Photo;
use crate::source::Damaged;
use pixels::Damage;

/// Reports every damaged photo: as a warning, or as an error if the site's policy is [`Damaged::Error`]. `damage`: that of each photo.
///
/// # Errors
/// [`Stop::Site`] if a photo is damaged and the policy does not accept that.
pub fn report_damage(
    photos: &[Photo],
    damage: &[Option<Damage>],
    policy: Damaged,
    report: &mut Report,
) -> Result<(), Stop> {
    let mut any = false;
    for (photo, damage) in photos.iter().zip(damage) {
        let Some(damage) = damage else { continue };
        let what = match damage {
            Damage::Missing(percent) => format!("{percent} % of the picture is missing and appears grey"),
            Damage::Flawed => "parts of the picture may look wrong".to_owned(),
        };
        let message = format!("the photo is damaged: {what}");
        let diagnostic = Diagnostic::new(Code::PhotoDamaged, message);
        let diagnostic = diagnostic.in_file(photo.path.to_string());
        match policy {
            Damaged::Warn => report.push(diagnostic.help("replace the file with an intact copy")),
            Damaged::Error => {
                let help = "replace the file with an intact copy, or accept damage with `images: {damaged: warn}` below `settings`";
                report.push_dispensable(&photo.absolute, diagnostic.help(help));
            }
        }
        any = true;
    }
    if any && policy == Damaged::Error { Err(Stop::Site) } else { Ok(()) }
}
