//! One photo to five progressive JPEGs through the library, for comparison with other programs (`benches/peers/engine.sh`).
//!
//! Arguments: the photo, a folder for the results, the number of repetitions (default 1), and the number of threads (default 1). Every
//! repetition includes reading the file and writing the five results.

use std::path::Path;

use pixels::{
    Background, Chroma, Colors, Effort, Encode, Encoding, Header, Metadata, Parallelism, Recipe, Sequential, Size,
    read_header, render_with,
};
use rayon::prelude::*;

const HEIGHTS: [u32; 5] = [450, 600, 800, 1366, 1920];

fn main() {
    // Cargo adds an option of its own when it runs a benchmark.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (Some(photo), Some(folder)) = (arguments.next(), arguments.next()) else {
        println!("arguments: PHOTO FOLDER [REPETITIONS [THREADS]]");
        return;
    };
    let mut count = || arguments.next().map_or(1, |count| count.parse().expect("a number"));
    let (repetitions, threads): (usize, usize) = (count(), count());
    let pool = (threads > 1).then(|| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads"));
    for _ in 0..repetitions {
        let run = || run(Path::new(&photo), Path::new(&folder), threads);
        match &pool {
            Some(pool) => pool.install(run),
            None => run(),
        }
    }
}

fn run(photo: &Path, folder: &Path, threads: usize) {
    let bytes = std::fs::read(photo).expect("a readable photo");
    let header = read_header(&bytes).expect("a picture");
    let mut heights: Vec<u32> = HEIGHTS.iter().map(|height| *height.min(&header.display().height)).collect();
    heights.dedup();
    let recipes: Vec<Recipe> = heights.iter().map(|height| recipe(&header, *height)).collect();
    let hands: &dyn Parallelism = if threads > 1 { &Threads } else { &Sequential };
    let results = render_with(&bytes, &header, &recipes, hands).expect("five renditions");
    for (height, result) in heights.iter().zip(results) {
        std::fs::write(folder.join(format!("{height}.jpg")), result).expect("a writable folder");
    }
}

/// The threads of the pool on which it is called.
struct Threads;

impl Parallelism for Threads {
    fn count(&self) -> usize {
        rayon::current_num_threads()
    }

    fn each(&self, count: usize, work: &(dyn Fn(usize) + Sync)) {
        (0..count).into_par_iter().for_each(work);
    }
}

fn recipe(header: &Header, height: u32) -> Recipe {
    let display = header.display();
    let width = (u64::from(display.width) * u64::from(height)).div_ceil(u64::from(display.height)) as u32;
    let size = Size { width: width.min(display.width), height };
    Recipe::Encode(Encode {
        size,
        halvings: header.halvings(header.orientation.apply(size)),
        turn: header.orientation,
        encoding: Encoding::Jpeg { quality: 75, progressive: true, effort: Effort::Balanced, chroma: Chroma::Auto },
        metadata: Metadata::None,
        colors: Colors::Keep,
        background: Background::WHITE,
    })
}
