//! The root settings that apply to the site as a whole.

use crate::dates::DateLocale;
use crate::diagnostic::{Diagnostic, Report};
use crate::site::model::{ImagePolicy, Sharing};
use crate::site::policy::sharing::sharing;
use crate::site::policy::{defaults, language, licence, metadata};
use crate::site::text::Fragment;
use crate::source::{self, RootSettings, Source, Spanned};
use pixels::Metadata;

/// Settings of the whole site, checked, with defaults filled in.
pub(super) struct SiteSettings<'a> {
    pub(super) root: &'a RootSettings,
    pub(super) language: String,
    /// Locale of all dates, if the author chose one.
    pub(super) dates: Option<DateLocale>,
    pub(super) url: Option<String>,
    pub(super) sharing: Sharing,
    pub(super) images: ImagePolicy,
}

impl<'a> SiteSettings<'a> {
    pub(super) fn of(source: &'a Source, report: &mut Report) -> Self {
        let root = &source.settings;
        let language = accepted(root.lang.as_ref().map(language::language), report);
        let dates = accepted(root.settings.date_locale.as_ref().map(defaults::date_locale), report);
        let url = accepted(root.url.as_ref().map(defaults::url), report);
        metadata::warn(&root.settings, report);
        licence::note(source, report);
        let sharing = sharing(root, url.is_some(), report);
        let language = language.unwrap_or_else(|| defaults::LANGUAGE.to_owned());
        Self { root, language, dates, url, sharing, images: defaults::images(&root.settings.images) }
    }

    /// Returns the locale for dates on pages in `language`.
    pub(super) fn dates_in(&self, language: &str) -> DateLocale {
        defaults::dates(self.dates.as_ref(), language)
    }

    /// Returns the metadata that pictures without options of their own keep.
    pub(super) fn metadata(&self) -> Metadata {
        let site = self.root.settings.images.metadata.map(|metadata| metadata.value);
        defaults::picture_options(&self.root.settings.gm, site, &source::PictureOptions::default()).metadata
    }
}

/// Returns the value, or reports the problem and returns `None`.
pub(super) fn accepted<T>(given: Option<Result<T, Diagnostic>>, report: &mut Report) -> Option<T> {
    given?.map_err(|problem| report.push(problem)).ok()
}

pub(super) fn fragment(text: Option<&Spanned<String>>) -> Fragment {
    text.map_or_else(Fragment::default, |text| Fragment::new(text.value.clone()))
}
