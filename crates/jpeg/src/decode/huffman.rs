//! Decoding of Huffman codes.

use super::bits::BitReader;
use super::stop::Stop;
use crate::error::Error;

/// Codes up to this many bits are decoded with one table lookup; longer ones are rare.
const DIRECT: u32 = 10;

/// The [`advance`](Coefficient::advance) of the symbol that ends a block: larger than the number of coefficients.
pub(super) const END: u8 = 128;

/// A table of codes, as a DHT segment defines it (T.81, B.2.4.2).
#[derive(Debug, Clone)]
pub(super) struct HuffmanTable {
    /// Symbol and code length for each prefix of [`DIRECT`] bits. Length 0: the code is longer, or there is no such code.
    direct: Box<[(u8, u8); 1 << DIRECT]>,
    /// The same for a code and the coefficient after it, if both fit.
    coefficients: Box<[Coefficient; 1 << DIRECT]>,
    /// By length: the first code that is too large for this length, shifted up to 16 bits.
    limits: [u32; 17],
    /// By length: the difference between a code and the index of its symbol.
    offsets: [i32; 17],
    symbols: Vec<u8>,
}

/// The kind of coefficients that a table codes (T.81, B.2.4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// The first coefficient of each block: symbols are sizes.
    Dc,
    /// All other coefficients: symbols are the number of zeros before them, and sizes.
    Ac,
}

/// A coefficient, with the zeros before it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Coefficient {
    pub(super) value: i16,
    /// Distance in places from the coefficient before; [`END`] if the block has no more.
    pub(super) advance: u8,
    /// Number of bits of code and value together; 0 if they are not known.
    pub(super) bits: u8,
}

impl HuffmanTable {
    /// A table from the number of codes of each length, and from the symbols by increasing length.
    pub(super) fn new(class: Class, counts: &[u8; 16], symbols: &[u8]) -> Result<Self, Error> {
        let mut table = Self {
            direct: Box::new([(0, 0); 1 << DIRECT]),
            coefficients: Box::new([Coefficient::default(); 1 << DIRECT]),
            limits: [0; 17],
            offsets: [0; 17],
            symbols: symbols.to_vec(),
        };
        let (mut code, mut at) = (0_u32, 0_usize);
        for length in 1..=16_u32 {
            let count = u32::from(counts[length as usize - 1]);
            table.offsets[length as usize] = at as i32 - code as i32;
            if code + count > 1 << length {
                return Err(Error::corrupt("a Huffman table has more codes than there can be"));
            }
            for symbol in &symbols[at..at + count as usize] {
                if length <= DIRECT {
                    let free = DIRECT - length;
                    table.direct[(code << free) as usize..][..1 << free].fill((*symbol, length as u8));
                }
                code += 1;
            }
            at += count as usize;
            table.limits[length as usize] = code << (16 - length);
            code <<= 1;
        }
        table.fill_coefficients(class);
        Ok(table)
    }

    fn fill_coefficients(&mut self, class: Class) {
        for (index, (symbol, length)) in self.direct.iter().enumerate() {
            let (zeros, size, length) = (symbol >> 4, u32::from(symbol & 15), u32::from(*length));
            if length == 0 || length + size > DIRECT || class == Class::Dc && zeros > 0 {
                continue;
            }
            if size == 0 {
                let advance = match (class, zeros) {
                    (Class::Dc, _) => 0,
                    // The end of a single block, in sequential and in progressive scans.
                    (Class::Ac, 0) => END,
                    (Class::Ac, _) => continue,
                };
                self.coefficients[index] = Coefficient { value: 0, advance, bits: length as u8 };
                continue;
            }
            let bits = (index as i32 >> (DIRECT - length - size)) & ((1 << size) - 1);
            let value = if bits >> (size - 1) == 0 { bits - (1 << size) + 1 } else { bits };
            self.coefficients[index] =
                Coefficient { value: value as i16, advance: zeros + 1, bits: (length + size) as u8 };
        }
    }

    /// Takes a symbol. The reader must have been filled.
    #[inline(always)]
    pub(super) fn symbol(&self, reader: &mut BitReader<'_>) -> Result<u8, Stop> {
        let (symbol, length) = self.direct[reader.peek(DIRECT) as usize];
        if length > 0 {
            reader.skip(u32::from(length));
            return Ok(symbol);
        }
        let (symbol, length) = self.long_symbol(reader.peek(16))?;
        reader.skip(length);
        Ok(symbol)
    }

    /// Returns the symbol with which these 16 bits begin, and the length of its code.
    #[cold]
    fn long_symbol(&self, bits: u32) -> Result<(u8, u32), Stop> {
        let length = (DIRECT + 1..=16).find(|length| bits < self.limits[*length as usize]).ok_or(Stop::Damage)?;
        let index = (bits >> (16 - length)) as i32 + self.offsets[length as usize];
        let symbol = self.symbols.get(index as usize).ok_or(Stop::Damage)?;
        Ok((*symbol, length))
    }

    /// Returns the next coefficient if code and value are short, without taking it. The reader must have been filled.
    #[inline(always)]
    pub(super) fn coefficient(&self, reader: &BitReader<'_>) -> Coefficient {
        self.coefficients[reader.peek(DIRECT) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_codes_are_found() {
        // 0, 10, 110, … and finally all 16-bit codes except the one of all ones.
        let counts = [1; 16];
        let symbols: Vec<u8> = (0..16).map(|symbol| symbol * 3).collect();
        let table = HuffmanTable::new(Class::Ac, &counts, &symbols).unwrap();
        for length in 1..=16_u32 {
            let code = (0xFFFE_u32 << (16 - length)) as u16;
            let bytes = [&code.to_be_bytes()[..], &[0; 8]]
                .concat()
                .iter()
                .flat_map(|byte| if *byte == 0xFF { vec![0xFF, 0] } else { vec![*byte] })
                .collect::<Vec<_>>();
            let mut reader = BitReader::new(&bytes, 0);
            reader.fill();
            assert_eq!(table.symbol(&mut reader).unwrap(), symbols[length as usize - 1], "{length}");
        }
        let mut reader = BitReader::new(&[0xFF, 0, 0xFF, 0, 0, 0], 0);
        reader.fill();
        assert!(matches!(table.symbol(&mut reader), Err(Stop::Damage)));
    }

    #[test]
    fn tables_with_too_many_codes_are_refused() {
        let mut counts = [0; 16];
        counts[0] = 3;
        assert!(HuffmanTable::new(Class::Ac, &counts, &[1, 2, 3]).is_err());
        counts[0] = 2;
        counts[1] = 1;
        assert!(HuffmanTable::new(Class::Ac, &counts, &[1, 2, 3]).is_err());
        assert!(HuffmanTable::new(Class::Ac, &[0; 16], &[]).is_ok());
    }
}
