//! RAW files of each kind, reduced to the structures that lead to their JPEGs.

use jpeg::{Orientation, Size};
use jpeg_encoder::SamplingFactor as Sampling;

use super::make::*;
use crate::base::error::Error;
use crate::base::format::Format;
use crate::base::recipe::{Metadata, Recipe};
use crate::metadata::kept::Kept;
use crate::open::header::read_header;
use crate::{read_about, render};

/// A TIFF file that is being built: values and directories are appended.
struct Maker {
    bytes: Vec<u8>,
    little_endian: bool,
}

/// Tag, type, count, and the value itself or its offset.
type Row = (u16, u16, u32, u32);

impl Maker {
    /// A file that begins with `magic`.
    fn new(magic: &[u8; 4]) -> Self {
        let mut bytes = magic.to_vec();
        bytes.extend([0; 12]);
        Self { bytes, little_endian: magic[0] == b'I' }
    }

    fn word(&self, value: u32) -> [u8; 4] {
        if self.little_endian { value.to_le_bytes() } else { value.to_be_bytes() }
    }

    fn half(&self, value: u16) -> [u8; 2] {
        if self.little_endian { value.to_le_bytes() } else { value.to_be_bytes() }
    }

    /// Appends bytes. Returns their offset.
    fn put(&mut self, bytes: &[u8]) -> u32 {
        let at = self.bytes.len() as u32;
        self.bytes.extend(bytes);
        self.bytes.resize(self.bytes.len().next_multiple_of(2), 0);
        at
    }

    /// Appends a directory. Returns its offset.
    fn directory(&mut self, rows: &[Row], next: u32) -> u32 {
        let mut bytes = self.half(rows.len() as u16).to_vec();
        for (tag, kind, count, value) in rows {
            bytes.extend(self.half(*tag));
            bytes.extend(self.half(*kind));
            bytes.extend(self.word(*count));
            match (kind, count) {
                (3, 1) => bytes.extend([self.half(*value as u16), [0, 0]].concat()),
                _ => bytes.extend(self.word(*value)),
            }
        }
        bytes.extend(self.word(next));
        self.put(&bytes)
    }

    /// Returns the file, whose first directory is at `first`.
    fn done(mut self, first: u32) -> Vec<u8> {
        let first = self.word(first);
        self.bytes[4..8].copy_from_slice(&first);
        self.bytes
    }
}

/// Returns a JPEG without metadata.
fn bare(width: u32, height: u32) -> Vec<u8> {
    let whole = jpeg(size(width, height), Orientation::UPRIGHT, Sampling::F_2_2, quarters);
    crate::formats::jpeg::strip::strip(&whole, &Kept::default()).unwrap()
}

/// Beginning of sensor data in some files: a lossless JPEG, which no decoder of pictures reads.
const LOSSLESS: &[u8] = b"\xFF\xD8\xFF\xC3\0\x0B\x0E\x0F\0\x17\x70\x01\x01\x11\0\xFF\xDA\0\x08\x01\x01\0\x01\0\0";

const TURNED: Row = (0x0112, 3, 1, 6);

/// Canon: the preview is the first picture's strip, a thumbnail the second's JPEG, the sensor data the third's strip.
fn cr2() -> Vec<u8> {
    let mut file = Maker::new(b"II\x2A\0");
    file.bytes[8..10].copy_from_slice(b"CR");
    let [preview, thumbnail] = [bare(640, 480), bare(160, 120)];
    let at = [file.put(&preview), file.put(&thumbnail), file.put(LOSSLESS)];
    let third = file.directory(&[(0x0103, 3, 1, 6), (0x0111, 4, 1, at[2]), (0x0117, 4, 1, LOSSLESS.len() as u32)], 0);
    let second = file.directory(&[(0x0201, 4, 1, at[1]), (0x0202, 4, 1, thumbnail.len() as u32)], third);
    let time = file.put(b"2024:05:17 18:03:59\0");
    let exif = file.directory(&[(0x9003, 2, 20, time)], 0);
    let rows =
        [(0x0103, 3, 1, 6), (0x0111, 4, 1, at[0]), TURNED, (0x0117, 4, 1, preview.len() as u32), (0x8769, 4, 1, exif)];
    let first = file.directory(&rows, second);
    file.done(first)
}

/// Nikon: big-endian; the previews are in subdirectories of the first, whose own picture is a thumbnail.
fn nef() -> Vec<u8> {
    let mut file = Maker::new(b"MM\0\x2A");
    let [small, large] = [bare(570, 380), bare(640, 480)];
    let at = [file.put(&small), file.put(&large)];
    let inside = [(small, at[0]), (large, at[1])]
        .map(|(jpeg, at)| file.directory(&[(0x0201, 4, 1, at), (0x0202, 4, 1, jpeg.len() as u32)], 0));
    let inside = inside.map(|at| file.word(at)).concat();
    let [inside, make, time] = [file.put(&inside), file.put(b"NIKON CORP\0"), file.put(b"2024:05:17 18:03:59\0")];
    let exif = file.directory(&[(0x9003, 2, 20, time)], 0);
    let rows = [(0x00FE, 4, 1, 1), (0x010F, 2, 11, make), TURNED, (0x014A, 4, 2, inside), (0x8769, 4, 1, exif)];
    let first = file.directory(&rows, 0);
    file.done(first)
}

