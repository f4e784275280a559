//! Classification of files that begin with an `ftyp` box, by the brands that it lists.

use crate::base::isobmff;

/// Content of a file made of boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Brand {
    /// A still picture coded with HEVC, or with another coding in the same container.
    Heic,
    /// A still picture coded with AV1.
    Avif,
    /// Anything else, mostly videos.
    Other,
}

impl Brand {
    /// Returns the first known brand, beginning with the major brand. `None` if the file does not begin with an `ftyp` box.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        let first = isobmff::boxes(bytes).next().filter(|found| found.kind == *b"ftyp")?;
        let brands = first.body.as_chunks::<4>().0;
        // The number between the first and the other brands is a version.
        let mut known =
            brands.iter().enumerate().filter(|(place, _)| *place != 1).filter_map(|(_, brand)| match brand {
                b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" => Some(Self::Heic),
                // The same container with other codings, which are named when it is opened.
                b"avci" | b"avcs" | b"vvic" | b"vvis" | b"evbi" | b"jpeg" | b"jpgs" | b"j2ki" => Some(Self::Heic),
                b"avif" | b"avis" | b"avio" => Some(Self::Avif),
                _ => None,
            });
        // The brands declare a still picture without a codec.
        let still = brands.first().is_some_and(|brand| matches!(brand, b"mif1" | b"mif2" | b"msf1"));
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
        assert_eq!(of(b"avci\0\0\0\0mif1avci"), Some(Brand::Heic));
        assert_eq!(of(b"isom\0\0\0\0mp41"), Some(Brand::Other));
        assert_eq!(of(b"isomavif"), Some(Brand::Other));
        assert_eq!(Brand::of(b"\0\0\0\x08free"), None);
    }
}
