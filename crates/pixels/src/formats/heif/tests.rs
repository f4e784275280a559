//! Files whose boxes are rewritten: properties that are missing or unknown, other codings, layers, and large grids.

use jpeg::{Plane, Sequential};

use super::brand::Brand;
use super::decode::decode;
use super::header::header;
use super::opened::open;
use super::structure::Layers;
use crate::base::decoded::{Decoded, Wanted};
use crate::base::error::Error;
use crate::base::isobmff::{boxes, find};
use crate::base::limits::MAX_DECODED_BYTES;
use crate::base::recipe::Colors;

const FIXTURES: [&str; 4] = ["alpha.heic", "grid.heic", "ten-bit.heic", "turned.heic"];

fn fixture(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read(folder.join(name)).unwrap()
}

fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
}

/// Returns another body for a box of a type.
type BoxChange<'a> = &'a dyn Fn(&[u8; 4], &[u8]) -> Vec<u8>;

/// Returns the file with another `meta` box at its end, in which `change` has replaced boxes. The former one becomes free space, so that
/// everything else stays where it is.
fn rewritten(bytes: &[u8], change: BoxChange<'_>) -> Vec<u8> {
    let at = bytes.windows(4).position(|kind| kind == b"meta").unwrap();
    let meta = find(bytes, b"meta").unwrap();
    let inner = |body: &[u8]| boxes(body).flat_map(|part| boxed(&part.kind, &change(&part.kind, part.body))).collect();
    let parts = boxes(&meta[4..]).flat_map(|part| {
        let body: Vec<u8> = if part.kind == *b"iprp" { inner(part.body) } else { part.body.to_vec() };
        boxed(&part.kind, &change(&part.kind, &body))
    });
    let meta: Vec<u8> = [0; 4].into_iter().chain(parts).collect();
    let mut result = bytes.to_vec();
    result[at..at + 4].copy_from_slice(b"free");
    result.extend(boxed(b"meta", &change(b"meta", &meta)));
    result
}

fn decoded(bytes: &[u8], level: u8) -> Result<Decoded, Error> {
    let parallelism = &Sequential;
    let (colors, levels) = (Colors::Keep, &[level][..]);
    decode(bytes, &Wanted { colors, levels, placings: &[], half_chroma: true, coefficients: &[], parallelism })
}

fn planes(bytes: &[u8], level: u8) -> Vec<Plane> {
    decoded(bytes, level).unwrap().levels.swap_remove(0).1.planes
}

/// Returns an `ipma` body with entries of one or two bytes, in which each item has `more` properties first.
fn associations(body: &[u8], wide: bool, more: &[u16]) -> Vec<u8> {
    let is_wide = body[3] & 1 == 1;
    let mut written = vec![body[0], 0, 0, u8::from(wide)];
    written.extend(&body[4..8]);
    let mut rest = &body[8..];
    while let [a, b, count, entries @ ..] = rest {
        let size = if is_wide { 2 } else { 1 };
        let (entries, after) = entries.split_at(usize::from(*count) * size);
        written.extend([*a, *b, count + more.len() as u8]);
        let entry = |entry: &[u8]| match entry {
            [one] => u16::from(one & 0x7F) | u16::from(one & 0x80) << 8,
            [high, low] => u16::from_be_bytes([*high, *low]),
            _ => panic!("not an entry"),
        };
        for entry in more.iter().copied().chain(entries.chunks(size).map(entry)) {
            let [high, low] = entry.to_be_bytes();
            if wide { written.extend([high, low]) } else { written.push(high & 0x80 | low & 0x7F) }
        }
        rest = after;
    }
    written
}

fn with_associations(bytes: &[u8], wide: bool, more: &[u16]) -> Vec<u8> {
    rewritten(bytes, &|kind, body| if kind == b"ipma" { associations(body, wide, more) } else { body.to_vec() })
}

/// Returns the file with one more property, of this type, that all items have.
fn with_property(bytes: &[u8], kind: &[u8; 4], content: &[u8], essential: bool) -> Vec<u8> {
    let properties = find(&find(bytes, b"meta").unwrap()[4..], b"iprp").and_then(|iprp| find(iprp, b"ipco")).unwrap();
    let number = (boxes(properties).count() as u16 + 1) | u16::from(essential) << 15;
    rewritten(bytes, &|part, body| match part {
        b"ipma" => associations(body, true, &[number]),
        b"ipco" => [body, &boxed(kind, content)].concat(),
        _ => body.to_vec(),
    })
}

