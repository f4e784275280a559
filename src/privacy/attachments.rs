//! Files that are published as they are and tell their place: their author should know.

use crate::diagnostic::{Diagnostic, Report};
use crate::site::Site;

/// Warns of each file that is published as it is and tells where it was made.
pub(super) fn warn_of_attachments(site: &Site, report: &mut Report) {
    for attachment in site.attachments.iter().filter(|attachment| attachment.tells_place) {
        let warning = Diagnostic::warning("the file tells where it was made, and is published as it is");
        let help = "take the place out of it first, for example with `exiftool -gps:all= -xmp:geotag= FILE`";
        report.push(warning.in_file(attachment.path.as_str()).help(help));
    }
}
