//! Files that are published as they are and tell their place: their author should know.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::site::Site;

/// Warns of each file that is published as it is and tells where it was made.
pub(super) fn warn_of_attachments(site: &Site, report: &mut Report) {
    for attachment in site.attachments.iter().filter(|attachment| attachment.tells_place) {
        let warning =
            Diagnostic::new(Code::PrivacyLocation, "this file contains a location and is published unchanged");
        let help = "remove the location first, for example with `exiftool -gps:all= -xmp:geotag= FILE`";
        report.push(warning.in_file(attachment.path.as_str()).help(help));
    }
}
