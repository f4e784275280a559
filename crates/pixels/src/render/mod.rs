//! One decode, all renditions.
//!
//! In: the bytes of a source and recipes. Out: the bytes of each rendition. What needs no pixels is made first. The source is decoded at the levels that are asked for; then
//! the renditions are made, which may be done at once: how, is up to the caller, since threads are not known here.

mod job;
mod place;
mod placeholder;
mod recode;
mod write;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use job::{Grid, Job, check};
use jpeg::{Damage, Encoder, Orientation, Parallelism, Placing, Sequential};
use place::place;
use write::encode;

use crate::base::decoded::Wanted;
use crate::base::error::Error;
use crate::base::header::Header;
use crate::base::picture::Picture;
use crate::base::recipe::{Background, Colors, Metadata, Recipe, Requantize, Survey};
use crate::formats::jpeg::attached::attached;
use crate::metadata::carriers::Carriers;
use crate::metadata::kept::Kept;
use crate::open::carriers::find;
use crate::open::decode::decode;
use crate::open::strip;

/// Makes every recipe from one source, in their order, decoding it at most once for each choice of colours.
///
/// The result of each recipe depends on the source's bytes and that recipe alone.
///
/// # Errors
/// If the source is damaged or of a kind that is not read, if a recipe does not suit it, or if there is no memory left.
pub fn render(bytes: &[u8], header: &Header, recipes: &[Recipe]) -> Result<Vec<Vec<u8>>, Error> {
    render_with(bytes, header, recipes, &Sequential)
}

/// The same, where `hands` do at once what can be done so.
///
/// # Errors
/// As above.
pub fn render_with(
    bytes: &[u8],
    header: &Header,
    recipes: &[Recipe],
    hands: &dyn Parallelism,
) -> Result<Vec<Vec<u8>>, Error> {
    let mut results: Vec<Vec<u8>> = vec![Vec::new(); recipes.len()];
    let (mut jobs, mut coded) = (Vec::new(), Vec::new());
    for (index, recipe) in recipes.iter().enumerate() {
        match recipe {
            Recipe::Keep { metadata } => results[index] = strip::keep(bytes, header, *metadata)?,
            Recipe::Requantize(recipe) => coded.push((index, recipe)),
            Recipe::Encode(encode) => {
                check(encode, header.stored)?;
                jobs.push((index, Job::Encode(encode)));
            }
            Recipe::Survey { turn, colors, background } => {
                jobs.push((index, Job::Survey { turn: *turn, colors: *colors, background: *background }));
            }
        }
    }
    // Level by level; in a level the largest first, and equal grids together.
    jobs.sort_by_key(|(index, job)| (job.level(header), job.grid().map(Reverse), *index));
    // Only a decoder that halves by itself makes less chroma.
    let half = |job: &Job<'_>| header.reduces() && job.half_chroma();
    for (colors, half_chroma) in
        [(Colors::Keep, true), (Colors::Keep, false), (Colors::Srgb, true), (Colors::Srgb, false)]
    {
        let jobs: Vec<_> = jobs.iter().filter(|(_, job)| (job.colors(), half(job)) == (colors, half_chroma)).collect();
        // Without pixels, colours stay.
        let coded = if (colors, half_chroma) == (Colors::Keep, header.reduces()) { &coded[..] } else { &[] };
        if !jobs.is_empty() || !coded.is_empty() {
            let decoding = Decoding { bytes, header, colors, half_chroma };
            for (index, bytes) in run(&decoding, &jobs, coded, hands)? {
                results[index] = bytes;
            }
        }
    }
    Ok(results)
}

/// How a source is decoded once.
struct Decoding<'a> {
    bytes: &'a [u8],
    header: &'a Header,
    colors: Colors,
    half_chroma: bool,
}

/// What a job gives, with its number.
type Made = Result<Vec<(usize, Vec<u8>)>, Error>;

