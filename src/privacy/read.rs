//! Reading as much of a file as may tell something: photos whole, films without their pictures.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use crate::image::{self, Leak};

/// Longer files are films, or nothing that is looked into.
const LONGEST: u64 = 256 << 20;

/// What a file tells; nothing, if it is of a kind that tells nothing.
pub(super) fn leaks(path: &Path) -> io::Result<Vec<Leak>> {
    let bytes = read(&mut File::open(path)?)?;
    // A fault in a reader must cost one file and not the listing.
    let found = panic::catch_unwind(AssertUnwindSafe(|| image::leaks(&bytes)));
    found.map(Option::unwrap_or_default).map_err(|_| io::Error::other("the reader of its metadata failed"))
}

fn read(file: &mut File) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len();
    let mut bytes = Vec::new();
    if length <= LONGEST {
        file.take(LONGEST).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    // Of a long film, all boxes but the one with the pictures.
    let mut at = 0;
    while at < length && bytes.len() as u64 <= LONGEST {
        let mut head = [0; 16];
        file.seek(SeekFrom::Start(at))?;
        let read = file.take(16).read(&mut head)?;
        let [l0, l1, l2, l3, kind @ ..] = *head.first_chunk::<8>().expect("16 bytes have 8");
        let size = match u32::from_be_bytes([l0, l1, l2, l3]) {
            0 => length - at,
            1 => u64::from_be_bytes(*head.last_chunk().expect("16 bytes have 8")),
            size => size.into(),
        };
        if read < 8 || size < 8 || (at == 0 && kind != *b"ftyp") {
            break;
        }
        if kind != *b"mdat" {
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
        let found = leaks(&path).expect("read");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].value, "+48.85+002.29/");
    }
}
