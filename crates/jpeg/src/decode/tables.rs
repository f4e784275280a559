//! The tables that are defined between scans.

use std::sync::Arc;

use super::huffman::{Class, HuffmanTable};
use super::standard::STANDARD;
use crate::error::Error;
use crate::simd::Steps;
use crate::zigzag::TRANSPOSED;

/// All tables, as last defined.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    quantization: [Option<Steps>; 4],
    dc: [Option<Arc<HuffmanTable>>; 4],
    ac: [Option<Arc<HuffmanTable>>; 4],
}

impl Tables {
    /// Reads a DQT segment: any number of quantization tables (T.81, B.2.4.1).
    pub(super) fn quantization(&mut self, payload: &[u8]) -> Result<(), Error> {
        let mut rest = payload;
        while let Some((&head, tail)) = rest.split_first() {
            let (wide, number) = (head >> 4 != 0, usize::from(head & 15));
            let length = if wide { 128 } else { 64 };
            let (Some((steps, tail)), Some(table)) = (tail.split_at_checked(length), self.quantization.get_mut(number))
            else {
                return Err(corrupt("a quantization table is cut off, or has an impossible number"));
            };
            let step = |at: usize| match wide {
                true => u16::from_be_bytes([steps[2 * at], steps[2 * at + 1]]) as i16,
                false => i16::from(steps[at]),
            };
            let mut found = [0; 64];
            (0..64).for_each(|at| found[usize::from(TRANSPOSED[at])] = step(at));
            *table = Some(found);
            rest = tail;
        }
        Ok(())
    }

    /// Reads a DHT segment: any number of Huffman tables (T.81, B.2.4.2).
    pub(super) fn huffman(&mut self, payload: &[u8]) -> Result<(), Error> {
        let mut rest = payload;
        while let Some((&head, tail)) = rest.split_first() {
            let short = || corrupt("a Huffman table is cut off");
            let (counts, tail) = tail.split_first_chunk::<16>().ok_or_else(short)?;
            let total = counts.iter().map(|count| usize::from(*count)).sum();
            let (symbols, tail) = tail.split_at_checked(total).ok_or_else(short)?;
            let (class, tables) = if head >> 4 == 0 { (Class::Dc, &mut self.dc) } else { (Class::Ac, &mut self.ac) };
            let table = tables.get_mut(usize::from(head & 15));
            *table.ok_or_else(|| corrupt("there are four Huffman tables at most"))? =
                Some(Arc::new(HuffmanTable::new(class, counts, symbols)?));
            rest = tail;
        }
        Ok(())
    }

    /// Returns the Huffman table for first coefficients with this number.
    pub(super) fn dc(&self, number: usize) -> Result<&Arc<HuffmanTable>, Error> {
        let tables = if self.has_none() { &STANDARD.dc[..] } else { &self.dc };
        defined(tables, number, "a Huffman table is missing")
    }

    /// Returns the Huffman table for all other coefficients with this number.
    pub(super) fn ac(&self, number: usize) -> Result<&Arc<HuffmanTable>, Error> {
        let tables = if self.has_none() { &STANDARD.ac[..] } else { &self.ac };
        defined(tables, number, "a Huffman table is missing")
    }

    /// Whether the file has defined no Huffman table so far.
    fn has_none(&self) -> bool {
        self.dc.iter().chain(&self.ac).all(Option::is_none)
    }

    /// Returns the quantization table with this number.
    pub(super) fn steps(&self, number: u8) -> Result<Steps, Error> {
        defined(&self.quantization, usize::from(number), "a quantization table is missing").copied()
    }
}

fn defined<'a, T>(tables: &'a [Option<T>], number: usize, missing: &str) -> Result<&'a T, Error> {
    tables.get(number).and_then(Option::as_ref).ok_or_else(|| corrupt(missing))
}

fn corrupt(detail: &str) -> Error {
    Error::corrupt(detail)
}
