//! How a picture is made of items: a coded picture, a grid of tiles, or pictures over each other.
//!
//! In: the tables of a file. Out: the items to decode, within limits, and where each belongs. Must not know samples.

use jpeg::{Size, check_size};

use super::items::{ItemTables, damaged};
use super::raster::TileRaster;
use super::stream::CodedItem;
use super::transforms::DisplayedPart;
use crate::base::box_cursor::BoxCursor;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::limits::MAX_PIXELS;

/// Limit on the bytes decoded as items, in multiples of the file's length; tiles of a grid count as often as they are referenced.
const MOST_OVERLAP: u64 = 2;
/// Number of bytes that may be decoded whatever the length of the file.
const FREE: u64 = 1 << 20;
/// Limit on the bytes of decoder configurations, of all tiles together.
const MOST_CONFIGURATION: u64 = 4 << 20;
/// Limit on the number of pictures that repeat another one.
const MOST_IDENTITIES: usize = 32;

/// A picture made of items.
#[derive(Debug)]
pub(super) struct ItemPicture<'a> {
    pub(super) layers: Layers<'a>,
    /// The displayed part.
    pub(super) part: DisplayedPart,
    /// Size before cropping and turning.
    pub(super) size: Size,
    /// The item, and those that it repeats.
    pub(super) chain: Vec<u32>,
    /// The items by which it is described, in order of precedence.
    pub(super) described: Vec<u32>,
}

/// The content of a picture.
#[derive(Debug)]
pub(super) enum Layers<'a> {
    One(TileRaster<'a>),
    Overlay(ItemOverlay<'a>),
}

/// Pictures over each other, on a canvas (ISO/IEC 23008-12, 6.6.2.2).
#[derive(Debug)]
pub(super) struct ItemOverlay<'a> {
    /// Red, green, blue and opacity of the canvas.
    pub(super) fill: [u16; 4],
    /// Pictures from the bottom to the top, with the place of their left upper corner.
    pub(super) inputs: Vec<(ItemPicture<'a>, [i32; 2])>,
}

/// What is left of the limits.
#[derive(Debug)]
pub(super) struct ItemBudget {
    data: u64,
    configuration: u64,
    pixels: u64,
}

impl ItemBudget {
    pub(super) fn for_file(length: usize) -> Self {
        let data = MOST_OVERLAP * length as u64 + FREE;
        Self { data, configuration: MOST_CONFIGURATION, pixels: MAX_PIXELS }
    }

    fn spend(&mut self, item: &CodedItem<'_>) -> Result<(), Error> {
        let [data, configuration] = item.lengths();
        let left = self.data.checked_sub(data).zip(self.configuration.checked_sub(configuration));
        let Some((data, configuration)) = left else {
            return Err(damaged("its boxes ask for far more than they hold"));
        };
        let pixels = self.pixels.checked_sub(item.shape.coded).ok_or(Error::TooMuchMemory)?;
        *self = Self { data, configuration, pixels };
        Ok(())
    }
}

impl<'a> ItemPicture<'a> {
    /// Finds the items of a picture. `is_input`: whether it belongs to an overlay, which must not contain another.
    pub(super) fn find(
        tables: &ItemTables<'a>,
        item: u32,
        budget: &mut ItemBudget,
        is_input: bool,
    ) -> Result<Self, Error> {
        let mut described = vec![item];
        let mut last = item;
        while tables.kind(last)? == *b"iden" {
            let [source] = tables.targets(*b"dimg", last) else {
                return Err(damaged("a picture repeats no other one"));
            };
            if described.len() > MOST_IDENTITIES {
                return Err(damaged("pictures repeat each other"));
            }
            last = *source;
            described.push(last);
        }
        described.iter().try_for_each(|item| understood(tables, *item))?;
        let chain = described.clone();
        let (layers, size) = match &tables.kind(last)? {
            b"iovl" if !is_input => overlay(tables, last, budget)?,
            b"grid" => {
                described.extend(tables.targets(*b"dimg", last));
                let raster = grid(tables, last, budget)?;
                let size = raster.size;
                (Layers::One(raster), size)
            }
            _ => {
                let raster = TileRaster::single(coded(tables, last, budget)?);
                let size = raster.size;
                (Layers::One(raster), size)
            }
        };
        if let Layers::Overlay(ItemOverlay { inputs, .. }) = &layers {
            described.extend(inputs.iter().flat_map(|(input, _)| &input.described));
        }
        // Those of the source come first.
        let whole = DisplayedPart::whole(size);
        let part = chain.iter().rev().try_fold(whole, |part, item| part.transformed(tables, *item))?;
        Ok(Self { layers, part, size, chain, described })
    }
}

fn coded<'a>(tables: &ItemTables<'a>, item: u32, budget: &mut ItemBudget) -> Result<CodedItem<'a>, Error> {
    let kind = tables.kind(item)?;
    if !matches!(&kind, b"hvc1" | b"hev1") {
        return Err(Error::unsupported(Format::Heic, coding(kind)));
    }
    let config = tables.property(item, *b"hvcC").ok_or_else(|| damaged("a picture has no configuration"))?;
    let found = CodedItem::new(config, tables.data(item)?, kind == *b"hev1")?;
    budget.spend(&found)?;
    Ok(found)
}

