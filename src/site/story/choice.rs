//! Which photos enter a story, by stars and keywords.
//!
//! In: candidates. Out: those that were chosen. Reads the sidecar files of photo programs; must not write any.

use crate::machine::fs;
use crate::site::story::candidate::Candidate;
use crate::source::{SitePath, Source};
use pixels::Marks;

/// Maximum length of a sidecar file in bytes.
const LONGEST: u64 = 4 << 20;

/// The photos that may enter a story.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Least number of stars.
    pub min_rating: Option<i8>,
    /// Keywords, one of which a photo must have; empty for all photos.
    pub keywords: Vec<String>,
}

impl Choice {
    /// Returns whether a photo or video may enter. Those that their photographer rejected never do.
    #[must_use]
    pub fn admits(&self, candidate: &Candidate) -> bool {
        let Marks { rating, keywords } = &candidate.marks;
        let rated = self.min_rating.is_none_or(|least| rating.unwrap_or(0) >= least);
        let has = |wanted: &String| keywords.iter().any(|keyword| keyword.to_lowercase() == wanted.to_lowercase());
        *rating != Some(-1) && rated && (self.keywords.is_empty() || self.keywords.iter().any(has))
    }
}

/// Reads the marks in the file beside a photo: `a.jpg.xmp` (darktable, digiKam) or `a.xmp` (Lightroom, Bridge); none if there is no such
/// file, or no readable one.
pub(super) fn sidecar(source: &Source, photo: &SitePath) -> Marks {
    let folder = photo.parent().unwrap_or_default();
    let names =
        [photo.name(), photo.stem()].into_iter().flat_map(|name| [format!("{name}.xmp"), format!("{name}.XMP")]);
    let mut files = names.filter_map(|name| source.files.get(&folder.child(&name)));
    let marks = files.find_map(|file| Marks::of_sidecar(&fs::read_limited(&file.absolute, LONGEST).ok()??).ok());
    marks.unwrap_or_default()
}
