//! The metadata that is published with a photo.

use crate::diagnostic::{Code, Diagnostic, Report};
use crate::source::{BuildSettings, PictureOptions};
use pixels::Metadata;

/// Returns the metadata that a picture keeps. `strip` is récitale's key for nothing or everything. The picture's own
/// `strip` comes first, then `settings.images.metadata`, then `strip` of `gm`. `strip: false` never removes metadata
/// that the site keeps for all photos.
pub(in crate::site) fn policy(gm: &PictureOptions, site: Option<Metadata>, own: &PictureOptions) -> Metadata {
    match (own.strip.map(|strip| strip.value), site, gm.strip.map(|strip| strip.value)) {
        (Some(true), _, _) | (None, None, Some(true)) => Metadata::None,
        (Some(false), site, _) => site.map_or(Metadata::AllButLocation, |site| site.max(Metadata::AllButLocation)),
        (None, Some(site), _) => site,
        (None, None, Some(false)) => Metadata::AllButLocation,
        (None, None, None) => Metadata::default(),
    }
}

/// Warns about site settings that publish private metadata or have no effect.
pub(in crate::site) fn warn(settings: &BuildSettings, report: &mut Report) {
    let Some(metadata) = settings.images.metadata else { return };
    if metadata.value == Metadata::All {
        let warning = Diagnostic::new(
            Code::PrivacyMetadata,
            "`metadata: all` publishes locations, serial numbers, names and all other metadata",
        );
        report.push(
            warning.at(metadata.span).help("`cimaise check --privacy` lists published metadata; `all-but-location` removes locations, serial numbers and names"),
        );
    }
    if let Some(strip) = settings.gm.strip
        && strip.value != (metadata.value <= Metadata::Credit)
    {
        let warning =
            Diagnostic::new(Code::SettingsNoEffect, "`strip` has no effect: `settings.images.metadata` overrides it");
        report.push(warning.at(strip.span).help("remove `strip`"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::testing::spanned;

    #[test]
    fn one_picture_says_what_stays_before_the_site_does_and_that_before_gm() {
        use Metadata::{All, AllButLocation, Credit, None as Nothing};
        let options = |strip: Option<bool>| PictureOptions { strip: strip.map(spanned), ..PictureOptions::default() };
        for (gm, site, own, stays) in [
            (None, None, None, Credit),
            (Some(true), None, None, Nothing),
            (Some(false), None, None, AllButLocation),
            (Some(false), Some(Credit), None, Credit),
            (Some(true), Some(All), None, All),
            (Some(false), Some(All), Some(true), Nothing),
            (None, Some(Credit), Some(false), AllButLocation),
            (None, Some(All), Some(false), All),
            (Some(true), None, Some(false), AllButLocation),
        ] {
            assert_eq!(policy(&options(gm), site, &options(own)), stays, "{gm:?}, {site:?}, {own:?}");
        }
    }
}