#[test]
fn property_0_is_no_property() {
    for name in FIXTURES {
        let bytes = fixture(name);
        for (wide, more) in [(false, &[0][..]), (true, &[0]), (true, &[0, 0, 0])] {
            let changed = with_associations(&bytes, wide, more);
            assert_eq!(header(&changed), header(&bytes), "{name}");
            assert!(planes(&changed, 0) == planes(&bytes, 0), "{name}");
        }
    }
}

#[test]
fn an_unknown_property_matters_only_if_it_is_essential() {
    for name in FIXTURES {
        let bytes = fixture(name);
        assert!(planes(&with_property(&bytes, b"what", b"x", false), 0) == planes(&bytes, 0), "{name}");
        let error = header(&with_property(&bytes, b"what", b"x", true)).unwrap_err();
        let line = "this kind of HEIC is not supported: the property what, which changes how it looks";
        assert_eq!(error.to_string(), line, "{name}");
    }
}

#[test]
fn other_codings_are_named_and_never_called_damaged() {
    for (kind, name) in [
        (b"avc1", "H.264 pictures"),
        (b"lhv1", "layered pictures (L-HEVC)"),
        (b"av01", "AV1 pictures"),
        (b"vvc1", "H.266 pictures"),
        (b"abcd", "items of type abcd"),
    ] {
        for fixture_name in FIXTURES {
            let changed = rewritten(&fixture(fixture_name), &|part, body| match part {
                b"iinf" => {
                    let mut body = body.to_vec();
                    while let Some(at) = body.windows(4).position(|window| window == b"hvc1") {
                        body[at..at + 4].copy_from_slice(kind);
                    }
                    body
                }
                _ => body.to_vec(),
            });
            let error = header(&changed).unwrap_err();
            assert_eq!(error.to_string(), format!("this kind of HEIC is not supported: {name}"), "{fixture_name}");
        }
    }
    assert_eq!(Brand::of(b"\0\0\0\x14ftypavci\0\0\0\0mif1"), Some(Brand::Heic));
}

#[test]
fn a_sequence_without_a_still_picture_is_not_called_damaged() {
    let bytes = [boxed(b"ftyp", b"msf1\0\0\0\0hevc"), boxed(b"moov", b"")].concat();
    let line = "this kind of HEIC is not supported: a sequence of pictures without a still picture";
    assert_eq!(header(&bytes).unwrap_err().to_string(), line);
}

/// Returns the body of a `clap` property.
fn aperture(width: u32, height: u32, across: i32, down: i32) -> Vec<u8> {
    [width, 1, height, 1, across as u32, 2, down as u32, 2].map(u32::to_be_bytes).concat()
}

#[test]
fn rows_are_halved_while_they_arrive_as_if_all_of_them_were_there() {
    for name in FIXTURES {
        for crop in [None, Some(aperture(75, 53, 1, 1)), Some(aperture(40, 30, -10, 8))] {
            let bytes = fixture(name);
            let bytes = crop.map_or(bytes.clone(), |crop| with_property(&bytes, b"clap", &crop, true));
            let mut whole = planes(&bytes, 0);
            for level in 1..6 {
                whole = whole.iter().map(|plane| plane.halved().unwrap()).collect();
                assert!(planes(&bytes, level) == whole, "{name} at level {level}");
            }
        }
    }
}

