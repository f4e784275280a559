//! What has to be made of a decoded picture, and what such jobs have in common.

use jpeg::{Orientation, Placing, Size};

use super::placeholder;
use crate::base::error::Error;
use crate::base::header::Header;
use crate::base::recipe::{Background, Colors, Encode, Encoding, MAX_HALVINGS, Metadata};

/// What has to be made of the decoded picture.
pub(super) enum Job<'a> {
    Encode(&'a Encode),
    Survey { turn: Orientation, colors: Colors, background: Background },
}

impl Job<'_> {
    /// How often the picture is halved before.
    pub(super) fn level(&self, header: &Header) -> u8 {
        match self {
            Self::Encode(recipe) => recipe.halvings,
            Self::Survey { .. } => placeholder::level(header.stored),
        }
    }

    pub(super) fn grid(&self) -> Option<Grid> {
        match self {
            Self::Encode(recipe) => Some(Grid::of(recipe)),
            Self::Survey { .. } => None,
        }
    }

    /// Whether no more than a sample of chroma is needed for 2×2 of luma.
    pub(super) fn half_chroma(&self) -> bool {
        self.grid().is_none_or(|grid| grid.jpeg)
    }

    pub(super) fn colors(&self) -> Colors {
        match self {
            Self::Encode(recipe) => recipe.colors,
            Self::Survey { colors, .. } => *colors,
        }
    }

    pub(super) fn metadata(&self) -> Metadata {
        match self {
            Self::Encode(recipe) => recipe.metadata,
            Self::Survey { .. } => Metadata::None,
        }
    }
}

/// Recipes with the same grid share everything up to the encoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Grid {
    /// As seen.
    pub(super) size: Size,
    /// How the stored pixels are turned.
    pub(super) turn: Orientation,
    /// Whether chroma has half the size.
    pub(super) jpeg: bool,
}

impl Grid {
    /// Where its samples lie on a picture as stored.
    pub(super) fn placing(self, source: Size) -> Placing {
        Placing::new(source, self.turn, self.size, self.jpeg)
    }

    pub(super) fn of(recipe: &Encode) -> Self {
        Self { size: recipe.size, turn: recipe.turn, jpeg: matches!(recipe.encoding, Encoding::Jpeg { .. }) }
    }
}

/// Refuses what a plan never asks for.
pub(super) fn check(recipe: &Encode, source: Size) -> Result<(), Error> {
    let target = recipe.turn.apply(recipe.size);
    if target.width == 0 || target.height == 0 {
        return Err(Error::UnsuitableRecipe("a rendition has at least one pixel"));
    }
    let mut level = source;
    for _ in 0..recipe.halvings.min(MAX_HALVINGS) {
        level = level.halved();
    }
    if target.width > level.width || target.height > level.height || recipe.halvings > MAX_HALVINGS {
        return Err(Error::UnsuitableRecipe("a rendition is never larger than its source"));
    }
    Ok(())
}
