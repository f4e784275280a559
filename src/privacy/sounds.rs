//! Sounds that tell their place: those that are published as they are, so their author should know.
//!
//! Videos are always made anew, without anything that they told.

use rayon::prelude::*;

use super::read;
use crate::diagnostic::{Diagnostic, Report};
use crate::image::Secret;
use crate::site::{Site, Sound};

/// What takes out all that a sound tells, and leaves it as it is.
const CLEANED: &str = "`ffmpeg -i sound.m4a -map 0:a -map_metadata -1 -c copy clean.m4a`";

/// Warns of each sound of the site that is published as it is and tells where it was recorded. Only what stands beside the sound
/// itself is read; a file that cannot be read is nobody's secret.
pub(super) fn warn_of_sounds(site: &Site, report: &mut Report) {
    let tells_place = |sound: &&Sound| {
        let leaks = read::leaks_of_film(&sound.absolute).unwrap_or_default();
        sound.conversion.is_none() && leaks.iter().any(|leak| leak.secret == Secret::Location)
    };
    let telling: Vec<_> = site.sounds.par_iter().filter(tells_place).collect();
    for sound in telling {
        let warning = Diagnostic::warning("the sound tells where it was recorded, and is published as it is");
        let help = format!("take the place out of it first, for example with {CLEANED}");
        report.push(warning.in_file(sound.path.as_str()).help(help));
    }
}
