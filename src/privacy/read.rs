//! Reading as much of a file as may tell something: photos whole, films without their pictures.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use crate::image::{self, Leak};
use crate::machine::caught::caught;
use crate::machine::fs::File;

/// Longer files are films, or nothing that is looked into.
const LONGEST: u64 = 256 << 20;

/// More boxes on the first level than any film has.
const MOST_BOXES: usize = 10_000;

/// What a file tells; nothing, if it is of a kind that tells nothing.
pub(super) fn leaks(path: &Path) -> io::Result<Vec<Leak>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let bytes = if length <= LONGEST { whole(&mut file)? } else { without_pictures(&mut file, length)? };
    told(&bytes)
}

/// The same of a film, whose pictures are not read: they tell nothing, and are nearly all of it.
pub(super) fn leaks_of_film(path: &Path) -> io::Result<Vec<Leak>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    told(&without_pictures(&mut file, length)?)
}

fn told(bytes: &[u8]) -> io::Result<Vec<Leak>> {
    // A fault in a reader must cost one file and not the listing.
    let found = caught(|| image::leaks(bytes));
    found.map(Option::unwrap_or_default).map_err(io::Error::other)
}

fn whole(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Of a film, all boxes but the one with the pictures; of anything else, nothing.
fn without_pictures(file: &mut File, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut at = 0;
    for _ in 0..MOST_BOXES {
        if at >= length || bytes.len() as u64 > LONGEST {
            break;
        }
        let mut head = Vec::with_capacity(16);
        file.seek(SeekFrom::Start(at))?;
        file.take(16).read_to_end(&mut head)?;
        let Some(&[l0, l1, l2, l3, ref kind @ ..]) = head.first_chunk::<8>() else { break };
        let size = match (u32::from_be_bytes([l0, l1, l2, l3]), head.get(8..).and_then(|rest| rest.first_chunk())) {
            (0, _) => length - at,
            (1, Some(size)) => u64::from_be_bytes(*size),
            (size, _) => size.into(),
        };
        if size < 8 || (at == 0 && kind != b"ftyp") {
            break;
        }
        if kind != b"mdat" {
            file.seek(SeekFrom::Start(at))?;
            file.take(size.min(LONGEST)).read_to_end(&mut bytes)?;
        }
        at = at.saturating_add(size);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_film_the_pictures_are_left_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("film.mp4");
        let mut file = File::create_new(&path).expect("made");
        let place = b"\0\0\0\x2Amoov\0\0\0\x22udta\0\0\0\x1A\xA9xyz\0\x0E\x15\xC7+48.85+002.29/";
        let pictures = LONGEST + 10;
        let mdat = [&b"\0\0\0\x01mdat"[..], &pictures.to_be_bytes()].concat();
        io::Write::write_all(&mut file, &[b"\0\0\0\x0Cftypmp42", &mdat[..]].concat()).expect("written");
        // A hole in the file: it takes no room.
        file.seek(SeekFrom::Start(12 + pictures)).expect("sought");
        io::Write::write_all(&mut file, place).expect("written");
        for found in [leaks(&path), leaks_of_film(&path)] {
            let found = found.expect("read");
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].value, "+48.85+002.29/");
        }
    }
}