/// Returns the words for a coding that is not supported.
fn coding(kind: [u8; 4]) -> String {
    let name = match &kind {
        b"avc1" | b"avc2" | b"avc3" | b"avc4" => "H.264 pictures",
        b"lhv1" | b"lhe1" => "layered pictures (L-HEVC)",
        b"vvc1" | b"vvi1" => "H.266 pictures",
        b"evc1" => "EVC pictures",
        b"av01" => "AV1 pictures",
        b"jpeg" | b"mjpg" => "JPEG pictures",
        b"j2k1" => "JPEG 2000 pictures",
        b"unci" => "uncompressed pictures",
        b"iovl" => "overlays of overlays",
        b"grid" => "grids of grids",
        b"iden" => "grids of repeated pictures",
        b"tmap" => "pictures that are only a mapping of tones",
        other => return format!("items of type {}", other.escape_ascii()),
    };
    name.to_owned()
}

fn grid<'a>(tables: &ItemTables<'a>, item: u32, budget: &mut ItemBudget) -> Result<TileRaster<'a>, Error> {
    let data = tables.data(item)?.concat();
    let read = || {
        let mut cursor = BoxCursor::new(&data);
        let wide = if cursor.small(2)? & 1 == 1 { 4 } else { 2 };
        let [rows, columns] = [cursor.small(1)? as usize + 1, cursor.small(1)? as usize + 1];
        Some((rows, columns, cursor.small(wide)?, cursor.small(wide)?))
    };
    let (rows, columns, width, height) = read().ok_or(Error::Truncated(Format::Heic))?;
    let ids = tables.targets(*b"dimg", item);
    if ids.len() != rows * columns {
        return Err(damaged("its grid has another number of tiles than rows and columns"));
    }
    let size = check_size(width, height)?;
    let mut tiles = Vec::with_capacity(ids.len());
    for id in ids {
        understood(tables, *id)?;
        tiles.push(coded(tables, *id, budget)?);
    }
    TileRaster::grid(tiles, columns, size)
}

fn overlay<'a>(tables: &ItemTables<'a>, item: u32, budget: &mut ItemBudget) -> Result<(Layers<'a>, Size), Error> {
    let data = tables.data(item)?.concat();
    let ids = tables.targets(*b"dimg", item);
    let read = || {
        let mut cursor = BoxCursor::new(&data);
        let wide = if cursor.small(2)? & 1 == 1 { 4 } else { 2 };
        let mut fill = [0; 4];
        for level in &mut fill {
            *level = cursor.small(2)? as u16;
        }
        let [width, height] = [cursor.small(wide)?, cursor.small(wide)?];
        let mut places = Vec::new();
        for _ in ids {
            places.push([cursor.signed(wide)?, cursor.signed(wide)?]);
        }
        Some((fill, width, height, places))
    };
    let (fill, width, height, places) = read().ok_or(Error::Truncated(Format::Heic))?;
    let mut inputs = Vec::new();
    for (id, place) in ids.iter().zip(places) {
        inputs.push((ItemPicture::find(tables, *id, budget, true)?, place));
    }
    Ok((Layers::Overlay(ItemOverlay { fill, inputs }), check_size(width, height)?))
}

/// Refuses an item with a property that a reader must understand to show it (ISO/IEC 23008-12, 9.3), and that is unknown here.
fn understood(tables: &ItemTables<'_>, item: u32) -> Result<(), Error> {
    let known = |kind: &[u8; 4]| {
        matches!(
            kind,
            b"hvcC"
                | b"ispe"
                | b"colr"
                | b"pixi"
                | b"pasp"
                | b"auxC"
                | b"clap"
                | b"irot"
                | b"imir"
                | b"rloc"
                | b"clli"
                | b"mdcv"
                | b"cclv"
                | b"amve"
                | b"udes"
                | b"altt"
                | b"crtt"
                | b"mdft"
                | b"free"
                | b"skip"
                | b"subs"
        )
    };
    // Other properties belong to codings that are named instead.
    if !matches!(&tables.kind(item)?, b"hvc1" | b"hev1" | b"grid" | b"iovl" | b"iden") {
        return Ok(());
    }
    match tables.properties(item).find(|(essential, property)| *essential && !known(&property.kind)) {
        Some((_, property)) => {
            let kind = property.kind.escape_ascii();
            Err(Error::unsupported(Format::Heic, format_args!("the property {kind}, which changes how it looks")))
        }
        None => Ok(()),
    }
}
