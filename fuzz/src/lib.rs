//! What the targets of pictures share: one rendering of everything, in which nothing may go wrong but what is said here.
//!
//! A panic inside of a dependency costs one photo, because it is caught there; it is no finding. A panic of ours is one, and so
//! is what nobody can catch: an abort, a stack that overflows, a hang. Memory is one as well: a header tells how much rendering
//! takes at most, and builds rely on it.

use std::panic::{self, AssertUnwindSafe};

use peak_alloc::PeakAlloc;
use pixels::{
    Background, Chroma, Colors, Effort, Encode, Encoding, Format, Header, Metadata, Recipe, Requantize, Size, read_header,
    render,
};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What the harness and results take; and the 16 MiB that WebP's decoder may ask for, but never touches, before it sees that a part of a file
/// is not as long as it says.
const BESIDE: u64 = 24 << 20;

/// No more pixels than that are rendered, so that there can be many runs.
const MOST_PIXELS: u64 = 1 << 16;

/// From now on, a panic inside of a dependency unwinds; libFuzzer's own hook ends the process for any other.
pub fn forgive_dependencies() {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let elsewhere = info.location().is_some_and(|place| place.file().contains("/registry/src/"));
        if !elsewhere {
            hook(info);
        }
    }));
}

/// Calls `work`, and forgives it a panic that the hook has let through.
pub fn forgiven<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Reads a picture and, if it is of such a format, makes small renditions of all kinds of it.
pub fn render_all(bytes: &[u8], is_wanted: impl Fn(Format) -> bool) {
    let Some(Ok(header)) = forgiven(|| read_header(bytes)) else { return };
    if !is_wanted(header.format) || header.stored.pixels() > MOST_PIXELS {
        return;
    }
    let recipes = recipes(&header);
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let results = forgiven(|| render(bytes, &header, &recipes));
    let taken = MEMORY.peak_usage().saturating_sub(before) as u64;
    let reckoned = header.working_memory + BESIDE + 8 * bytes.len() as u64;
    assert!(taken <= reckoned, "{taken} bytes were taken where {} were reckoned", header.working_memory);
    if let Some(Ok(results)) = results {
        for (result, recipe) in results.iter().zip(&recipes) {
            let size = match recipe {
                Recipe::Encode(encode) => encode.size,
                Recipe::Requantize(requantize) => requantize.size,
                _ => continue,
            };
            assert_eq!(read_header(result).expect("our own picture").stored, size);
        }
    }
}

/// A third and a ninth of the picture's own size: some decoders give a half or a quarter themselves. And its own size, without pixels where
/// that can be.
fn recipes(header: &Header) -> Vec<Recipe> {
    let turn = header.orientation;
    let background = Background::WHITE;
    let encode = |part, encoding, colors| {
        let side = |side: u32| side.div_ceil(part);
        let size = Size { width: side(header.display().width), height: side(header.display().height) };
        let halvings = header.halvings(turn.apply(size));
        Recipe::Encode(Encode {
            size,
            halvings,
            turn,
            encoding,
            metadata: Metadata::AllButLocation,
            colors,
            background,
        })
    };
    let mut recipes = vec![
        encode(3, Encoding::Jpeg { quality: 75, progressive: true, effort: Effort::Balanced, chroma: Chroma::Auto }, Colors::Keep),
        encode(9, Encoding::Jpeg { quality: 75, progressive: false, effort: Effort::Balanced, chroma: Chroma::Auto }, Colors::Keep),
        encode(3, Encoding::Png, Colors::Srgb),
        Recipe::Survey { turn, colors: Colors::Keep, background },
    ];
    if header.requantizes() {
        let encoding = Encoding::Jpeg { quality: 75, progressive: true, effort: Effort::Balanced, chroma: Chroma::Auto };
        let metadata = Metadata::AllButLocation;
        recipes.push(Recipe::Requantize(Requantize { size: header.display(), turn, encoding, metadata }));
    }
    recipes
}
