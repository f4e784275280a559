//! One decode, all renditions.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::color::{chroma_of_sums, divide, luma, multiply, rgb_of_ycbcr};
use super::decode::{Decoded, decode};
use super::error::Error;
use super::header::{Header, Orientation, Size};
use super::jpeg::encode::{Coding, Encoder};
use super::metadata::carriers::Carriers;
use super::metadata::kept::Kept;
use super::picture::{Color, Picture};
use super::plane::resample::{Axis, Resampler};
use super::plane::{Density, Plane};
use super::recipe::{Background, Colors, Encode, Encoding, MAX_HALVINGS, Metadata, Recipe, Survey};
use super::{placeholder, png, strip};

/// Makes every recipe from one source, in their order, decoding it at most once for each choice of colours.
///
/// The result of each recipe depends on the source's bytes and that recipe alone.
///
/// # Errors
/// If the source is damaged or of a kind that is not read, if a recipe does not suit it, or if there is no memory left.
pub fn render(bytes: &[u8], header: &Header, recipes: &[Recipe]) -> Result<Vec<Vec<u8>>, Error> {
    let mut results: Vec<Vec<u8>> = vec![Vec::new(); recipes.len()];
    let mut jobs = Vec::new();
    for (index, recipe) in recipes.iter().enumerate() {
        match recipe {
            Recipe::Keep { metadata } => results[index] = strip::keep(bytes, header, *metadata)?,
            Recipe::Encode(encode) => {
                check(encode, header.stored)?;
                jobs.push((index, Job::Encode(encode)));
            }
            Recipe::Survey { turn, colors, background } => {
                jobs.push((index, Job::Survey { turn: *turn, colors: *colors, background: *background }));
            }
        }
    }
    // Level by level, so that a large level is gone before the next but one is made; in a level, equal grids together.
    jobs.sort_by_key(|(index, job)| (job.level(header), job.grid().map(Reverse), *index));
    for colors in [Colors::Keep, Colors::Srgb] {
        let jobs: Vec<_> = jobs.iter().filter(|(_, job)| job.colors() == colors).collect();
        if !jobs.is_empty() {
            run(bytes, header, colors, &jobs, &mut results)?;
        }
    }
    Ok(results)
}

/// Does jobs of the same colours, which stand in the order of their levels.
fn run(
    bytes: &[u8],
    header: &Header,
    colors: Colors,
    jobs: &[&(usize, Job<'_>)],
    results: &mut [Vec<u8>],
) -> Result<(), Error> {
    let mut levels: Vec<u8> = jobs.iter().map(|(_, job)| job.level(header)).collect();
    levels.dedup();
    let Decoded { levels, profile, damage } = decode(bytes, header.format, colors, &levels)?;
    let mut levels = levels.into_iter().peekable();
    let Some((mut level, mut picture)) = levels.next().filter(|(_, picture)| picture.size == header.stored) else {
        return Err(Error::corrupt(header.format, "its size is not what its header tells"));
    };
    let source = Source { profile, kept: kept(bytes, jobs.iter().map(|(_, job)| job.metadata())) };

    let mut resampler = Resampler::default();
    let mut encoder = Encoder::new();
    // On which grid the last rendition was; no picture where the level itself is on it.
    let mut grid: Option<(Grid, Option<Picture>)> = None;
    for (index, job) in jobs {
        while level < job.level(header) {
            (level, picture) = match levels.next_if(|(native, _)| *native <= job.level(header)) {
                Some(native) => native,
                None => (level + 1, picture.halved()?),
            };
            grid = None;
        }
        results[*index] = match job {
            Job::Survey { turn, background, .. } => {
                let placeholder = placeholder::placeholder(&picture, *turn, *background, source.profile.as_deref());
                Survey { placeholder, damage }.to_bytes()
            }
            Job::Encode(recipe) => {
                let wanted = Grid::of(recipe);
                let placed = match grid.take() {
                    Some((found, placed)) if found == wanted => placed,
                    _ => place(&picture, wanted, &mut resampler)?,
                };
                let bytes = encode(placed.as_ref().unwrap_or(&picture), recipe, &source, &mut encoder)?;
                grid = Some((wanted, placed));
                bytes
            }
        };
    }
    Ok(())
}

/// What has to be made of the decoded picture.
enum Job<'a> {
    Encode(&'a Encode),
    Survey { turn: Orientation, colors: Colors, background: Background },
}

impl Job<'_> {
    /// How often the picture is halved before.
    fn level(&self, header: &Header) -> u8 {
        match self {
            Self::Encode(recipe) => recipe.halvings,
            Self::Survey { .. } => placeholder::level(header.stored),
        }
    }

    fn grid(&self) -> Option<Grid> {
        match self {
            Self::Encode(recipe) => Some(Grid::of(recipe)),
            Self::Survey { .. } => None,
        }
    }

    fn colors(&self) -> Colors {
        match self {
            Self::Encode(recipe) => recipe.colors,
            Self::Survey { colors, .. } => *colors,
        }
    }

    fn metadata(&self) -> Metadata {
        match self {
            Self::Encode(recipe) => recipe.metadata,
            Self::Survey { .. } => Metadata::None,
        }
    }
}

/// What travels with renditions.
struct Source {
    profile: Option<Vec<u8>>,
    /// For each kind that is asked for.
    kept: BTreeMap<Metadata, Kept>,
}

/// Recipes with the same grid share everything up to the encoder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Grid {
    size: Size,
    turn: Orientation,
    jpeg: bool,
}

