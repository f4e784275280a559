//! Reads files for their metadata, with little memory.
//!
//! In: a file. Out: the digest of its bytes, and the [`Leak`]s in it. Files of kinds without metadata are never held
//! in memory; for a long file with metadata separate from the pixels, only an excerpt is.

use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use crate::cache::Digest;
use crate::machine::Share;
use crate::machine::caught::caught;
use crate::machine::fs::{File, ended_early};
use crate::machine::gate::Gate;
use crate::machine::memory;
use pixels::Leak;

/// Maximum number of bytes held in memory while files are searched: 64 MiB, enough to keep disks and digests busy.
const AT_ONCE: u64 = 64 << 20;

/// Maximum length of a photo, which is held in memory as a whole: 1 GiB.
pub(in crate::site) const LONGEST_PHOTO: u64 = 1 << 30;

/// Maximum length of files that have to be held as a whole; longer ones are not searched for metadata.
const LONGEST: u64 = 256 << 20;

/// Reads files, several in parallel, within a memory budget.
#[derive(Debug)]
pub struct Scanner {
    pub(in crate::site) gate: Gate,
    /// Maximum length of files that are held as a whole without trying an excerpt first.
    share: u64,
    /// Maximum length of files that are held as a whole.
    longest: u64,
}

impl Scanner {
    /// Creates a scanner that holds at most the share `machine` of the memory, and at most 64 MiB, at any time. A
    /// longer picture that has to be held as a whole is held alone, if the limit of the process allows.
    #[must_use]
    pub fn new(machine: &Share) -> Self {
        let share = machine.memory.min(AT_ONCE);
        let most = machine.limit.map_or(u64::MAX, |limit| memory::for_pictures(limit.bytes));
        Self { gate: Gate::new(share), share, longest: most.min(LONGEST) }
    }

    /// Returns the leaks in a file; none for kinds of files without metadata.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn leaks(&self, path: &Path) -> io::Result<Vec<Leak>> {
        let mut file = File::open(path)?;
        let len = file.metadata()?.len();
        if !pixels::carries_metadata(&head(&mut file)?) {
            return Ok(Vec::new());
        }
        if len <= self.share {
            let _passed = self.gate.pass(len);
            return leaks_in(&file.read_between(len, len)?);
        }
        self.leaks_of_long(&mut file, len)
    }

    /// Returns the digest of a file, and the leaks in it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(in crate::site) fn read(&self, path: &Path) -> io::Result<(Digest, Vec<Leak>)> {
        let mut file = File::open(path)?;
        let len = file.metadata()?.len();
        let mut hasher = blake3::Hasher::new();
        if !pixels::carries_metadata(&head(&mut file)?) {
            hasher.update_reader(&mut file)?;
            return Ok((whole_digest(&hasher, len)?, Vec::new()));
        }
        if len <= self.share {
            let _passed = self.gate.pass(len);
            let bytes = file.read_between(len, len)?;
            // Bytes appended in the meantime are part of the digest, too.
            hasher.update(&bytes).update_reader(&mut file)?;
            return Ok((whole_digest(&hasher, len)?, leaks_in(&bytes)?));
        }
        hasher.update_reader(&mut file)?;
        Ok((whole_digest(&hasher, len)?, self.leaks_of_long(&mut file, len)?))
    }

    fn leaks_of_long(&self, file: &mut File, len: u64) -> io::Result<Vec<Leak>> {
        let passed = self.gate.pass(self.share);
        if let Some(excerpt) = pixels::excerpt(&mut *file, self.share)? {
            return leaks_in(&excerpt);
        }
        drop(passed);
        if len > self.longest {
            return Ok(Vec::new());
        }
        let _passed = self.gate.pass(len);
        file.seek(SeekFrom::Start(0))?;
        leaks_in(&file.read_between(len, len)?)
    }
}

/// Returns the digest of a file of `len` bytes. Fewer bytes are an error, since the next run would trust their
/// digest.
fn whole_digest(hasher: &blake3::Hasher, len: u64) -> io::Result<Digest> {
    if hasher.count() < len {
        return Err(ended_early());
    }
    Ok(Digest::from_hasher(hasher))
}

/// Reads the first bytes of a file, and seeks back to its start.
fn head(file: &mut File) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(pixels::HEAD);
    file.take(pixels::HEAD as u64).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(head)
}

fn leaks_in(bytes: &[u8]) -> io::Result<Vec<Leak>> {
    // A bug in a parser must affect one file, not the whole run.
    let found = caught(|| pixels::leaks(bytes));
    found.map(Option::unwrap_or_default).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::memory::{BESIDE_PICTURES, Limit, Limiter};

    const PLACE: &[u8] = b"\0\0\0\x2Amoov\0\0\0\x22udta\0\0\0\x1A\xA9xyz\0\x0E\x15\xC7+48.85+002.29/";

    fn scanner(memory: u64, limit: Option<Limit>) -> Scanner {
        Scanner::new(&Share { jobs: 1, memory, limit })
    }

    #[test]
    fn of_a_long_film_the_pictures_are_left_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("film.mp4");
        let mut file = File::create_new(&path).expect("made");
        let pictures = LONGEST + 10;
        let mdat = [&b"\0\0\0\x01mdat"[..], &pictures.to_be_bytes()].concat();
        io::Write::write_all(&mut file, &[b"\0\0\0\x0Cftypmp42", &mdat[..]].concat()).expect("written");
        // Creates a hole in the file, which takes no space on disk.
        file.seek(SeekFrom::Start(12 + pictures)).expect("sought");
        io::Write::write_all(&mut file, PLACE).expect("written");
        let found = scanner(1 << 20, None).leaks(&path).expect("read");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].value, "+48.85+002.29/");
    }

    #[test]
    fn digest_and_leaks_are_the_same_whatever_the_memory() {
        let folder = tempfile::tempdir().expect("a folder");
        let film = [b"\0\0\0\x0Cftypmp42", &b"\0\0\x10\x08mdat"[..], &[7; 0x1000], PLACE].concat();
        for (bytes, leaks) in [(&film[..], 1), (&[b'x'; 5000], 0), (b"", 0)] {
            let path = folder.path().join("file");
            std::fs::write(&path, bytes).expect("written");
            for memory in [0, 200, 1 << 20] {
                let scanner = scanner(memory, None);
                let (digest, found) = scanner.read(&path).expect("read");
                assert_eq!(digest, Digest::of(bytes));
                assert_eq!(found, scanner.leaks(&path).expect("read"));
                // Without any memory, no part of a film is kept.
                assert_eq!(found.len(), if memory == 0 { 0 } else { leaks }, "{memory}");
            }
        }
    }

    #[test]
    fn a_picture_that_has_to_be_held_whole_is_if_the_machine_has_the_memory() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.tif");
        // Contains one directory that points to another one with a location.
        let mut tiff = b"MM\0\x2A\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0".to_vec();
        tiff.extend(b"\0\x02\0\x01\0\x02\0\0\0\x02N\0\0\0\0\x02\0\x05\0\0\0\x03\0\0\0\x38\0\0\0\0");
        tiff.extend([48_u32, 1, 30, 1, 0, 1].iter().flat_map(|number| number.to_be_bytes()));
        std::fs::write(&path, &tiff).expect("written");
        let found = |bytes| {
            let limit = Limit { bytes: BESIDE_PICTURES + bytes, by: Limiter::Machine };
            scanner(10, Some(limit)).leaks(&path).expect("read").len()
        };
        assert_eq!(found(1000), 1);
        assert_eq!(found(50), 0);
    }
}
