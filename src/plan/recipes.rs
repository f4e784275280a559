//! What is made of one photo: from the way it is used to recipes.

use super::ladder;
use crate::site::{ImagePolicy, PictureOptions};
use crate::source::{Full, Geometry};
use pixels::{Background, ColorSpace, Colors, Encode, Encoding, Format, Header, Orientation, Recipe, Requantize, Size};

/// The recipes of one use of a photo.
pub(super) struct Recipes {
    /// Size of the source as seen.
    pub(super) size: Size,
    /// For `srcset`, from narrow to wide, no two of equal width.
    pub(super) candidates: Vec<(Recipe, Size)>,
    /// The full-size picture.
    pub(super) full: Option<(Recipe, Size)>,
}

/// Decides on sizes, formats and levels for a photo that is used with `options`.
pub(super) fn recipes(header: &Header, options: &PictureOptions, policy: &ImagePolicy) -> Recipes {
    let turn = if options.auto_orient { header.orientation } else { Orientation::UPRIGHT };
    let size = turn.apply(header.stored);
    let encode = |target: Size| (encoded(header, options, policy, target), target);

    let mut candidates: Vec<(Recipe, Size)> = Vec::new();
    for target in ladder::rungs(size, &policy.ladder, policy.fit) {
        // Very tall pictures: several rungs can come out equally wide, and a width descriptor names only one of them.
        if candidates.last().is_some_and(|(_, last)| last.width == target.width) {
            candidates.pop();
        }
        candidates.push(encode(target));
    }

    let keep = Recipe::Keep { metadata: options.metadata };
    let full = match (policy.full, options.resize) {
        (Full::None, _) => None,
        (_, Some(geometry)) => Some(encode(ladder::resized(size, geometry))),
        // Encoded again, an animation would stand still.
        (Full::Reencode, None) if header.animated && can_be_kept(header) => Some((keep.clone(), size)),
        (Full::Keep, None) if can_be_kept(header) => Some((keep.clone(), header.display())),
        (Full::Reencode | Full::Keep, None) => Some(encode(size)),
        (Full::AtMost(long_edge), None) => Some(encode(ladder::capped(size, long_edge))),
    };
    Recipes { size, candidates, full }
}

/// The recipe of a rendition of this size.
pub(super) fn encoded(header: &Header, options: &PictureOptions, policy: &ImagePolicy, target: Size) -> Recipe {
    let turn = if options.auto_orient { header.orientation } else { Orientation::UPRIGHT };
    let size = turn.apply(header.stored);
    let encoding = encoding(header, options, policy);
    let metadata = options.metadata;
    let colors = colors(header, policy);
    // What keeps its size and its colours needs no pixels.
    if target == size && header.requantizes() && colors == Colors::Keep {
        return Recipe::Requantize(Requantize { size, turn, encoding, metadata });
    }
    Recipe::Encode(Encode {
        size: target,
        halvings: header.halvings(turn.apply(target)),
        turn,
        encoding,
        metadata,
        colors,
        background: background(header, policy),
    })
}

/// The recipe of one size of a photo that is asked for by itself: what fits into a box, or the full-size picture.
pub(super) fn wanted(
    header: &Header,
    options: &PictureOptions,
    policy: &ImagePolicy,
    within: Option<Geometry>,
) -> (Recipe, Size) {
    let Recipes { size, candidates, full } = recipes(header, options, policy);
    let encode = |target| (encoded(header, options, policy, target), target);
    match within {
        Some(geometry) => encode(ladder::resized(size, geometry)),
        None => full.or_else(|| candidates.last().cloned()).unwrap_or_else(|| encode(size)),
    }
}

/// The recipe of what is learned of a photo by decoding it.
pub(super) fn survey(header: &Header, policy: &ImagePolicy) -> Recipe {
    Recipe::Survey { turn: header.orientation, colors: colors(header, policy), background: background(header, policy) }
}

/// Where there is no choice, recipes do not depend on what was chosen.
fn colors(header: &Header, policy: &ImagePolicy) -> Colors {
    match header.color_space {
        ColorSpace::Srgb => Colors::Keep,
        ColorSpace::Profiled => policy.colors,
        ColorSpace::Foreign => Colors::Srgb,
    }
}

