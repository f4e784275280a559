//! How large a picture may be. Checked against the header, before anything is allocated.

use crate::error::Error;
use crate::size::Size;

/// The longest side: what a JPEG can hold.
pub const MAX_SIDE: u32 = 65_535;

/// The most pixels.
pub const MAX_PIXELS: u64 = 400_000_000;

/// The size with these sides, if it is within the limits.
///
/// # Errors
/// [`Error::NoPixels`] or [`Error::TooLarge`].
pub fn check(width: u32, height: u32) -> Result<Size, Error> {
    let size = Size { width, height };
    if width == 0 || height == 0 {
        Err(Error::NoPixels)
    } else if size.long_edge() > MAX_SIDE || size.pixels() > MAX_PIXELS {
        Err(Error::TooLarge(size))
    } else {
        Ok(size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_and_pixels_are_limited() {
        assert!(check(MAX_SIDE, 1).is_ok());
        assert!(check(20_000, 20_000).is_ok());
        assert_eq!(check(0, 5), Err(Error::NoPixels));
        assert!(matches!(check(MAX_SIDE + 1, 1), Err(Error::TooLarge(_))));
        assert!(matches!(check(20_001, 20_000), Err(Error::TooLarge(_))));
        assert!(matches!(check(u32::MAX, u32::MAX), Err(Error::TooLarge(_))));
    }
}
