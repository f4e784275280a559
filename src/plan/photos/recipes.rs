//! Chooses the recipes for one photo.

use super::rendition::FormatSet;
use crate::media_type::media_type;
use crate::plan::ladder;
use crate::plan::requests::PhotoRequest;
use crate::plan::shown::Showing;
use crate::site::{ImagePolicy, Ladder, PictureOptions, Site};
use crate::source::{Full, PngPolicy};
use pixels::{
    Background, Chroma, ColorSpace, Colors, Encode, Encoding, Format, Header, PngContent, Recipe, Requantize, Size,
    StoredChroma,
};

/// The recipes for one use of a photo.
pub(in crate::plan) struct PictureRecipes {
    /// Size of the source in pixels, as seen.
    pub(in crate::plan) size: Size,
    /// The sizes in each format; browsers should prefer earlier formats. Never empty; every browser supports the last one.
    pub(in crate::plan) sets: Vec<FormatSet<(Recipe, Size)>>,
    /// The full-size picture, if it is offered.
    pub(in crate::plan) full: Option<(Recipe, Size)>,
}

/// Chooses sizes, formats and recipes for a photo used with `options`, of which no use shows more than `widest` pixels in a line.
pub(in crate::plan) fn recipes(
    header: &Header,
    options: &PictureOptions,
    policy: &ImagePolicy,
    widest: u64,
) -> PictureRecipes {
    let size = options.seen(header);
    let targets = match &policy.ladder {
        Ladder::Automatic => ladder::steps(size, largest(size, options, policy), widest),
        Ladder::Written { sizes, fit } => ladder::rungs(size, sizes, *fit),
    };
    let set = |encoding: Encoding| FormatSet {
        media_type: media_type(encoding.extension()),
        candidates: targets.iter().map(|&target| (recipe(header, options, policy, encoding, target), target)).collect(),
    };
    let sets = encodings(header, options, policy).map(set).collect();
    PictureRecipes { size, sets, full: full(header, options, policy) }
}

/// Returns the largest size of an automatic ladder: the full-size picture, unless the author limits that one below the usual sizes.
fn largest(size: Size, options: &PictureOptions, policy: &ImagePolicy) -> Size {
    let usual = ladder::usual(size);
    let full = match (policy.full, options.resize) {
        (Full::None, _) => usual,
        (_, Some(geometry)) => ladder::resized(size, geometry),
        (Full::Reencode | Full::Keep, None) => size,
        (Full::AtMost(long_edge), None) => ladder::capped(size, long_edge),
    };
    if full.width > usual.width { full } else { usual }
}

fn full(header: &Header, options: &PictureOptions, policy: &ImagePolicy) -> Option<(Recipe, Size)> {
    let size = options.seen(header);
    let keep = Recipe::Keep { metadata: options.metadata };
    let encode = |target: Size| (encoded(header, options, policy, target), target);
    match (policy.full, options.resize) {
        (Full::None, _) => None,
        (_, Some(geometry)) => Some(encode(ladder::resized(size, geometry))),
        // Re-encoding would reduce an animation to its first frame.
        (Full::Reencode, None) if header.animated && can_be_kept(header) => Some((keep, size)),
        (Full::Keep, None) if can_be_kept(header) && !is_turned(header, options) => Some((keep, header.display())),
        (Full::Reencode | Full::Keep, None) => Some(encode(size)),
        (Full::AtMost(long_edge), None) => Some(encode(ladder::capped(size, long_edge))),
    }
}

/// Whether the file itself would be shown in another orientation.
fn is_turned(header: &Header, options: &PictureOptions) -> bool {
    header.turned_beside && options.auto_orient
}

/// Returns the recipe for a rendition of size `target` in the format that every browser supports.
pub(in crate::plan) fn encoded(
    header: &Header,
    options: &PictureOptions,
    policy: &ImagePolicy,
    target: Size,
) -> Recipe {
    recipe(header, options, policy, plain_encoding(header, options, policy), target)
}