impl Grid {
    fn of(recipe: &Encode) -> Self {
        Self { size: recipe.size, turn: recipe.turn, jpeg: matches!(recipe.encoding, Encoding::Jpeg { .. }) }
    }
}

/// Refuses what a plan never asks for.
fn check(recipe: &Encode, source: Size) -> Result<(), Error> {
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

/// Brings a picture to a size, and upright; `None` if it is so already. For JPEG, chroma goes to half of that size at once.
fn place(picture: &Picture, grid: Grid, resampler: &mut Resampler) -> Result<Option<Picture>, Error> {
    let target = grid.turn.apply(grid.size);
    let source = picture.size;
    let full = [Axis::full(source.width, target.width), Axis::full(source.height, target.height)];
    let half = [
        Axis::half(source.width, target.width, grid.turn.mirrors_rows()),
        Axis::half(source.height, target.height, grid.turn.mirrors_columns()),
    ];
    let axes = |number: usize| {
        let chroma = grid.jpeg && picture.color == Color::YCbCr && (number == 1 || number == 2);
        if chroma { half } else { full }
    };
    let mut planes = picture.planes.iter().enumerate();
    let placed = grid.turn == Orientation::UPRIGHT
        && planes.all(|(number, plane)| {
            let [across, down] = axes(number);
            across.keeps(plane.density[0], plane.width) && down.keeps(plane.density[1], plane.height)
        });
    if placed {
        return Ok(None);
    }
    let planes = picture.planes.iter().enumerate().map(|(number, plane)| {
        let [across, down] = axes(number);
        resampler.resample(plane, across, down)?.turned(grid.turn)
    });
    Ok(Some(Picture { size: grid.size, planes: planes.collect::<Result<_, _>>()?, ..*picture }))
}

fn encode(placed: &Picture, recipe: &Encode, source: &Source, encoder: &mut Encoder) -> Result<Vec<u8>, Error> {
    let profile = source.profile.as_deref();
    let kept = &source.kept[&recipe.metadata];
    match recipe.encoding {
        Encoding::Jpeg { quality, progressive } => {
            let coding = Coding { quality, progressive };
            match (placed.color, placed.alpha) {
                (Color::Gray | Color::YCbCr, false) => encoder.encode(&placed.planes, coding, profile, kept),
                _ => encoder.encode(&opaque_ycbcr(placed, recipe.background)?, coding, profile, kept),
            }
        }
        Encoding::Png => match placed.color {
            Color::Gray | Color::Rgb => png::encode::encode(&straight(placed), profile, kept),
            _ => png::encode::encode(&rgb_planes(placed)?, profile, kept),
        },
    }
}

/// Gray, or Y'CbCr with halved chroma, of a picture in any model, over a background. Gray over a colour is no longer gray.
fn opaque_ycbcr(picture: &Picture, Background(background): Background) -> Result<Vec<Plane>, Error> {
    let mut planes = rgb_planes(picture)?;
    if picture.alpha
        && let Some(alpha) = planes.pop()
    {
        let gray = background.iter().all(|channel| *channel == background[0]);
        if let ([plane], false) = (&planes[..], gray) {
            planes = vec![plane.clone(), plane.clone(), plane.clone()];
        }
        for (plane, behind) in planes.iter_mut().zip(background) {
            let pairs = plane.samples.iter_mut().zip(&alpha.samples);
            pairs.for_each(|(color, alpha)| *color = color.saturating_add(multiply(behind, 255 - alpha)));
        }
    }
    match &planes[..] {
        [r, g, b] => ycbcr_planes(r, g, b),
        _ => Ok(planes),
    }
}

/// Y'CbCr with chroma of half the size, each of its samples the mean of 2×2.
fn ycbcr_planes(r: &Plane, g: &Plane, b: &Plane) -> Result<Vec<Plane>, Error> {
    let (width, height) = (r.width, r.height);
    let mut y = Plane::new(width, height, [Density::FULL; 2])?;
    let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
    let mut cb = Plane::new(half_width, half_height, [Density::FULL; 2])?;
    let mut cr = cb.clone();
    for (i, sample) in y.samples.iter_mut().enumerate() {
        *sample = luma(r.samples[i], g.samples[i], b.samples[i]);
    }
    for row in 0..half_height {
        let rows = [2 * row, (2 * row + 1).min(height - 1)];
        for column in 0..half_width {
            let columns = [2 * column, (2 * column + 1).min(width - 1)];
            let sum = |plane: &Plane| -> u32 {
                rows.iter().flat_map(|y| columns.map(|x| u32::from(plane.samples[y * width + x]))).sum()
            };
            let [blue, red] = chroma_of_sums(sum(r), sum(g), sum(b), 2);
            cb.samples[row * half_width + column] = blue;
            cr.samples[row * half_width + column] = red;
        }
    }
    Ok(vec![y, cb, cr])
}

/// Gray or red, green, blue, and alpha if there is any, of a picture whose planes are all of one size.
fn rgb_planes(picture: &Picture) -> Result<Vec<Plane>, Error> {
    let mut planes = picture.planes.clone();
    if let (Color::YCbCr, [y, cb, cr, ..]) = (picture.color, &mut planes[..]) {
        for ((y, cb), cr) in y.samples.iter_mut().zip(&mut cb.samples).zip(&mut cr.samples) {
            [*y, *cb, *cr] = rgb_of_ycbcr(*y, *cb, *cr);
        }
    }
    Ok(planes)
}

/// The planes with colours that are no longer multiplied with alpha.
fn straight(picture: &Picture) -> Vec<Plane> {
    let mut planes = picture.planes.clone();
    if picture.alpha
        && let Some((alpha, colors)) = planes.split_last_mut()
    {
        for plane in colors {
            plane.samples.iter_mut().zip(&alpha.samples).for_each(|(color, alpha)| *color = divide(*color, *alpha));
        }
    }
    planes
}

/// What stays of the source's metadata, for each of these kinds. Encoded pixels stand upright.
fn kept(bytes: &[u8], kinds: impl Iterator<Item = Metadata>) -> BTreeMap<Metadata, Kept> {
    let kinds: BTreeSet<Metadata> = kinds.collect();
    let nothing = kinds.iter().all(|kind| *kind == Metadata::None);
    let carriers = if nothing { Carriers::default() } else { Carriers::find(bytes) };
    kinds.into_iter().map(|kind| (kind, Kept::of(&carriers, kind, Orientation::UPRIGHT, true))).collect()
}
