//! From files to planes and back: what the crate does for its callers, in one call each.

use crate::decode::{self, Decoded, Samples};
use crate::error::Error;
use crate::layout::Layout;
use crate::parallel::Parallelism;
use crate::requantize::{self, Requantized};

/// Decodes a file whose `layout` has been read, and hands its coefficients to `beside`, too. A damaged file is decoded as far as it goes.
///
/// Samples of more than 8 bits have level 0 only; it is what comes then, whatever was wanted.
///
/// # Errors
/// If nothing of the picture can be decoded, or if there is no memory left.
pub fn decode(
    bytes: &[u8],
    layout: &Layout<'_>,
    wanted: &Samples<'_>,
    beside: &mut [Requantized],
    parallelism: &dyn Parallelism,
) -> Result<Decoded, Error> {
    decode::decode(bytes, layout, wanted, beside, parallelism)
}

impl Layout<'_> {
    /// Whether the coefficients of this file can be written again: those of gray or Y'CbCr with 8 bits, and with sampling factors that
    /// other decoders read, too, which is to say that the largest is a multiple of each.
    #[must_use]
    pub fn is_rewritable(&self) -> bool {
        requantize::suits(self)
    }

    /// Whether decoding `bytes`, the file of this header, keeps all coefficients in memory: it has more scans than are read at once.
    #[must_use]
    pub fn keeps_coefficients(&self, bytes: &[u8]) -> bool {
        decode::keeps_all(bytes, self)
    }
}