/// Does jobs that need the same of the source, which stand in the order of their levels, and requantizes.
fn run(
    &Decoding { bytes, header, colors, half_chroma }: &Decoding<'_>,
    jobs: &[&(usize, Job<'_>)],
    coded: &[(usize, &Requantize)],
    hands: &dyn Parallelism,
) -> Made {
    let groups: Vec<_> =
        jobs.chunk_by(|(_, a), (_, b)| a.level(header) == b.level(header) && a.grid() == b.grid()).collect();
    let streamed: Vec<_> = groups.iter().map(|group| streamed(header, &group[0].1)).collect();
    let placings: Vec<Placing> = streamed.iter().flatten().map(|grid| grid.placing(header.stored)).collect();
    let whole = groups.iter().zip(&streamed).filter(|(_, streamed)| streamed.is_none());
    let mut levels: Vec<u8> = whole.map(|(group, _)| group[0].1.level(header)).collect();
    levels.dedup();
    let coefficients = coded.iter().map(|(_, recipe)| recode::job(recipe)).collect::<Result<Vec<_>, _>>()?;
    let (placings, coefficients) = (&placings[..], &coefficients[..]);
    let decoded =
        decode(bytes, header.format, &Wanted { colors, levels: &levels, placings, half_chroma, coefficients, hands })?;
    if decoded.stored != header.stored {
        return Err(Error::corrupt(header.format, "its size is not what its header tells"));
    }
    if decoded.placed.len() < placings.len() && levels.first() != Some(&0) {
        levels.insert(0, 0);
    }
    let kinds = jobs.iter().map(|(_, job)| job.metadata()).chain(coded.iter().map(|(_, recipe)| recipe.metadata));
    let source = Source { profile: decoded.profile, kept: kept(bytes, kinds), damage: decoded.damage };
    let levels = halved(decoded.levels, &levels)?;
    let mut placed = decoded.placed.into_iter();
    let placed: Vec<_> = streamed.iter().map(|streamed| Mutex::new(streamed.and_then(|_| placed.next()))).collect();
    let coefficients: Vec<_> = coded
        .iter()
        .zip(decoded.coefficients)
        .map(|(job, coefficients)| (job, Mutex::new(Some(coefficients))))
        .collect();
    // Each thread that has a hand in this takes an encoder, and leaves it for the next rendition.
    let encoders: Mutex<Vec<Encoder>> = Mutex::default();
    let made: Vec<Mutex<Made>> = (0..coefficients.len() + groups.len()).map(|_| Mutex::new(Ok(Vec::new()))).collect();
    hands.each(made.len(), &|number| {
        // Those in full size first: they are the largest.
        let result = if let Some(((index, recipe), coefficients)) = coefficients.get(number) {
            let coefficients = locked(coefficients).take();
            let kept = &source.kept[&recipe.metadata];
            let bytes = coefficients.map(|coefficients| {
                attached(source.profile.as_deref(), kept, |attachments| coefficients.write(attachments))
            });
            bytes.into_iter().map(|bytes| Ok((*index, bytes?))).collect()
        } else {
            let number = number - coefficients.len();
            let mut encoder = locked(&encoders).pop().unwrap_or_else(Encoder::new);
            let result = match locked(&placed[number]).take() {
                Some(picture) => encode_all(Cow::Owned(picture), groups[number], &source, &mut encoder),
                None => {
                    let level = &levels[&groups[number][0].1.level(header)];
                    make(level, groups[number], &source, &mut encoder, hands)
                }
            };
            locked(&encoders).push(encoder);
            result
        };
        *locked(&made[number]) = result;
    });
    let mut all = Vec::new();
    for made in made {
        all.extend(made.into_inner().unwrap_or_else(PoisonError::into_inner)?);
    }
    Ok(all)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The grid of a job that can be made while its source is decoded: a reduction of the full size, which then is never there as a whole.
fn streamed(header: &Header, job: &Job<'_>) -> Option<Grid> {
    match job {
        Job::Encode(recipe) if header.reduces() && recipe.is_streamed(header.stored) => Some(Grid::of(recipe)),
        _ => None,
    }
}

/// Does jobs of one level and one grid.
fn make(
    level: &Picture,
    jobs: &[&(usize, Job<'_>)],
    source: &Source,
    encoder: &mut Encoder,
    hands: &dyn Parallelism,
) -> Made {
    let Some(grid) = jobs[0].1.grid() else {
        let surveys = jobs.iter().filter_map(|(index, job)| match job {
            Job::Survey { turn, background, .. } => Some((*index, survey(level, *turn, *background, source))),
            Job::Encode(_) => None,
        });
        return Ok(surveys.collect());
    };
    let placed = place(level, grid, hands)?.map_or(Cow::Borrowed(level), Cow::Owned);
    encode_all(placed, jobs, source, encoder)
}

/// What is asked of a picture apart from renditions.
fn survey(level: &Picture, turn: Orientation, background: Background, source: &Source) -> Vec<u8> {
    let placeholder = placeholder::placeholder(level, turn, background, source.profile.as_deref());
    Survey { placeholder, damage: source.damage }.to_bytes()
}

/// Encodes a placed picture in all the ways that are asked for; after the last one it is not needed any more.
fn encode_all(placed: Cow<'_, Picture>, jobs: &[&(usize, Job<'_>)], source: &Source, encoder: &mut Encoder) -> Made {
    let mut recipes = jobs.iter().filter_map(|(index, job)| match job {
        Job::Encode(recipe) => Some((*index, *recipe)),
        Job::Survey { .. } => None,
    });
    let Some((index, last)) = recipes.next_back() else { return Ok(Vec::new()) };
    let mut made = Vec::new();
    for (index, recipe) in recipes {
        made.push((index, encode(Cow::Borrowed(&*placed), recipe, source, encoder)?));
    }
    made.push((index, encode(placed, last, source, encoder)?));
    Ok(made)
}

/// The levels that are wanted, made by halving where the decoder does not bring them.
fn halved(native: Vec<(u8, Picture)>, wanted: &[u8]) -> Result<BTreeMap<u8, Picture>, Error> {
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

/// What travels with renditions, and is said of them.
struct Source {
    profile: Option<Vec<u8>>,
    /// For each kind that is asked for.
    kept: BTreeMap<Metadata, Kept>,
    damage: Option<Damage>,
}

/// What stays of the source's metadata, for each of these kinds. Encoded pixels stand upright.
fn kept(bytes: &[u8], kinds: impl Iterator<Item = Metadata>) -> BTreeMap<Metadata, Kept> {
    let kinds: BTreeSet<Metadata> = kinds.collect();
    let nothing = kinds.iter().all(|kind| *kind == Metadata::None);
    let carriers = if nothing { Carriers::default() } else { find(bytes) };
    kinds.into_iter().map(|kind| (kind, Kept::of(&carriers, kind, Orientation::UPRIGHT, true))).collect()
}
