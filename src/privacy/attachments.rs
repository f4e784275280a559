//! Files that are published as they are and tell their place: their author should know.

use rayon::prelude::*;

use super::read;
use crate::diagnostic::{Diagnostic, Report};
use crate::image::Secret;
use crate::site::{Attachment, Site};

/// Warns of each file that is published as it is and tells where it was made. What cannot be read here is told when it is
/// published.
pub(super) fn warn_of_attachments(site: &Site, report: &mut Report) {
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
