//! The levels of a picture: not halved, halved once, twice, and so on.

use std::collections::BTreeMap;

use crate::base::error::Error;
use crate::base::picture::Picture;

/// Returns the requested levels; those that the decoder did not return are made by halving.
pub(super) fn halved(native: Vec<(u8, Picture)>, wanted: &[u8]) -> Result<BTreeMap<u8, Picture>, Error> {
    let mut levels: BTreeMap<u8, Picture> = native.into_iter().collect();
    for wanted in wanted {
        if let Some((level, nearest)) = levels.range(..wanted).next_back().filter(|_| !levels.contains_key(wanted)) {
            let mut picture = nearest.halved()?;
            for _ in level + 1..*wanted {
                picture = picture.halved()?;
            }
            levels.insert(*wanted, picture);
        }
    }
    levels.retain(|level, _| wanted.contains(level));
    Ok(levels)
}
