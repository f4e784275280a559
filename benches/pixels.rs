//! Speed of rendering, in megapixels of the source per second on one thread: `cargo bench --bench pixels`.
//!
//! The source is generated: gradients with grain, which cost decoder and encoder about as much as a photograph. To measure
//! your own photo, give its path: `cargo bench --bench pixels -- photo.jpg`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use pixels::{
    Background, Chroma, Colors, Effort, Encode, Encoding, Header, Metadata, Orientation, Recipe, Requantize, Size,
    read_header, render,
};

fn main() {
    let path = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let bytes = match path {
        Some(path) => std::fs::read(path).expect("a readable file"),
        None => photo(6000, 4000),
    };
    let header = read_header(&bytes).expect("a picture");
    let display = header.display();
    println!("{} x {}, {} kB", display.width, display.height, bytes.len() / 1000);

    let five = [450, 600, 800, 1366, 1920].map(|height| recipe(&header, height, false));
    let progressive = [450, 600, 800, 1366, 1920].map(|height| recipe(&header, height, true));
    measure("header", &header, || drop(black_box(read_header(&bytes))));
    let run = |recipes: &[Recipe]| drop(black_box(render(&bytes, &header, recipes).expect("a rendition")));
    measure("decode, halve", &header, || run(&[placeholder(header.orientation)]));
    measure("one of height 450", &header, || run(&five[..1]));
    measure("one of height 1920", &header, || run(&five[4..]));
    measure("five sizes", &header, || run(&five));
    measure("five sizes, progressive", &header, || run(&progressive));
    measure("full size, encoded again", &header, || run(&[recipe(&header, display.height, false)]));
    if header.requantizes() {
        measure("full size, requantized", &header, || run(&[requantized(&header)]));
    }
    measure("full size, kept", &header, || run(&[Recipe::Keep { metadata: Metadata::Credit }]));
}

/// Runs for about two seconds and prints the best time, which other programs disturb least.
fn measure(name: &str, header: &Header, mut job: impl FnMut()) {
    let begin = Instant::now();
    let mut best = Duration::MAX;
    while begin.elapsed() < Duration::from_secs(2) {
        let start = Instant::now();
        job();
        best = best.min(start.elapsed());
    }
    let megapixels = header.stored.pixels() as f64 / 1e6;
    println!("{name:<26} {:>9.2} ms {:>9.0} MP/s", best.as_secs_f64() * 1e3, megapixels / best.as_secs_f64());
}

fn recipe(header: &Header, height: u32, progressive: bool) -> Recipe {
    let display = header.display();
    let height = height.min(display.height);
    let width = (u64::from(display.width) * u64::from(height)).div_ceil(u64::from(display.height)) as u32;
    let size = Size { width: width.min(display.width), height };
    Recipe::Encode(Encode {
        size,
        halvings: header.halvings(header.orientation.apply(size)),
        turn: header.orientation,
        encoding: Encoding::Jpeg { quality: 75, progressive, effort: Effort::Balanced, chroma: Chroma::Auto },
        metadata: Metadata::None,
        colors: Colors::Keep,
        background: Background::WHITE,
    })
}

fn requantized(header: &Header) -> Recipe {
    Recipe::Requantize(Requantize {
        size: header.display(),
        turn: header.orientation,
        encoding: Encoding::Jpeg { quality: 75, progressive: false, effort: Effort::Balanced, chroma: Chroma::Auto },
        metadata: Metadata::None,
    })
}

fn placeholder(turn: Orientation) -> Recipe {
    Recipe::Survey { turn, colors: Colors::Keep, background: Background::WHITE }
}

fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut grain = 1_u32;
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|i| {
            grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (x, y, grain) = (i % width, i / width, grain >> 28);
            let wave = (x / 7 * (y / 11)) % 64;
            [x * 180 / width + wave + grain, y * 180 / height + wave / 2 + grain, (x + y) % 200 + grain]
                .map(|c| c as u8)
        })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(&pixels, width as u16, height as u16, ColorType::Rgb).expect("encodable");
    bytes
}