/// Returns a file whose primary picture is an overlay of a size on a fill, with these items at these places.
fn overlay(name: &str, fill: [u16; 4], size: [u16; 2], layers: &[(u16, [i16; 2])]) -> Vec<u8> {
    let mut data = vec![0, 0];
    data.extend(fill.iter().chain(&size).flat_map(|number| number.to_be_bytes()));
    data.extend(layers.iter().flat_map(|(_, place)| place.iter().flat_map(|side| side.to_be_bytes())));
    let ids = layers.iter().flat_map(|(id, _)| id.to_be_bytes());
    let count = (layers.len() as u16).to_be_bytes();
    let reference: Vec<u8> = [0, 99].into_iter().chain(count).chain(ids).collect();
    let reference = boxed(b"dimg", &reference);
    rewritten(&fixture(name), &|part, body| match part {
        b"pitm" => vec![0, 0, 0, 0, 0, 99],
        b"iref" => [body, &reference].concat(),
        b"iinf" => [body, &boxed(b"infe", b"\x02\0\0\0\0\x63\0\0iovl\0")].concat(),
        // A second list of places, of version 1 and with four bytes for offset and length: the item is in the `meta` box.
        b"meta" => {
            let place =
                [&b"\x01\0\0\0\x44\0\0\x01\0\x63\0\x01\0\0\0\x01\0\0\0\0"[..], &(data.len() as u32).to_be_bytes()];
            let has_references = boxes(&body[4..]).any(|part| part.kind == *b"iref");
            let missing = if has_references { Vec::new() } else { boxed(b"iref", &[&[0; 4][..], &reference].concat()) };
            [body, &boxed(b"iloc", &place.concat()), &missing, &boxed(b"idat", &data)].concat()
        }
        _ => body.to_vec(),
    })
}

/// Returns the primary item of a fixture.
fn primary(name: &str) -> u16 {
    let bytes = fixture(name);
    let item = find(&find(&bytes, b"meta").unwrap()[4..], b"pitm").unwrap();
    u16::from_be_bytes([item[4], item[5]])
}

fn pixel(planes: &[Plane], x: usize, y: usize) -> Vec<u8> {
    planes.iter().map(|plane| plane.row(y)[x]).collect()
}

#[track_caller]
fn assert_near(found: &[u8], expected: &[u8]) {
    assert!(found.iter().zip(expected).all(|(a, b)| a.abs_diff(*b) < 12), "{found:?} is not {expected:?}");
}

#[test]
fn an_overlay_shows_its_pictures_on_its_canvas() {
    let green = [0, 0x8080, 0, 0xFFFF];
    for name in ["ten-bit.heic", "turned.heic"] {
        let id = primary(name);
        let bytes = overlay(name, green, [200, 150], &[(id, [10, 20]), (id, [150, -30])]);
        let found = header(&bytes).unwrap();
        assert_eq!((found.stored.width, found.stored.height, found.alpha), (200, 150, false));
        let planes = planes(&bytes, 0);
        assert_near(&pixel(&planes, 5, 140), &[0, 128, 0]);
        // Left of the first picture, and its first corner; the second one continues beyond the canvas.
        assert_near(&pixel(&planes, 8, 24), &[0, 128, 0]);
        assert_ne!(pixel(&planes, 14, 24), pixel(&planes, 8, 24));
        assert_ne!(pixel(&planes, 198, 0), pixel(&planes, 8, 24));
        assert_near(&pixel(&planes, 160, 120), &[0, 128, 0]);
    }
}

#[test]
fn an_overlay_keeps_the_opacity_of_its_pictures_and_of_its_canvas() {
    let id = primary("alpha.heic");
    // The left half of the picture is transparent, and its right half shows green over white.
    let opaque = overlay("alpha.heic", [0xFFFF, 0, 0, 0xFFFF], [96, 64], &[(id, [0, 0])]);
    assert!(!header(&opaque).unwrap().alpha);
    let planes_of = planes(&opaque, 0);
    assert_near(&pixel(&planes_of, 10, 10), &[255, 0, 0]);
    assert_ne!(pixel(&planes_of, 80, 10), pixel(&planes_of, 10, 10));
    let clear = overlay("alpha.heic", [0; 4], [120, 64], &[(id, [0, 0])]);
    assert!(header(&clear).unwrap().alpha);
    let planes_of = planes(&clear, 0);
    assert_eq!([10, 80, 110].map(|x| pixel(&planes_of, x, 10)[3]), [0, 255, 0]);
}

