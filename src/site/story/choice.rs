//! Which photos enter a story, by stars and keywords.
//!
//! In: candidates. Out: those that were chosen. Pure.

use crate::site::story::candidate::{Candidate, PhotoMarks};

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
        let PhotoMarks { rating, keywords } = &candidate.marks;
        let rated = self.min_rating.is_none_or(|least| rating.unwrap_or(0) >= least);
        let has = |wanted: &String| keywords.iter().any(|keyword| keyword.to_lowercase() == wanted.to_lowercase());
        *rating != Some(-1) && rated && (self.keywords.is_empty() || self.keywords.iter().any(has))
    }
}
