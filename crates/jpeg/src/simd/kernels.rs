//! Each kernel's specification and its implementation for this CPU, for `cargo bench --features kernels`.

use super::block::{BLOCK, Block, Steps};
use super::forward::{self, Quantized, Quantizer};
use super::inverse::{self, Extent};
use super::sums::Along;
use super::{dispatch, resample};

/// A kernel with test data.
pub struct Kernel {
    /// Name of the operation.
    pub name: &'static str,
    /// Number of samples that a call produces or consumes.
    pub samples: usize,
    /// The specification, compiled for any processor of the architecture.
    pub specified: Box<dyn FnMut()>,
    /// The implementation for this processor.
    pub chosen: Box<dyn FnMut()>,
}

/// Number of samples in a row.
const WIDTH: usize = 4096;

/// Number of blocks in a row.
const BLOCKS: usize = WIDTH / 8;

/// Returns all kernels.
#[must_use]
pub fn kernels() -> Vec<Kernel> {
    let samples: Vec<u8> = (0..8 * WIDTH).map(|at| (at * at / 7 % 251) as u8).collect();
    let mut kernels = vec![forward_kernel(samples.clone())];
    for (name, extent) in [("inverse, all frequencies", Extent::Full), ("inverse, low frequencies", Extent::Low)] {
        kernels.push(inverse_kernel(name, 8, extent, inverse::inverse, dispatch::inverse));
    }
    kernels.push(inverse_kernel("inverse to a half", 4, Extent::Full, inverse::inverse_half, dispatch::inverse_half));
    kernels.push(down_kernel(samples));
    for (name, apart) in
        [("along rows, 8 taps, near", 1), ("along rows, 8 taps, spread", 3), ("along rows, 8 taps, apart", 5)]
    {
        kernels.push(along_kernel(name, apart));
    }
    kernels
}

fn forward_kernel(samples: Vec<u8>) -> Kernel {
    let work = move |kernel: fn([&[u8]; 8], &Quantizer, &mut [Quantized])| {
        let (samples, quantizer) = (samples.clone(), Quantizer::new(&[20; BLOCK], &[150; BLOCK]));
        let mut blocks = vec![Quantized::EMPTY; BLOCKS];
        Box::new(move || {
            kernel(std::array::from_fn(|row| &samples[row * WIDTH..][..WIDTH]), &quantizer, &mut blocks);
        })
    };
    Kernel {
        name: "forward, quantized",
        samples: 8 * WIDTH,
        specified: work(forward::forward),
        chosen: work(dispatch::forward),
    }
}

type Inverse = fn(&[Block], &[Extent], &Steps, &mut [u8], usize);

fn inverse_kernel(name: &'static str, side: usize, extent: Extent, specified: Inverse, chosen: Inverse) -> Kernel {
    let mut block = [0; BLOCK];
    for (at, value) in block.iter_mut().enumerate() {
        let low = at < 32 && at % 8 < 4;
        *value = if low || extent == Extent::Full { 40 - at as i16 } else { 0 };
    }
    let work = move |kernel: Inverse| {
        let (blocks, extents) = (vec![block; BLOCKS], vec![extent; BLOCKS]);
        let mut samples = vec![0; side * side * BLOCKS];
        Box::new(move || kernel(&blocks, &extents, &[3; BLOCK], &mut samples, side * BLOCKS))
    };
    // Samples of the picture at its full size.
    Kernel { name, samples: 8 * WIDTH, specified: work(specified), chosen: work(chosen) }
}

fn down_kernel(samples: Vec<u8>) -> Kernel {
    let work = move |kernel: fn(&[&[u8]], &[i16], &mut [i16])| {
        let (samples, weights, mut out) = (samples.clone(), [2048; 8], vec![0; WIDTH]);
        Box::new(move || {
            let rows: [&[u8]; 8] = std::array::from_fn(|row| &samples[row * WIDTH..][..WIDTH]);
            kernel(&rows, &weights, &mut out);
        })
    };
    Kernel {
        name: "down columns, 8 taps",
        samples: WIDTH,
        specified: work(resample::down),
        chosen: work(dispatch::down),
    }
}

fn along_kernel(name: &'static str, apart: u32) -> Kernel {
    let work = move |kernel: fn(&[i16], &Along, &mut [u8])| {
        let sums = Along::new(8, (0..WIDTH as u32).map(|at| at * apart).collect(), vec![2048; 8 * WIDTH]);
        let (row, mut out) = (vec![5000; sums.reach()], vec![0; WIDTH]);
        Box::new(move || kernel(&row, &sums, &mut out))
    };
    Kernel { name, samples: WIDTH, specified: work(resample::along), chosen: work(dispatch::along) }
}
