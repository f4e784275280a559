//! Scans that interleave the blocks of all components (T.81, A.2.3): the first coefficients of a progressive file, and all of a
//! sequential file.

use super::bits::BitWriter;
use super::component::CodedComponent;
use super::huffman::{Code, Histogram};
use super::script::Band;
use super::segments::{self, CodeSlot};
use super::tokens::{Coded, Tokens, coded, goes_on};
use crate::error::Error;

/// Symbol: end of a block (T.81, F.1.2.2).
const END: usize = 0x00;

/// Number of code kinds: luma and chroma. A picture of one component uses only the former.
const KINDS: usize = 2;

/// Returns the scan of a progressive file with the first coefficients of all blocks.
pub(super) fn means(components: &[CodedComponent]) -> Result<Vec<u8>, Error> {
    let codes = codes_of_means(components);
    let mut bytes = Vec::new();
    segments::codes(&mut bytes, &used(&codes, [CodeSlot::DcLuma, CodeSlot::DcChroma]))?;
    segments::scan(&mut bytes, 0..components.len(), Band { first: 0, last: 0, high: 0, low: 0 })?;
    let mut writer = BitWriter::new(&mut bytes);
    each_difference(components, |number, difference, _| put(&codes[number.min(1)], difference, &mut writer));
    writer.finish();
    Ok(bytes)
}

/// Returns the scan of a sequential file. Each component has one band, in which each block has its own end; blocks that pad units consist
/// of their ends alone.
pub(super) fn all(components: &[CodedComponent]) -> Result<Vec<u8>, Error> {
    let means = codes_of_means(components);
    let mut histograms = [[0; 256]; KINDS];
    for (number, component) in components.iter().enumerate() {
        let histogram = &mut histograms[number.min(1)];
        let more = &component.bands[0].tokens.histogram;
        histogram.iter_mut().zip(more.iter()).for_each(|(all, more)| *all += more);
        histogram[END] += (component.padded() - component.columns * component.rows) as u32;
    }
    let others = histograms.map(|histogram| Code::best(&histogram));
    let codes = [0, 1].map(|kind| Coded::new(&others[kind], false));

    let mut bytes = Vec::new();
    segments::codes(&mut bytes, &used(&means, [CodeSlot::DcLuma, CodeSlot::DcChroma]))?;
    segments::codes(&mut bytes, &used(&others, [CodeSlot::AcLuma, CodeSlot::AcChroma]))?;
    segments::scan(&mut bytes, 0..components.len(), Band { first: 0, ..Band::WHOLE })?;
    let mut writer = BitWriter::new(&mut bytes);
    // For each component and each row of blocks in a unit, the position of the next token.
    let mut places: Vec<Vec<usize>> = components.iter().map(|component| vec![0; component.factors[1]]).collect();
    each_difference(components, |number, difference, [column, row]| {
        let (component, kind) = (&components[number], number.min(1));
        put(&means[kind], difference, &mut writer);
        let place = &mut places[number][row % component.factors[1]];
        if column == 0 {
            *place = component.starts.get(row).copied().unwrap_or(0);
        }
        if column < component.columns && row < component.rows {
            *place = block(&component.bands[0].tokens, *place, &codes[kind], &mut writer);
        } else {
            codes[kind].write((END << 8) as u16, &mut writer);
        }
    });
    writer.finish();
    Ok(bytes)
}

/// Writes the block whose tokens begin at `place`. Returns the start of the next block.
fn block(tokens: &Tokens, mut place: usize, coded: &Coded, writer: &mut BitWriter<'_>) -> usize {
    let mut next = 1;
    while next < 64
        && let Some(token) = tokens.get(place)
    {
        coded.write(token, writer);
        place += 1;
        if goes_on(token)
            && let Some(token) = tokens.get(place)
        {
            coded.write(token, writer);
            place += 1;
        }
        let symbol = usize::from(token >> 8);
        if symbol == END {
            break;
        }
        next += (symbol >> 4) + 1;
    }
    place
}

/// Returns the codes that have symbols, with their tables.
fn used(codes: &[Code; KINDS], tables: [CodeSlot; KINDS]) -> Vec<(CodeSlot, &Code)> {
    tables.into_iter().zip(codes).filter(|(_, code)| !code.symbols.is_empty()).collect()
}

fn codes_of_means(components: &[CodedComponent]) -> [Code; KINDS] {
    let mut histograms: [Histogram; KINDS] = [[0; 256]; KINDS];
    each_difference(components, |number, difference, _| {
        let (size, _) = coded(difference.unsigned_abs(), difference < 0);
        histograms[number.min(1)][size as usize] += 1;
    });
    histograms.map(|histogram| Code::best(&histogram))
}

/// Writes the difference of two first coefficients (T.81, F.1.2.1).
#[inline]
fn put(code: &Code, difference: i32, writer: &mut BitWriter<'_>) {
    let (size, bits) = coded(difference.unsigned_abs(), difference < 0);
    let prefix = code.prefixes[size as usize % 256];
    writer.put(u64::from(prefix >> 8) << size | u64::from(bits), (prefix & 0xFF) + size);
}

/// Visits all blocks in the order of minimum coded units. `visit` gets the number of the component, the difference of the first
/// coefficient from that of the block before, and the column and row.
#[inline]
fn each_difference(components: &[CodedComponent], mut visit: impl FnMut(usize, i32, [usize; 2])) {
    let mut last = [0; 3];
    let [across, down] = components.first().map_or([0; 2], CodedComponent::units);
    for y in 0..down {
        for x in 0..across {
            for (number, component) in components.iter().enumerate() {
                let [width, height] = component.factors;
                for row in y * height..(y + 1) * height {
                    for column in x * width..(x + 1) * width {
                        let mean = i32::from(component.means[row * component.stride + column]);
                        visit(number, mean - last[number], [column, row]);
                        last[number] = mean;
                    }
                }
            }
        }
    }
}
