//! Sounds that tell their place: those that are published as they are, so their author should know.
//!
//! Videos are always made anew, without anything that they told.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::site::Site;

/// What takes out all that a sound tells, and leaves it as it is.
const CLEANED: &str = "`ffmpeg -i sound.m4a -map 0:a -map_metadata -1 -c copy clean.m4a`";

/// Warns of each sound of the site that is published as it is and tells where it was recorded.
pub(super) fn warn_of_sounds(site: &Site, report: &mut Report) {
    for sound in site.sounds.iter().filter(|sound| sound.tells_place && sound.conversion.is_none()) {
        let warning =
            Diagnostic::new(Code::PrivacyLocation, "this sound contains a location and is published unchanged");
        let help = format!("remove the location first, for example with {CLEANED}");
        report.push(warning.in_file(sound.path.as_str()).help(help));
    }
}