/// Adobe, and telephones: a strip in a subdirectory of the first.
fn dng() -> Vec<u8> {
    let mut file = Maker::new(b"II\x2A\0");
    let preview = bare(640, 480);
    let at = file.put(&preview);
    let inside = file.directory(&[(0x0103, 3, 1, 7), (0x0111, 4, 1, at), (0x0117, 4, 1, preview.len() as u32)], 0);
    let time = file.put(b"2024:05:17 18:03:59\0");
    let exif = file.directory(&[(0x9003, 2, 20, time)], 0);
    let rows = [TURNED, (0x014A, 13, 1, inside), (0x8769, 4, 1, exif), (0xC612, 1, 4, 0x0401)];
    let first = file.directory(&rows, 0);
    file.done(first)
}

/// Panasonic: the preview is the value of a tag, and has its own Exif block.
fn rw2() -> Vec<u8> {
    let mut file = Maker::new(b"IIU\0");
    let preview = jpeg(size(480, 640), Orientation::from_exif(6), Sampling::F_2_2, quarters);
    let at = file.put(&preview);
    let first = file.directory(&[(0x002E, 7, preview.len() as u32, at), (0x0112, 3, 1, 1)], 0);
    file.done(first)
}

/// Olympus: offsets in the maker note count from its beginning.
fn orf() -> Vec<u8> {
    let mut file = Maker::new(b"IIRO");
    let preview = bare(640, 480);
    // The note: 12 bytes, a directory of one row, one of two rows, then the preview.
    let mut note = Maker { bytes: b"OLYMPUS\0II\x03\0".to_vec(), little_endian: true };
    note.directory(&[(0x2020, 13, 1, 30)], 0);
    assert_eq!(note.bytes.len(), 30);
    note.directory(&[(0x0101, 4, 1, 60), (0x0102, 4, 1, preview.len() as u32)], 0);
    assert_eq!(note.bytes.len(), 60);
    note.put(&preview);
    let at = file.put(&note.bytes);
    let time = file.put(b"2024:05:17 18:03:59\0");
    let exif = file.directory(&[(0x9003, 2, 20, time), (0x927C, 7, 60, at)], 0);
    let first = file.directory(&[TURNED, (0x8769, 4, 1, exif)], 0);
    file.done(first)
}

/// Fujifilm: the header contains the position of the JPEG, which has its own Exif block.
fn raf() -> Vec<u8> {
    let preview = jpeg(size(480, 640), Orientation::from_exif(6), Sampling::F_2_2, quarters);
    let mut file = b"FUJIFILMCCD-RAW 0201FF389501".to_vec();
    file.resize(84, 0);
    file.extend(100_u32.to_be_bytes());
    file.extend((preview.len() as u32).to_be_bytes());
    file.resize(100, 0);
    file.extend(preview);
    file
}

fn iso_box(kind: &[u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&(body.len() as u32 + 8).to_be_bytes()[..], kind, &body].concat()
}

/// Canon since 2018: a track for the preview, a box for a smaller one, Exif directories in separate boxes.
fn cr3() -> Vec<u8> {
    let [small, large] = [bare(480, 320), bare(640, 480)];
    let mut first = Maker::new(b"II\x2A\0");
    let at = first.directory(&[TURNED], 0);
    let first = first.done(at);
    let mut exif = Maker::new(b"II\x2A\0");
    let time = exif.put(b"2024:05:17 18:03:59\0");
    let at = exif.directory(&[(0x9003, 2, 20, time)], 0);
    let exif = exif.done(at);
    let metadata = b"\x85\xC0\xB6\x87\x82\x0F\x11\xE0\x81\x11\xF4\xCE\x46\x2B\x6A\x48";
    let preview = b"\xEA\xF4\x2B\x5E\x1C\x98\x4B\x88\xB9\xFB\xB7\xDC\x40\x6E\x4D\x16";
    let file = |offset: u64| {
        let sizes = iso_box(b"stsz", &[&[0; 8], &1_u32.to_be_bytes(), &(large.len() as u32).to_be_bytes()]);
        let offsets = iso_box(b"co64", &[&[0; 4], &1_u32.to_be_bytes(), &offset.to_be_bytes()]);
        let track = [b"stbl", b"minf", b"mdia", b"trak"]
            .iter()
            .fold([sizes, offsets].concat(), |inner, kind| iso_box(kind, &[&inner]));
        let blocks = [iso_box(b"CMT1", &[&first]), iso_box(b"CMT2", &[&exif])].concat();
        [
            iso_box(b"ftyp", &[b"crx \0\0\0\x01crx isom"]),
            iso_box(b"moov", &[&iso_box(b"uuid", &[metadata, &blocks]), &track]),
            iso_box(b"uuid", &[preview, &[0; 8], &iso_box(b"PRVW", &[&[0; 16], &small])]),
            iso_box(b"mdat", &[&large]),
        ]
        .concat()
    };
    let offset = file(0).len() - large.len();
    file(offset as u64)
}

