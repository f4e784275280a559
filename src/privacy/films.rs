//! Films, and files that are published as they are, that tell their place: their author should know.

use rayon::prelude::*;

use super::read;
use crate::diagnostic::{Diagnostic, Report};
use crate::image::Secret;
use crate::site::{Attachment, Site};

/// What takes out all that a film tells, and leaves its pictures and sounds as they are.
const CLEANED: &str = "`ffmpeg -i film.mp4 -map 0:v -map '0:a?' -map_metadata -1 -c copy clean.mp4`";

/// Warns of each video of the site that tells where it was filmed. Of a film, only what stands beside the pictures is read;
/// one that cannot be read is nobody's secret.
pub fn warn_of_films(site: &Site, report: &mut Report) {
    let tell_place = |clip: &&crate::site::Clip| {
        let leaks = read::leaks_of_film(&clip.absolute).unwrap_or_default();
        leaks.iter().any(|leak| leak.secret == Secret::Location)
    };
    let telling: Vec<_> = site.clips.par_iter().filter(tell_place).collect();
    for clip in telling {
        let warning = Diagnostic::warning("the video tells where it was filmed, and is published as it is");
        let help = format!("take the place out of it first, for example with {CLEANED}");
        report.push(warning.in_file(clip.path.as_str()).help(help));
    }
}

/// Warns of each file that is published as it is and tells where it was made. What cannot be read here is told when it is
/// published.
pub fn warn_of_attachments(site: &Site, report: &mut Report) {
    let tells_place = |attachment: &&Attachment| {
        let leaks = read::leaks(&attachment.absolute).unwrap_or_default();
        leaks.iter().any(|leak| leak.secret == Secret::Location)
    };
    let telling: Vec<_> = site.attachments.par_iter().filter(tells_place).collect();
    for attachment in telling {
        let warning = Diagnostic::warning("the file tells where it was made, and is published as it is");
        let help = "take the place out of it first, for example with `exiftool -gps:all= -xmp:geotag= FILE`";
        report.push(warning.in_file(attachment.path.as_str()).help(help));
    }
}
