//! Attachments that contain a location: they are published unchanged, so their author should know.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::site::Site;

/// Warns about each attachment that contains a location.
pub(super) fn warn_of_attachments(site: &Site, report: &mut Report) {
    for attachment in site.attachments.iter().filter(|attachment| attachment.tells_place) {
        let warning =
            Diagnostic::new(Code::PrivacyLocation, "this file contains a location and is published unchanged");
        let help = "remove the location first, for example with `exiftool -gps:all= -xmp:geotag= FILE`";
        report.push(warning.in_file(attachment.path.as_str()).help(help));
    }
}
