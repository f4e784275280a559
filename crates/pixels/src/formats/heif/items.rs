//! The items of a HEIF file: pictures, and how they belong together (ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12).
//!
//! In: the bytes of a file. Out: tables of its items, borrowed from the bytes. Must not know how pictures are coded.

use std::collections::BTreeMap;

use crate::base::box_cursor::BoxCursor;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::isobmff::{IsoBox, boxes};

/// The tables in the `meta` box of a file.
#[derive(Debug)]
pub(super) struct ItemTables<'a> {
    bytes: &'a [u8],
    /// The item to be displayed.
    pub(super) primary: u32,
    kinds: BTreeMap<u32, [u8; 4]>,
    places: BTreeMap<u32, ItemPlace>,
    properties: Vec<IsoBox<'a>>,
    associations: BTreeMap<u32, Vec<(bool, usize)>>,
    /// For each item and kind of reference, the items to which it refers.
    references: BTreeMap<([u8; 4], u32), Vec<u32>>,
    /// Content of the items that are stored in the `meta` box.
    inner: &'a [u8],
}

/// The pieces of an item.
#[derive(Debug, Default)]
struct ItemPlace {
    /// How positions are meant: 0 in the file, 1 in the `meta` box.
    method: u64,
    /// Start and length of each piece.
    pieces: Vec<[u64; 2]>,
}

pub(super) fn damaged(detail: &str) -> Error {
    Error::corrupt(Format::Heic, detail)
}