/// Returns the grid with its tiles repeated: `columns` × `rows` of 64 × 64 pixels.
fn repeated(columns: u8, rows: u8) -> Vec<u8> {
    let bytes = fixture("grid.heic");
    let meta = find(&bytes, b"meta").unwrap();
    let references = boxes(&find(&meta[4..], b"iref").unwrap()[4..]).find(|part| part.kind == *b"dimg").unwrap().body;
    let (from, tiles) = ([references[0], references[1]], references[4..].as_chunks::<2>().0);
    let count = usize::from(columns) * usize::from(rows);
    let ids: Vec<u8> = tiles.iter().cycle().take(count).flatten().copied().collect();
    let reference = boxed(b"dimg", &[&from[..], &(count as u16).to_be_bytes(), &ids].concat());
    let [width, height] = [columns, rows].map(|count| (u16::from(count) * 64).to_be_bytes());
    let grid = [&[0, 0, rows - 1, columns - 1][..], &width, &height].concat();
    let place = [&b"\x01\0\0\0\x44\0\0\x01"[..], &from, b"\0\x01\0\0\0\x01\0\0\0\0\0\0\0\x08"].concat();
    rewritten(&bytes, &|part, body| match part {
        b"iref" => [&[0; 4][..], &reference].concat(),
        b"idat" => Vec::new(),
        b"meta" => {
            // The first box of data counts, so the empty one goes.
            let kept = boxes(&body[4..]).filter(|part| part.kind != *b"idat");
            let kept: Vec<u8> = kept.flat_map(|part| boxed(&part.kind, part.body)).collect();
            [&[0; 4][..], &kept, &boxed(b"iloc", &place), &boxed(b"idat", &grid)].concat()
        }
        _ => body.to_vec(),
    })
}

#[test]
fn of_a_large_grid_only_a_row_of_tiles_is_in_memory() {
    let bytes = repeated(40, 30);
    let opened = open(&bytes).unwrap();
    let Layers::One(raster) = &opened.picture.layers else { panic!("not a grid") };
    assert_eq!((raster.size.width, raster.size.height), (2560, 1920));
    assert!(raster.memory() < raster.size.pixels(), "{}", raster.memory());
    let whole = planes(&repeated(4, 2), 0);
    let eighth = planes(&bytes, 3);
    assert_eq!((eighth[0].width, eighth[0].height), (320, 240));
    // Tiles repeat after four, and so do their pixels.
    for (x, y) in [(4, 4), (12, 4), (20, 4), (28, 4), (316, 236)] {
        assert_near(&pixel(&eighth[..1], x, y), &[whole[0].row(8 * (y % 8) + 4)[8 * (x % 32) + 4]]);
    }
}

#[test]
fn overlays_within_overlays_and_of_themselves_are_refused() {
    let error = header(&overlay("ten-bit.heic", [0; 4], [10, 10], &[(99, [0, 0])])).unwrap_err();
    assert_eq!(error.to_string(), "this kind of HEIC is not supported: overlays of overlays");
    assert!(header(&overlay("ten-bit.heic", [0; 4], [10, 10], &[(7777, [0, 0])])).is_err());
    assert_eq!(header(&overlay("ten-bit.heic", [0; 4], [0, 10], &[])), Err(Error::NoPixels));
}

#[test]
fn changed_bytes_never_end_in_a_panic() {
    let mut seed = 1_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    let id = primary("alpha.heic");
    let mut files = FIXTURES.map(fixture).to_vec();
    files.push(overlay("alpha.heic", [9; 4], [100, 70], &[(id, [0, 0]), (id, [-8, 9])]));
    files.push(with_property(&fixture("grid.heic"), b"clap", &aperture(75, 53, 1, 1), true));
    let mut read = 0;
    for round in 0..1500 {
        let mut bytes = files[round % files.len()].clone();
        for _ in 0..=random() % 3 {
            let at = random() % bytes.len();
            bytes[at] = random() as u8;
        }
        bytes.truncate(bytes.len() - if round % 5 == 0 { random() % bytes.len() } else { 0 });
        let small = header(&bytes).is_ok_and(|header| header.working_memory < 64 << 20);
        read += usize::from(small && decoded(&bytes, (round % 3) as u8).is_ok());
    }
    assert!(read > 100, "only {read} were read");
    assert!(header(&files[0]).unwrap().working_memory < MAX_DECODED_BYTES);
}