fn recipe(header: &Header, options: &PictureOptions, policy: &ImagePolicy, encoding: Encoding, target: Size) -> Recipe {
    let turn = options.turn(header);
    let size = turn.apply(header.stored);
    let metadata = options.metadata;
    let colors = colors(header, policy);
    // Pixels need not be decoded if size, colours and format stay the same.
    if let Encoding::Jpeg { quality, progressive, effort, .. } = encoding
        && target == size
        && header.requantizes()
        && colors == Colors::Keep
        && keeps_chroma(header, policy)
    {
        let encoding = Encoding::Jpeg { quality, progressive, effort, chroma: Chroma::Full };
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

/// The quality from which chroma is full unless the settings say otherwise.
const FULL_CHROMA: u8 = 90;

/// Returns the resolution of chroma at a quality.
fn chroma(quality: u8, wanted: Chroma) -> Chroma {
    if wanted == Chroma::Auto && quality >= FULL_CHROMA { Chroma::Full } else { wanted }
}

/// Whether the chroma of a JPEG, as stored, is as the site wants it in a file made without decoding pixels. It may be finer than the
/// quality asks for.
fn keeps_chroma(header: &Header, policy: &ImagePolicy) -> bool {
    let is_full = header.coefficients.is_some_and(|coefficients| coefficients.chroma == StoredChroma::Full);
    policy.chroma != Chroma::Half || !is_full
}

/// Returns the recipe for a single requested file: the photo fitted into a box, or the full-size picture.
pub(in crate::plan) fn requested(site: &Site, request: &PhotoRequest) -> (Recipe, Size) {
    let PhotoRequest { photo, options, within } = request;
    let (header, policy) = (&site.photos[photo.index()].header, &site.images);
    let encode = |target| (encoded(header, options, policy, target), target);
    if let Some(geometry) = within {
        return encode(ladder::resized(options.seen(header), *geometry));
    }
    let PictureRecipes { size, mut sets, full } =
        recipes(header, options, policy, Showing::Fitted.widest(options.seen(header)));
    full.or_else(|| sets.pop()?.candidates.pop()).unwrap_or_else(|| encode(size))
}

/// Returns the recipe that records the results of decoding a photo.
pub(in crate::plan) fn survey(header: &Header, policy: &ImagePolicy) -> Recipe {
    Recipe::Survey { turn: header.orientation, colors: colors(header, policy), background: background(header, policy) }
}

/// Returns the colours of a recipe. Settings that do not affect the photo must not affect its recipe.
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

/// Whether browsers can show the unchanged file, in its colours.
fn can_be_kept(header: &Header) -> bool {
    header.format.is_shown_by_browsers() && header.color_space != ColorSpace::Foreign
}

/// Returns the formats for a photo; browsers should prefer earlier ones. Every browser supports the last one.
fn encodings(header: &Header, options: &PictureOptions, policy: &ImagePolicy) -> impl Iterator<Item = Encoding> {
    [plain_encoding(header, options, policy)].into_iter()
}

/// Returns the format that every browser supports: JPEG, or PNG for transparent pictures and for drawings in a lossless format that suits
/// them (PNG, GIF).
fn plain_encoding(header: &Header, options: &PictureOptions, policy: &ImagePolicy) -> Encoding {
    let transparent = header.alpha && policy.background.is_none();
    let PictureOptions { quality, progressive, .. } = *options;
    let jpeg = Encoding::Jpeg { quality, progressive, effort: policy.effort, chroma: chroma(quality, policy.chroma) };
    match header.format {
        Format::Jpeg | Format::Raw => jpeg,
        Format::Png if png_becomes_jpeg(header, policy) => jpeg,
        Format::Png | Format::Gif => Encoding::Png,
        Format::WebP | Format::Tiff | Format::Bmp | Format::Heic | Format::Jxl if transparent => Encoding::Png,
        Format::WebP | Format::Tiff | Format::Bmp | Format::Heic | Format::Jxl => jpeg,
    }
}

/// Whether the renditions of a PNG are JPEGs.
fn png_becomes_jpeg(header: &Header, policy: &ImagePolicy) -> bool {
    match (policy.png, header.png) {
        (PngPolicy::Auto, Some(PngContent::Photograph)) => true,
        (PngPolicy::Jpeg, Some(PngContent::Photograph | PngContent::Drawing)) => true,
        _ => header.alpha && policy.background.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Captions, Damaged};
    use pixels::{Effort, Metadata, Orientation};

    const SIZE: Size = Size { width: 1200, height: 800 };

    fn header() -> Header {
        Header {
            format: Format::Jpeg,
            stored: SIZE,
            orientation: Orientation::UPRIGHT,
            turned_beside: false,
            alpha: false,
            png: None,
            animated: false,
            color_space: ColorSpace::Srgb,
            bad_profile: false,
            rewritable: true,
            working_memory: 0,
            coefficients: Some(pixels::Coefficients { count: 0, kept: false, chroma: StoredChroma::Coarse }),
        }
    }

    /// Whether the full-size picture is made without decoding pixels.
    fn requantized(header: &Header, full: Full, colors: Colors) -> bool {
        let options = PictureOptions {
            quality: 75,
            auto_orient: true,
            metadata: Metadata::None,
            resize: None,
            progressive: true,
        };
        let policy = ImagePolicy {
            ladder: Ladder::Automatic,
            full,
            effort: Effort::Balanced,
            colors,
            chroma: Chroma::Auto,
            background: None,
            png: PngPolicy::Auto,
            damaged: Damaged::Warn,
            captions: Captions::default(),
        };
        let PictureRecipes { mut sets, full, .. } = recipes(header, &options, &policy, 1200);
        let candidates = sets.remove(0).candidates;
        assert!(matches!(candidates[0].0, Recipe::Encode(_)), "what is smaller needs pixels");
        let full = full.expect("a full size");
        assert_eq!(candidates.last(), Some(&full), "the largest of the ladder is the full size");
        matches!(full.0, Recipe::Requantize(_))
    }

    #[test]
    fn chroma_is_full_from_quality_90_on_unless_the_settings_say_otherwise() {
        for (quality, wanted, found) in [
            (89, Chroma::Auto, Chroma::Auto),
            (90, Chroma::Auto, Chroma::Full),
            (100, Chroma::Auto, Chroma::Full),
            (95, Chroma::Half, Chroma::Half),
            (60, Chroma::Full, Chroma::Full),
        ] {
            assert_eq!(chroma(quality, wanted), found, "{quality} {wanted:?}");
        }
    }

    #[test]
    fn coefficients_with_full_chroma_do_not_serve_a_site_that_wants_half_of_it() {
        let policy = |chroma| ImagePolicy { chroma, ..ImagePolicy::default() };
        let stored =
            |chroma| Header { coefficients: Some(pixels::Coefficients { count: 0, kept: false, chroma }), ..header() };
        for (chroma, expected) in
            [(StoredChroma::None, true), (StoredChroma::Coarse, true), (StoredChroma::Full, false)]
        {
            assert_eq!(keeps_chroma(&stored(chroma), &policy(Chroma::Half)), expected, "{chroma:?}");
            assert!(keeps_chroma(&stored(chroma), &policy(Chroma::Auto)));
            assert!(keeps_chroma(&stored(chroma), &policy(Chroma::Full)));
        }
    }

    #[test]
    fn the_format_of_a_png_follows_from_its_pixels_and_the_setting() {
        use PngContent::{Drawing, Photograph, Transparent};
        for (policy, jpegs) in
            [(PngPolicy::Auto, &[Photograph][..]), (PngPolicy::Keep, &[]), (PngPolicy::Jpeg, &[Photograph, Drawing])]
        {
            for content in [Photograph, Drawing, Transparent] {
                let png = Header { format: Format::Png, png: Some(content), alpha: content == Transparent, ..header() };
                let policy = ImagePolicy { png: policy, ..ImagePolicy::default() };
                assert_eq!(png_becomes_jpeg(&png, &policy), jpegs.contains(&content), "{content:?}");
                let white = ImagePolicy { background: Some(Background::WHITE), ..policy };
                let expected = jpegs.contains(&content) || content == Transparent;
                assert_eq!(png_becomes_jpeg(&png, &white), expected, "{content:?} on white");
            }
        }
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