impl<'a> ItemTables<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let meta = boxes(bytes).find(|part| part.kind == *b"meta");
        let Some(meta) = meta else {
            return Err(match boxes(bytes).any(|part| part.kind == *b"moov") {
                true => Error::unsupported(Format::Heic, "a sequence of pictures without a still picture"),
                false => damaged("missing meta box"),
            });
        };
        let (primary, inner) = (0, &[][..]);
        let (kinds, places, properties) = <_>::default();
        let (associations, references) = <_>::default();
        let mut tables = Self { bytes, primary, kinds, places, properties, associations, references, inner };
        let mut named = false;
        for part in boxes(meta.body.get(4..).unwrap_or_default()) {
            let read = match &part.kind {
                b"pitm" => tables.read_primary(part.body).map(|()| named = true),
                b"iinf" => tables.read_kinds(part.body),
                b"iloc" => tables.read_places(part.body),
                b"iref" => tables.read_references(part.body),
                b"iprp" => tables.read_properties(part.body),
                b"idat" => {
                    tables.inner = part.body;
                    Some(())
                }
                _ => Some(()),
            };
            read.ok_or(Error::Truncated(Format::Heic))?;
        }
        if named { Ok(tables) } else { Err(damaged("no item is the primary one")) }
    }

    fn read_primary(&mut self, body: &[u8]) -> Option<()> {
        let mut cursor = BoxCursor::new(body);
        let (version, _) = cursor.version()?;
        self.primary = cursor.small(if version == 0 { 2 } else { 4 })?;
        Some(())
    }

    fn read_kinds(&mut self, body: &[u8]) -> Option<()> {
        let entries = body.get(if body.first() == Some(&0) { 6 } else { 8 }..)?;
        for entry in boxes(entries).filter(|entry| entry.kind == *b"infe") {
            let mut cursor = BoxCursor::new(entry.body);
            let (version, _) = cursor.version()?;
            // Earlier versions have no types, so they describe no pictures.
            if version >= 2 {
                let id = cursor.small(if version == 2 { 2 } else { 4 })?;
                cursor.bytes(2)?;
                self.kinds.insert(id, *cursor.bytes(4)?.first_chunk()?);
            }
        }
        Some(())
    }

    fn read_places(&mut self, body: &[u8]) -> Option<()> {
        let mut cursor = BoxCursor::new(body);
        let (version, _) = cursor.version()?;
        let sizes = cursor.small(2)?;
        let [offset, length, base, index] = [12, 8, 4, 0].map(|shift| (sizes >> shift & 15) as usize);
        if [offset, length, base, index].iter().any(|size| *size > 8) {
            return None;
        }
        let placed = matches!(version, 1 | 2);
        let wide = if version < 2 { 2 } else { 4 };
        for _ in 0..cursor.small(wide)? {
            let id = cursor.small(wide)?;
            let mut place = ItemPlace::default();
            if placed {
                place.method = cursor.number(2)? & 15;
            }
            cursor.bytes(2)?;
            let base = cursor.number(base)?;
            for _ in 0..cursor.small(2)? {
                cursor.bytes(if placed { index } else { 0 })?;
                let start = cursor.number(offset)?.saturating_add(base);
                place.pieces.push([start, cursor.number(length)?]);
                if offset + length == 0 && place.pieces.len() > 1 {
                    // Pieces that take no bytes could be any number.
                    return None;
                }
            }
            self.places.insert(id, place);
        }
        Some(())
    }

    fn read_references(&mut self, body: &[u8]) -> Option<()> {
        let (version, _) = BoxCursor::new(body).version()?;
        let wide = if version == 0 { 2 } else { 4 };
        for kind in boxes(body.get(4..)?) {
            let mut cursor = BoxCursor::new(kind.body);
            while !cursor.is_at_end() {
                let from = cursor.small(wide)?;
                let count = cursor.small(2)? as usize;
                let to = cursor.bytes(count * wide)?;
                let to = to.chunks_exact(wide).filter_map(|id| BoxCursor::new(id).small(wide)).collect();
                self.references.insert((kind.kind, from), to);
            }
        }
        Some(())
    }

    fn read_properties(&mut self, body: &'a [u8]) -> Option<()> {
        for part in boxes(body) {
            match &part.kind {
                b"ipco" => self.properties.extend(boxes(part.body)),
                b"ipma" => self.read_associations(part.body)?,
                _ => {}
            }
        }
        Some(())
    }

    /// Reads which properties items have. Index 0 means that there is no property (ISO/IEC 14496-12, 8.11.14.3), and some phones write
    /// it.
    fn read_associations(&mut self, body: &[u8]) -> Option<()> {
        let mut cursor = BoxCursor::new(body);
        let (version, flags) = cursor.version()?;
        let width = if flags & 1 == 1 { 2 } else { 1 };
        let top = 1 << (8 * width - 1);
        for _ in 0..cursor.small(4)? {
            let id = cursor.small(if version == 0 { 2 } else { 4 })?;
            let count = cursor.small(1)? as usize;
            let associations = self.associations.entry(id).or_default();
            for entry in cursor.bytes(count * width)?.chunks_exact(width) {
                let entry = BoxCursor::new(entry).small(width)?;
                if let Some(index) = (entry & (top - 1)).checked_sub(1) {
                    associations.push((entry & top != 0, index as usize));
                }
            }
        }
        Some(())
    }

    /// Returns the type of an item.
    pub(super) fn kind(&self, item: u32) -> Result<[u8; 4], Error> {
        self.kinds.get(&item).copied().ok_or_else(|| damaged("an item is missing"))
    }

    /// Returns the items to which an item refers.
    pub(super) fn targets(&self, kind: [u8; 4], from: u32) -> &[u32] {
        self.references.get(&(kind, from)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the items that refer to an item.
    pub(super) fn sources(&self, kind: [u8; 4], to: u32) -> impl Iterator<Item = u32> {
        let range = self.references.range((kind, 0)..=(kind, u32::MAX));
        range.filter(move |(_, targets)| targets.contains(&to)).map(|((_, from), _)| *from)
    }

    /// Returns the properties of an item, each with whether a reader must understand it, in the order of their effect. Those that the
    /// file lacks are left out.
    pub(super) fn properties(&self, item: u32) -> impl Iterator<Item = (bool, IsoBox<'a>)> {
        let associations = self.associations.get(&item).into_iter().flatten();
        associations.filter_map(|(essential, index)| Some((*essential, *self.properties.get(*index)?)))
    }

    /// Returns the body of the first property of a type.
    pub(super) fn property(&self, item: u32, kind: [u8; 4]) -> Option<&'a [u8]> {
        self.properties(item).find(|(_, property)| property.kind == kind).map(|(_, property)| property.body)
    }

    /// Returns the pieces of an item's data.
    pub(super) fn data(&self, item: u32) -> Result<Vec<&'a [u8]>, Error> {
        let place = self.places.get(&item).ok_or_else(|| damaged("an item has no data"))?;
        let whole = match place.method {
            0 => self.bytes,
            1 => self.inner,
            _ => return Err(Error::unsupported(Format::Heic, "items that are parts of other items")),
        };
        let piece = |[start, length]: &[u64; 2]| {
            let rest = whole.get(usize::try_from(*start).ok()?..)?;
            // Length 0 means the rest.
            if *length == 0 { Some(rest) } else { rest.get(..usize::try_from(*length).ok()?) }
        };
        place.pieces.iter().map(|place| piece(place).ok_or(Error::Truncated(Format::Heic))).collect()
    }
}
