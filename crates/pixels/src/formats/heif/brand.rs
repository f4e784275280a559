//! Telling the files that begin with a box `ftyp` from each other, by the brands that it lists.

use crate::base::isobmff;

/// What a file of boxes holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Brand {
    /// A still picture of HEVC.
    Heic,
    /// A still picture of AV1.
    Avif,
    /// Anything else: films, most of all.
    Other,
}

impl Brand {
    /// The first brand that is known, beginning with the one that the file is best read as. `None` if the file does not
    /// begin with brands.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let first = isobmff::boxes(bytes).next().filter(|found| found.kind == *b"ftyp")?;
        let brands = first.body.as_chunks::<4>().0;
        // The number between the first and the others is a version.
        let mut known =
            brands.iter().enumerate().filter(|(place, _)| *place != 1).filter_map(|(_, brand)| match brand {
                b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" => Some(Self::Heic),
                b"avif" | b"avis" | b"avio" => Some(Self::Avif),
                _ => None,
            });
        // A still picture of some kind, as far as its brands tell.
        let still = brands.first().is_some_and(|brand| matches!(brand, b"mif1" | b"msf1"));
        Some(known.next().unwrap_or(if still { Self::Heic } else { Self::Other }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_brand_decides() {
        let of = |brands: &[u8]| {
            let length = (brands.len() as u32 + 8).to_be_bytes();
            Brand::of(&[&length[..], b"ftyp", brands].concat())
        };
        assert_eq!(of(b"heic\0\0\0\0mif1heic"), Some(Brand::Heic));
        assert_eq!(of(b"mif1\0\0\0\0mif1avifmiaf"), Some(Brand::Avif));
        assert_eq!(of(b"mif1\0\0\0\0mif1heix"), Some(Brand::Heic));
        assert_eq!(of(b"msf1\0\0\0\0"), Some(Brand::Heic));
        assert_eq!(of(b"isom\0\0\0\0mp41"), Some(Brand::Other));
        assert_eq!(of(b"isomavif"), Some(Brand::Other));
        assert_eq!(Brand::of(b"\0\0\0\x08free"), None);
    }
}