fn background(header: &Header, policy: &ImagePolicy) -> Background {
    policy.background.filter(|_| header.alpha).unwrap_or_default()
}

/// Whether browsers show the file as it is, in its colours.
fn can_be_kept(header: &Header) -> bool {
    header.format.is_shown_by_browsers() && header.color_space != ColorSpace::Foreign
}

/// The format of an encoded rendition. What browsers can't show, and photographs without transparency in a format that
/// cimaise writes only losslessly, become JPEG.
fn encoding(header: &Header, options: &PictureOptions, policy: &ImagePolicy) -> Encoding {
    let transparent = header.alpha && policy.background.is_none();
    let jpeg = Encoding::Jpeg { quality: options.quality, progressive: options.progressive, effort: policy.effort };
    match header.format {
        Format::Jpeg | Format::Raw => jpeg,
        Format::Png if header.alpha && !transparent => jpeg,
        Format::Png | Format::Gif => Encoding::Png,
        Format::WebP | Format::Tiff | Format::Bmp | Format::Heic | Format::Jxl if transparent => Encoding::Png,
        Format::WebP | Format::Tiff | Format::Bmp | Format::Heic | Format::Jxl => jpeg,
    }
}

/// The file name extension of what a recipe makes.
pub(super) fn extension(recipe: &Recipe, format: Format) -> &'static str {
    match recipe {
        Recipe::Encode(Encode { encoding, .. }) | Recipe::Requantize(Requantize { encoding, .. }) => {
            encoding.extension()
        }
        Recipe::Keep { .. } | Recipe::Survey { .. } => format.extensions()[0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Captions, Damaged, Fit};
    use pixels::{Effort, Metadata};

    const SIZE: Size = Size { width: 1200, height: 800 };

    fn header() -> Header {
        Header {
            format: Format::Jpeg,
            stored: SIZE,
            orientation: Orientation::UPRIGHT,
            alpha: false,
            animated: false,
            color_space: ColorSpace::Srgb,
            bad_profile: false,
            rewritable: true,
            working_memory: 0,
            coefficients: Some(pixels::Coefficients { count: 0, kept: false }),
        }
    }

    /// Whether the full size is made without pixels.
    fn requantized(header: &Header, full: Full, colors: Colors) -> bool {
        let options = PictureOptions {
            quality: 75,
            auto_orient: true,
            metadata: Metadata::None,
            resize: None,
            progressive: true,
        };
        let policy = ImagePolicy {
            ladder: vec![480, 1200],
            fit: Fit::LongEdge,
            full,
            effort: Effort::Balanced,
            colors,
            background: None,
            damaged: Damaged::Warn,
            captions: Captions::default(),
        };
        let Recipes { candidates, full, .. } = recipes(header, &options, &policy);
        assert!(matches!(candidates[0].0, Recipe::Encode(_)), "what is smaller needs pixels");
        let full = full.expect("a full size");
        assert_eq!(candidates.last(), Some(&full), "the largest of the ladder is the full size");
        matches!(full.0, Recipe::Requantize(_))
    }

    #[test]
    fn the_full_size_needs_pixels_only_where_something_has_to_be_done_to_them() {
        let reencode = |header: &Header| requantized(header, Full::Reencode, Colors::Keep);
        assert!(reencode(&header()));
        assert!(requantized(&header(), Full::AtMost(1200), Colors::Keep));
        let turned = |exif, height| Header {
            orientation: Orientation::from_exif(exif),
            stored: Size { height, ..SIZE },
            ..header()
        };
        assert!((1..=8).all(|exif| reencode(&turned(exif, 800)) && reencode(&turned(exif, 807))));
        assert!(!reencode(&Header { rewritable: false, ..header() }));
        let profiled = Header { color_space: ColorSpace::Profiled, ..header() };
        assert!(reencode(&profiled) && !requantized(&profiled, Full::Reencode, Colors::Srgb));
        assert!(requantized(&header(), Full::Reencode, Colors::Srgb), "it is sRGB already");
        assert!(!reencode(&Header { color_space: ColorSpace::Foreign, ..header() }));
    }
}
