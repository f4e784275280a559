//! IPTC's information interchange model (IIM 4.2), and Photoshop's resources, which contain it.

use super::charset;
use super::text;

/// Number of the resource with IIM.
const IIM: u16 = 0x0404;

/// The record of captions, names and places.
const APPLICATION: u8 = 2;

/// Limit on the datasets; programs write fewer.
const MOST_DATASETS: usize = 4096;

/// Returns Photoshop's resources: signature, number, name, length, data.
pub(crate) fn resources(bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let after = rest.strip_prefix(b"8BIM")?;
        let number = u16::from_be_bytes(*after.first_chunk()?);
        // The length of the name is one byte; together they are padded to an even length.
        let name = (usize::from(*after.get(2)?) + 1).next_multiple_of(2);
        let after = after.get(2 + name..)?;
        let length = u32::from_be_bytes(*after.first_chunk()?) as usize;
        let data = after.get(4..)?.get(..length)?;
        rest = after.get(4 + length.next_multiple_of(2)..).unwrap_or_default();
        Some((number, data))
    })
}

/// Returns the IIM among these resources.
pub(crate) fn in_resources(bytes: &[u8]) -> Option<&[u8]> {
    resources(bytes).find(|(number, _)| *number == IIM).map(|(_, data)| data)
}

/// Returns IIM as a single resource of Photoshop.
pub(crate) fn as_resource(iim: &[u8]) -> Vec<u8> {
    let mut resource = [&b"8BIM"[..], &IIM.to_be_bytes(), &[0, 0], &(iim.len() as u32).to_be_bytes(), iim].concat();
    resource.resize(resource.len().next_multiple_of(2), 0);
    resource
}

/// A parsed block.
#[derive(Debug, Clone, Default)]
pub(crate) struct Iptc<'a> {
    datasets: Vec<(u8, &'a [u8])>,
    latin: bool,
}

impl<'a> Iptc<'a> {
    /// Reads a block up to its first invalid dataset.
    pub(crate) fn parse(bytes: &'a [u8]) -> Self {
        let mut iptc = Self::default();
        let mut rest = bytes;
        while let &[0x1C, record, number, l1, l0, ref after @ ..] = rest {
            // Lengths beyond 32,767 have a different form, which texts never need.
            let length = usize::from(u16::from_be_bytes([l1, l0]));
            let Some(data) = after.get(..length).filter(|_| length < 0x8000) else { break };
            rest = &after[length..];
            match (record, number) {
                // Names in ISO 2022 of ISO 8859-1. UTF-8 is `ESC % G`; it is recognised without a
                // declaration, as others are.
                (1, 90) => iptc.latin = matches!(data, b"\x1B.A" | b"\x1B-A"),
                (APPLICATION, _) => iptc.datasets.push((number, data)),
                _ => {}
            }
            if iptc.datasets.len() == MOST_DATASETS {
                break;
            }
        }
        iptc
    }

    /// Returns the non-empty texts of a dataset of the application record.
    pub(crate) fn all(&self, number: u8) -> impl Iterator<Item = String> {
        let found = self.datasets.iter().filter(move |(found, _)| *found == number);
        let decode = |data: &[u8]| if self.latin { Some(text::decode_latin(data)) } else { charset::detect(data) };
        found.filter_map(move |(_, data)| text::clean(&decode(data)?))
    }

    /// Returns the first text of a dataset.
    pub(crate) fn first(&self, number: u8) -> Option<String> {
        self.all(number).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dataset(record: u8, number: u8, data: &[u8]) -> Vec<u8> {
        [&[0x1C, record, number][..], &(data.len() as u16).to_be_bytes(), data].concat()
    }

    #[test]
    fn each_character_set_is_read() {
        let utf8 = [dataset(1, 90, b"\x1B%G"), dataset(2, 80, "Zoë".as_bytes())].concat();
        let latin = [dataset(1, 90, b"\x1B.A"), dataset(2, 80, b"Zo\xEB")].concat();
        let untold = dataset(2, 80, b"Zo\xEB");
        // Valid UTF-8 by chance, but declared as something else.
        let declared = [dataset(1, 90, b"\x1B-A"), dataset(2, 80, b"\xC3\xAB")].concat();
        assert_eq!([&utf8, &latin, &untold].map(|bytes| Iptc::parse(bytes).first(80).unwrap()), ["Zoë"; 3]);
        assert_eq!(Iptc::parse(&declared).first(80).unwrap(), "Ã«");
    }

    #[test]
    fn repeated_datasets_are_a_list_and_damage_ends_it() {
        let bytes = [dataset(2, 25, b"sea"), dataset(2, 25, b" "), dataset(2, 25, b"wind"), vec![0x1C, 2, 25, 9, 9, 1]];
        let bytes = bytes.concat();
        assert_eq!(Iptc::parse(&bytes).all(25).collect::<Vec<_>>(), ["sea", "wind"]);
        for length in 0..bytes.len() {
            let _ = Iptc::parse(&bytes[..length]).all(25).count();
        }
    }

    #[test]
    fn it_is_found_among_photoshops_resources() {
        let iim = dataset(2, 5, b"odd");
        let bytes = [b"8BIM\x04\x0C\x04name\0\0\0\0\x03abc\0".to_vec(), as_resource(&iim)].concat();
        assert_eq!(in_resources(&bytes), Some(&iim[..]));
        assert_eq!(resources(&bytes).count(), 2);
        for length in 0..bytes.len() {
            let _ = in_resources(&bytes[..length]);
        }
    }
}
