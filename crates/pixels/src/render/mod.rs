//! Rendering: one decode, all renditions.
//!
//! In: the bytes of a source and recipes. Out: the bytes of each rendition. Recipes without pixels are made first. Then the source is
//! decoded as its recipes require, and the renditions are made, in parallel if the caller has threads. Renditions that turn out to need
//! all of their chroma are made again.

mod chroma;
mod each;
mod grid;
mod levels;
mod make;
mod pass;
mod place;
mod placeholder;
mod recode;
mod source;
mod work;
mod write;

use jpeg::{Parallelism, Sequential};

use crate::base::error::Error;
use crate::base::header::Header;
use crate::base::recipe::Recipe;
use crate::open::strip;

/// Makes every recipe from one source, in their order, decoding it at most once for each choice of colours.
///
/// The result of each recipe depends on the source's bytes and that recipe alone.
///
/// # Errors
/// If the source is damaged or of an unsupported kind, if a recipe does not suit it, or if there is no memory left.
pub fn render(bytes: &[u8], header: &Header, recipes: &[Recipe]) -> Result<Vec<Vec<u8>>, Error> {
    render_with(bytes, header, recipes, &Sequential)
}

/// Makes every recipe as [`render`] does, in parallel as far as `parallelism` allows.
///
/// # Errors
/// As [`render`].
pub fn render_with(
    bytes: &[u8],
    header: &Header,
    recipes: &[Recipe],
    parallelism: &dyn Parallelism,
) -> Result<Vec<Vec<u8>>, Error> {
    let mut results: Vec<Vec<u8>> = vec![Vec::new(); recipes.len()];
    for (result, recipe) in results.iter_mut().zip(recipes) {
        if let Recipe::Keep { metadata } = recipe {
            *result = strip::keep(bytes, header, *metadata)?;
        }
    }
    let lossy = run(bytes, header, recipes, &mut results, parallelism)?;
    let full: Vec<Recipe> = lossy.iter().map(|number| recipes[*number].with_full_chroma()).collect();
    let mut again = vec![Vec::new(); full.len()];
    run(bytes, header, &full, &mut again, parallelism)?;
    for (number, result) in lossy.into_iter().zip(again) {
        results[number] = result;
    }
    Ok(results)
}

/// Makes the recipes that need pixels or coefficients. Returns the numbers of those that would lose detail with half of the chroma,
/// increasing; they are not made.
fn run(
    bytes: &[u8],
    header: &Header,
    recipes: &[Recipe],
    results: &mut [Vec<u8>],
    parallelism: &dyn Parallelism,
) -> Result<Vec<usize>, Error> {
    let mut lossy = Vec::new();
    for pass in work::passes(header, recipes)? {
        for (number, result) in pass::run(bytes, header, pass, parallelism)? {
            match result {
                Some(result) => results[number] = result,
                None => lossy.push(number),
            }
        }
    }
    lossy.sort_unstable();
    Ok(lossy)
}
