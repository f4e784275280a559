//! Decoding of HEIC: tile by tile, so that only a row of them is in memory beside the picture, which is halved as often as all
//! renditions allow.

use super::assembly::Assembly;
use super::bands::each_band;
use super::opened::open;
use super::overlay::composed;
use super::structure::Layers;
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;

/// Limit on halving while rows arrive, since those that wait take memory.
const DEEPEST: u8 = 6;

/// Decodes the picture.
pub(crate) fn decode(bytes: &[u8], wanted: &Wanted<'_>) -> Result<Decoded, Error> {
    let opened = open(bytes)?;
    // Placings are made from the full size.
    let level = wanted.levels.first().copied().filter(|_| wanted.placings.is_empty()).unwrap_or(0).min(DEEPEST);
    let mut assembly = Assembly::new(opened.picture.part, level);
    let (tag, threads) = (opened.colors.tag, wanted.parallelism);
    match &opened.picture.layers {
        Layers::One(raster) => {
            let alpha = opened.alphas.first().and_then(Option::as_ref);
            each_band(raster, opened.colors.coding, alpha, threads, &mut |top, band| {
                assembly.push(band.into_decoded(tag.clone(), wanted.colors)?, top)
            })?;
        }
        Layers::Overlay(overlay) => {
            let canvas = composed(&opened.tables, overlay, &opened.alphas, opened.picture.size, threads)?;
            assembly.push(canvas.into_decoded(tag, wanted.colors)?, 0)?;
        }
    }
    assembly.finish()
}
