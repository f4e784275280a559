//! Diagnostics for photos of which a part is missing.

use crate::diagnostic::{Code, Diagnostic, Report, Stop};
use crate::site::Photo;
use crate::source::Damaged;
use pixels::Damage;

/// A photo of which more than this many hundredths are missing is unreadable, unless the site accepts all damage.
const MOST_MISSING: u8 = 50;

/// Reports every damaged photo: as a warning, or as an error if the site's policy does not accept the damage. `damage`: that of each photo.
///
/// # Errors
/// [`Stop::Site`] if a photo is damaged and the policy does not accept that.
pub fn report_damage(
    photos: &[Photo],
    damage: &[Option<Damage>],
    policy: Damaged,
    report: &mut Report,
) -> Result<(), Stop> {
    let mut refused = false;
    for (photo, damage) in photos.iter().zip(damage) {
        let Some(damage) = damage else { continue };
        let what = match damage {
            Damage::Missing(percent) => format!("{percent} % of the picture is missing and appears grey"),
            Damage::Flawed => "parts of the picture may look wrong".to_owned(),
        };
        let message = format!("the photo is damaged: {what}");
        let diagnostic = Diagnostic::new(Code::PhotoDamaged, message);
        let diagnostic = diagnostic.in_file(photo.path.to_string());
        if is_accepted(*damage, policy) {
            report.push(diagnostic.help("replace the file with an intact copy"));
        } else {
            let help = "replace the file with an intact copy, or accept damage with `images: {damaged: warn}` below `settings`";
            report.push_dispensable(&photo.absolute, diagnostic.help(help));
            refused = true;
        }
    }
    if refused { Err(Stop::Site) } else { Ok(()) }
}

/// Whether a photo with this damage is shown.
fn is_accepted(damage: Damage, policy: Damaged) -> bool {
    match policy {
        Damaged::Auto => !matches!(damage, Damage::Missing(percent) if percent > MOST_MISSING),
        Damaged::Warn => true,
        Damaged::Error => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_picture_is_enough_unless_the_site_says_otherwise() {
        for (damage, expected) in [
            (Damage::Flawed, [true, true, false]),
            (Damage::Missing(1), [true, true, false]),
            (Damage::Missing(50), [true, true, false]),
            (Damage::Missing(51), [false, true, false]),
            (Damage::Missing(99), [false, true, false]),
        ] {
            let found = [Damaged::Auto, Damaged::Warn, Damaged::Error].map(|policy| is_accepted(damage, policy));
            assert_eq!(found, expected, "{damage:?}");
        }
    }
}
