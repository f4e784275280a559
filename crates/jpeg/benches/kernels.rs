//! Speed of each kernel, in megasamples per second on one thread, for its specification and for the implementation chosen for this
//! processor: `cargo bench -p cimaise-jpeg --features kernels`.

use std::time::{Duration, Instant};

fn main() {
    println!("{:<28} {:>12} {:>12} {:>7}", "", "specified", "chosen", "times");
    for mut kernel in cimaise_jpeg::kernels::kernels() {
        let specified = rate(kernel.samples, &mut kernel.specified);
        let chosen = rate(kernel.samples, &mut kernel.chosen);
        println!("{:<28} {specified:>7.0} MS/s {chosen:>7.0} MS/s {:>7.1}", kernel.name, chosen / specified);
    }
}

/// Returns the best rate of many short runs, which other programs disturb least.
fn rate(samples: usize, job: &mut dyn FnMut()) -> f64 {
    const CALLS: usize = 20;
    let begin = Instant::now();
    let mut best = Duration::MAX;
    while begin.elapsed() < Duration::from_millis(500) {
        let start = Instant::now();
        (0..CALLS).for_each(|_| job());
        best = best.min(start.elapsed());
    }
    (CALLS * samples) as f64 / 1e6 / best.as_secs_f64()
}
