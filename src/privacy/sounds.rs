//! Sounds that contain a location and are published unchanged: their author should know.
//!
//! Videos are always converted, without their metadata.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::site::Site;

/// Command that removes all metadata from a sound, without converting it.
const CLEANED: &str = "`ffmpeg -i sound.m4a -map 0:a -map_metadata -1 -c copy clean.m4a`";

/// Warns about each sound of the site that is published unchanged and contains a location.
pub(super) fn warn_of_sounds(site: &Site, report: &mut Report) {
    for sound in site.sounds.iter().filter(|sound| sound.tells_place && sound.conversion.is_none()) {
        let warning =
            Diagnostic::new(Code::PrivacyLocation, "this sound contains a location and is published unchanged");
        let help = format!("remove the location first, for example with {CLEANED}");
        report.push(warning.in_file(sound.path.as_str()).help(help));
    }
}
