//! Checking sizes against the limits.

use crate::error::Error;
use crate::limits::{MAX_PIXELS, MAX_SIDE};
use crate::size::Size;

/// Returns the size with these sides, in pixels, if it is within the limits.
///
/// # Errors
/// [`Error::NoPixels`] if a side is 0, [`Error::TooLarge`] beyond the limits.
pub fn check_size(width: u32, height: u32) -> Result<Size, Error> {
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
        assert!(check_size(MAX_SIDE, 1).is_ok());
        assert!(check_size(20_000, 20_000).is_ok());
        assert_eq!(check_size(0, 5), Err(Error::NoPixels));
        assert!(matches!(check_size(MAX_SIDE + 1, 1), Err(Error::TooLarge(_))));
        assert!(matches!(check_size(20_001, 20_000), Err(Error::TooLarge(_))));
        assert!(matches!(check_size(u32::MAX, u32::MAX), Err(Error::TooLarge(_))));
    }
}
