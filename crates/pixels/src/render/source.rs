//! Data of a source that its renditions share.

use std::collections::{BTreeMap, BTreeSet};

use jpeg::{Damage, Orientation};

use crate::base::recipe::Metadata;
use crate::metadata::carriers::Carriers;
use crate::metadata::kept::Kept;
use crate::open::carriers::find;

/// Properties of a decoded source, apart from its pixels.
pub(super) struct Source {
    /// The colour profile of the pixels; `None` if they are sRGB.
    pub(super) profile: Option<Vec<u8>>,
    /// The metadata that stays, for each requested kind. Encoded pixels are upright.
    pub(super) kept: BTreeMap<Metadata, Kept>,
    /// Damage to the source; `None` if it is undamaged.
    pub(super) damage: Option<Damage>,
}

/// Returns the metadata of a file to keep, for each of these kinds.
pub(super) fn kept(bytes: &[u8], kinds: impl Iterator<Item = Metadata>) -> BTreeMap<Metadata, Kept> {
    let kinds: BTreeSet<Metadata> = kinds.collect();
    let nothing = kinds.iter().all(|kind| *kind == Metadata::None);
    let carriers = if nothing { Carriers::default() } else { find(bytes) };
    kinds.into_iter().map(|kind| (kind, Kept::of(&carriers, kind, Orientation::UPRIGHT, true))).collect()
}
