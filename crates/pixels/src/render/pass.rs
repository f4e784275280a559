//! One pass over a source: decoding it once, for all recipes with the same requirements.

use std::sync::{Mutex, PoisonError};

use jpeg::{Encoder, Parallelism, Placing, Recoding};

use super::each::each;
use super::levels::halved;
use super::make::{Made, Maker, Material};
use super::recode::recoding;
use super::source::{Source, kept};
use super::work::{Part, Pass, Work, metadata};
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::header::Header;
use crate::base::recipe::Recipe;
use crate::open::decode::decode;

/// Makes all recipes of a pass. Each result comes with the number of its recipe.
pub(super) fn run(bytes: &[u8], header: &Header, pass: Pass<'_>, parallelism: &dyn Parallelism) -> Made {
    let (coefficients, placings) = (recodings(&pass, header)?, placings(&pass, header));
    let mut levels = levels(&pass);
    let Pass { colors, half_chroma, work } = pass;
    let wanted =
        Wanted { colors, levels: &levels, placings: &placings, half_chroma, coefficients: &coefficients, parallelism };
    let decoded = decode(bytes, header.format, &wanted)?;
    if decoded.stored != header.stored {
        return Err(Error::corrupt(header.format, "its size is not what its header tells"));
    }
    if decoded.placed.len() < placings.len() && levels.first() != Some(&0) {
        levels.insert(0, 0);
    }
    let recipes = work.iter().flat_map(|work| &work.recipes);
    let kept = kept(bytes, recipes.map(|(_, recipe)| metadata(recipe)));
    let Decoded { levels: native, placed, coefficients, profile, damage, .. } = decoded;
    let maker = Maker { levels: halved(native, &levels)?, source: Source { profile, kept, damage }, parallelism };
    let (mut placed, mut coefficients) = (placed.into_iter(), coefficients.into_iter());
    let supplied = work.into_iter().map(|work| {
        let material = match work.source {
            Part::Coefficients => coefficients.next().map(Material::Coefficients),
            Part::Stream => placed.next().map(Material::Placed).or(Some(Material::Level(0))),
            Part::Level(level) => Some(Material::Level(level)),
        };
        (work, material)
    });
    let supplied: Vec<_> = supplied.collect();
    // Each thread takes an encoder, and returns it for the next rendition.
    let encoders: Mutex<Vec<Encoder>> = Mutex::default();
    let results = each(parallelism, supplied, |(work, material): (Work<'_>, Option<Material>)| {
        let Some(material) = material else { return Ok(Vec::new()) };
        let mut encoder = encoders.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let made = maker.make(&work, material, &mut encoder);
        encoders.lock().unwrap_or_else(PoisonError::into_inner).push(encoder);
        made
    });
    let results: Vec<_> = results.into_iter().collect::<Result<_, Error>>()?;
    Ok(results.into_iter().flatten().collect())
}

/// Returns the recodings of coefficients, in the order of the work.
fn recodings(pass: &Pass<'_>, header: &Header) -> Result<Vec<Recoding>, Error> {
    let recipes = pass.work.iter().flat_map(|work| &work.recipes);
    let requantized = recipes.filter_map(|(_, recipe)| match recipe {
        Recipe::Requantize(requantize) => Some(recoding(requantize, header.stored)),
        _ => None,
    });
    requantized.collect()
}

/// Returns the placings of streamed renditions on the source, in the order of the work.
fn placings(pass: &Pass<'_>, header: &Header) -> Vec<Placing> {
    let streamed = pass.work.iter().filter(|work| work.source == Part::Stream);
    streamed.filter_map(|work| Some(work.grid?.placing(header.stored))).collect()
}

/// Returns the required levels, increasing.
fn levels(pass: &Pass<'_>) -> Vec<u8> {
    let level = |work: &Work<'_>| match work.source {
        Part::Level(level) => Some(level),
        Part::Coefficients | Part::Stream => None,
    };
    let mut levels: Vec<u8> = pass.work.iter().filter_map(level).collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}