fn all() -> [(&'static str, Vec<u8>); 7] {
    [("CR2", cr2()), ("NEF", nef()), ("DNG", dng()), ("RW2", rw2()), ("ORF", orf()), ("RAF", raf()), ("CR3", cr3())]
}

#[test]
fn the_largest_jpeg_stands_for_a_raw_file() {
    for (name, bytes) in all() {
        let header = read_header(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((header.format, header.stored), (Format::Raw, size(640, 480)), "{name}");
        assert_eq!(header.orientation, Orientation::from_exif(6), "{name}");
        let captured = read_about(&bytes).captured.map(|captured| captured.time.to_string());
        assert_eq!(captured.as_deref(), Some("2024-05-17T18:03:59"), "{name}");
        let found = look(&rendered(&bytes, |header| Recipe::Encode(recipe(header, size(240, 320)))));
        assert_eq!(found.0, size(240, 320), "{name}");
        // Previews with their own block are painted upright, the others as the sensor is oriented.
        let upright = matches!(name, "RW2" | "RAF");
        let expected = if upright { quarters(200, 20, found.0) } else { [220, 30, 30] };
        assert!(near(pixel(&found, 200, 20), &expected, 8), "{name}: {:?}", pixel(&found, 200, 20));
        assert!(
            matches!(
                render(&bytes, &header, &[Recipe::Keep { metadata: Metadata::Credit }]),
                Err(Error::UnsuitableRecipe(_))
            ),
            "{name}"
        );
    }
}

#[test]
fn a_raw_file_keeps_its_time_where_metadata_is_kept() {
    // This RW2 has its time only in its preview.
    for (name, bytes) in all().into_iter().filter(|(name, _)| *name != "RW2") {
        let result = rendered(&bytes, |header| {
            Recipe::Encode(crate::Encode { metadata: Metadata::AllButLocation, ..recipe(header, size(240, 320)) })
        });
        let header = read_header(&result).unwrap();
        assert!(read_about(&result).captured.is_some(), "{name}");
        assert_eq!(header.orientation, Orientation::UPRIGHT, "{name}");
    }
}

#[test]
fn a_raw_file_without_a_preview_is_refused_in_so_many_words() {
    let mut file = Maker::new(b"II\x2A\0");
    let thumbnail = bare(160, 120);
    let at = [file.put(&thumbnail), file.put(LOSSLESS)];
    let inside = file.directory(&[(0x0103, 3, 1, 7), (0x0111, 4, 1, at[1]), (0x0117, 4, 1, LOSSLESS.len() as u32)], 0);
    let rows =
        [(0x0201, 4, 1, at[0]), (0x0202, 4, 1, thumbnail.len() as u32), (0x014A, 4, 1, inside), (0xC612, 1, 4, 1)];
    let first = file.directory(&rows, 0);
    assert_eq!(read_header(&file.done(first)), Err(Error::NoPreview));
    assert_eq!(read_header(b"FUJIFILMCCD-RAW 0201"), Err(Error::NoPreview));
    assert_eq!(read_header(b"\0\0\0\x10ftypcrx \0\0\0\0"), Err(Error::NoPreview));
}

#[test]
fn a_photograph_in_a_tiff_file_is_no_raw_file() {
    let (size, pixels) = stored(Size { width: 40, height: 30 }, Orientation::UPRIGHT, quarters);
    let picture = image::RgbImage::from_raw(size.width, size.height, pixels).unwrap();
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Tiff).unwrap();
    assert_eq!(read_header(&bytes.into_inner()).unwrap().format, Format::Tiff);
}

#[test]
fn directories_that_lead_in_circles_come_to_an_end() {
    let mut file = Maker::new(b"II\x2A\0");
    let here = file.bytes.len() as u32;
    file.directory(&[(0x014A, 4, 1, here), (0xC612, 1, 4, 1)], here);
    assert_eq!(read_header(&file.done(here)), Err(Error::NoPreview));
}

#[test]
fn a_raw_file_that_is_cut_short_or_changed_never_panics() {
    for (name, bytes) in all() {
        for length in (0..bytes.len()).step_by(11) {
            let cut = &bytes[..length];
            if let Ok(header) = read_header(cut) {
                let _ = render(cut, &header, &[placeholder(header.orientation)]);
            }
        }
        let directories = bytes.len().saturating_sub(400)..bytes.len();
        for at in (0..400).chain(directories) {
            for value in [0, 1, 0x7F, 0xFF] {
                let mut changed = bytes.clone();
                changed[at] = value;
                let _ = read_header(&changed);
            }
        }
        assert!(read_header(&bytes).is_ok(), "{name}");
    }
}
